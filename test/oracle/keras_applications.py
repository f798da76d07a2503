"""What keras.applications builds: for each constructor with its defaults and no weights, its layers, their output shapes and parameters.

    KERAS_BACKEND=torch python keras_applications.py ../golden/keras/applications.json
"""
import json
import sys

import keras
import numpy

NAMES = sorted(name for name in dir(keras.applications) if name[0].isupper())


def shape_of(layer):
    try:
        shape = layer.output.shape
        return [None if size is None else int(size) for size in shape]
    except AttributeError:
        return None


answers = {}
for name in NAMES:
    keras.utils.clear_session()
    # NASNetMobile builds on TensorFlow only; on the meta device no weights are made, shapes suffice
    try:
        with keras.device('meta'):
            model = getattr(keras.applications, name)(weights=None)
    except Exception as error:
        print(name, type(error).__name__, str(error)[:100])
        continue
    answers[name] = {
        'name': model.name, 'output': shape_of(model), 'parameters': model.count_params(),
        'layers': [[layer.name, type(layer).__name__, shape_of(layer), layer.count_params()] for layer in model.layers],
    }
    print(name, len(model.layers), model.count_params(), flush=True)
with open(sys.argv[1], 'w') as file:
    file.write('{\n' + ',\n'.join(f'{json.dumps(name)}:{json.dumps(answer, separators=(",", ":"))}' for name, answer in answers.items()) + '\n}\n')
