"""keras.applications with seeded weights and what they compute, into a folder (some GB, not kept):

KERAS_BACKEND=tensorflow python test/oracle/architectures_keras.py FOLDER [NAME...]

Files that are there already are left as they are.
"""
import inspect
import sys
from pathlib import Path

import keras
import numpy as np

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
size = 96
ALL = sorted(name for name, value in vars(keras.applications).items() if inspect.isfunction(value))
for name in sys.argv[2:] or ALL:
    if (folder / f'{name}.py').exists():
        continue
    random = np.random.default_rng(2)
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)

    # with weights like these its scores are so large that the softmax would show the largest alone
    options = {'classifier_activation': None} if name.startswith('EfficientNetV2') else {}
    model = getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3), **options)
    for weight in model.weights:
        if 'moving_mean' in weight.path:
            weight.assign(random.uniform(-0.1, 0.1, weight.shape))
        elif 'moving_variance' in weight.path:
            weight.assign(random.uniform(0.8, 1.2, weight.shape))
    if options:
        # so many layers would blow up the least difference, were they not normalised
        for layer in model.layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                layer.momentum = 0.0
        model(random.uniform(-1, 1, (4, size, size, 3)).astype(np.float32), training=True)
    # small inputs keep the softmax away from 0 and 1, where nothing could be told apart
    x = random.uniform(-1, 1, (1, size, size, 3)).astype(np.float32)
    model.save(folder / f'{name}.keras')
    np.savez(folder / f'{name}.npz', x=x, y=np.asarray(model(x, training=False)))
    (folder / f'{name}.py').write_text(f'import keras\n\nmodel = keras.applications.{name}(weights=None, input_shape=({size}, {size}, 3){"".join(f", {key}={value}" for key, value in options.items())})\n')
    print(name, flush=True)
