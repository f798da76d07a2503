"""TensorFlow as models use it."""
import layerscope

from tensorflow import dtypes
from tensorflow.dtypes import *
from tensorflow.dtypes import bool
from tensorflow.functions import *
from tensorflow.functions import abs, pow, range, round, slice
from tensorflow.programs import *
from tensorflow.programs import print
from tensorflow import compat, config, data, distribute, errors, image, io, keras, linalg, math, nn, random, signal, strings, summary, train
from keras.src import initializers, losses, metrics, optimizers
from keras.src.backend.tensors import Tensor

newaxis = None
__version__ = '2.21.0'
version = layerscope.unknown('the version of TensorFlow')
DType = str
zeros_initializer, ones_initializer, constant_initializer = initializers.Zeros, initializers.Ones, initializers.Constant
random_normal_initializer, random_uniform_initializer, truncated_normal_initializer = initializers.RandomNormal, initializers.RandomUniform, initializers.TruncatedNormal


# what TensorFlow 1 programs take from `tf` itself, and what is not modelled
_FIRST = {'AUTO_REUSE', 'placeholder', 'Session', 'InteractiveSession', 'global_variables_initializer', 'get_variable', 'variable_scope', 'get_variable_scope', 'layers', 'Graph', 'reset_default_graph',
          'set_random_seed', 'random_normal', 'random_uniform', 'truncated_normal', 'trainable_variables', 'initialize_all_variables', 'ConfigProto', 'app', 'contrib'}


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name in _FIRST:
        return getattr(compat.v1, name)
    return layerscope.missing('tensorflow', name)
