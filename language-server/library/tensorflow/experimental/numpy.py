"""tf.experimental.numpy: NumPy's functions, on TensorFlow's tensors."""
import layerscope

from keras.src.operations.numpy import *
from numpy import random

newaxis = None
pi = 3.141592653589793


def experimental_enable_numpy_behavior(prefer_float32=False, dtype_conversion_mode='legacy'):
    pass


def asarray(a, dtype=None):
    from tensorflow.functions import convert_to_tensor
    return convert_to_tensor(a, dtype)


ndarray = asarray


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tf.experimental.numpy.' + name)
