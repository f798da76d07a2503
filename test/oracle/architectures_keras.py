"""keras.applications with seeded weights and what they compute, into a folder (hundreds of MB, not kept):

KERAS_BACKEND=tensorflow python test/oracle/architectures_keras.py FOLDER [NAME...]
"""
import sys
from pathlib import Path

import keras
import numpy as np

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(2)
for name in sys.argv[2:] or ['MobileNet', 'MobileNetV2', 'MobileNetV3Small', 'ResNet50', 'ResNet50V2', 'DenseNet121', 'EfficientNetB0', 'EfficientNetV2B0', 'Xception', 'InceptionV3', 'NASNetMobile', 'ConvNeXtTiny']:
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = getattr(keras.applications, name)(weights=None, input_shape=(96, 96, 3))
    for weight in model.weights:
        if 'moving_mean' in weight.path:
            weight.assign(random.uniform(-0.1, 0.1, weight.shape))
        elif 'moving_variance' in weight.path:
            weight.assign(random.uniform(0.8, 1.2, weight.shape))
    # small inputs keep the softmax away from 0 and 1, where nothing could be told apart
    x = random.uniform(-1, 1, (1, 96, 96, 3)).astype(np.float32)
    model.save(folder / f'{name}.keras')
    np.savez(folder / f'{name}.npz', x=x, y=np.asarray(model(x, training=False)))
    (folder / f'{name}.py').write_text(f'import keras\n\nmodel = keras.applications.{name}(weights=None, input_shape=(96, 96, 3))\n')
    print(name, flush=True)
