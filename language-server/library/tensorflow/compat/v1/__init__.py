"""TensorFlow 1: graphs of placeholders and variables; a session's results are not known."""
import layerscope

from keras.src.backend.tensors import KerasTensor, Tensor, Variable as _KerasVariable
from tensorflow import data, dtypes, errors, image, linalg, math, random
from tensorflow.dtypes import *
from tensorflow.functions import *
from tensorflow.functions import abs, pow, range, round, slice
from tensorflow.programs import *
from tensorflow.programs import print
from keras.src import initializers
from tensorflow.compat.v1 import layers, losses, nn, train

random_normal, truncated_normal, random_uniform = random.normal, random.truncated_normal, random.uniform
AUTO_REUSE = True


def placeholder(dtype, shape=None, name=None):
    return layerscope.input(None if shape is None else [None if size is None else size for size in shape], dtypes.as_dtype(dtype), name=name or 'Placeholder', like=Tensor)


def placeholder_with_default(input, shape, name=None):
    return input


def get_variable(name, shape=None, dtype='float32', initializer=None, regularizer=None, trainable=True, **kwargs):
    if shape is None and isinstance(initializer, layerscope.Value):
        shape = tuple(initializer.shape)
    made = layerscope.parameter(tuple(shape) if isinstance(shape, (list, tuple)) else () if shape is None else (shape,), dtypes.as_dtype(dtype), initializers.initial_of(initializer, shape), trainable, like=_KerasVariable, name=name)
    made.name, made.trainable = name, trainable
    return made


class variable_scope(name_scope):
    def reuse_variables(self):
        pass


class Graph:
    def as_default(self):
        return name_scope('graph')


class Session:
    def __init__(self, *args, **kwargs):
        self.graph = Graph()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        for key, value in (feed_dict or {}).items():
            check_feed(key, value)
        layerscope.program(fetches, 'tensorflow')
        return layerscope.unknown('what a session computes')

    def as_default(self):
        return self

    def close(self):
        pass


InteractiveSession = Session


def check_feed(key, value):
    """Raises where what is fed does not fit the placeholder."""
    import numpy
    if not isinstance(key, layerscope.Value) or not layerscope.is_known(key.shape):
        return
    value = numpy.asarray(value)
    if not layerscope.is_known(value.shape):
        return
    message = f"Cannot feed value of shape {tuple(value.shape)} for Tensor which has shape {tuple(key.shape)}"
    error = layerscope.related(layerscope.related(ValueError(message), key, 'the placeholder is made here'), value, f'the value of shape {value.shape} is made here')
    if len(value.shape) != len(key.shape):
        raise error
    for a, b in zip(value.shape, key.shape):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b:
            raise error


def global_variables_initializer():
    return None


local_variables_initializer = tables_initializer = initialize_all_variables = global_variables_initializer


def _nothing(*args, **kwargs):
    return None


disable_v2_behavior = disable_eager_execution = enable_eager_execution = reset_default_graph = set_random_seed = disable_v2_tensorshape = _nothing
trainable_variables = global_variables = lambda *args, **kwargs: layerscope.unknown('the variables of a graph')
get_default_graph = Graph
get_collection = trainable_variables


def ConfigProto(*args, **kwargs):
    return layerscope.unknown('a configuration')


GPUOptions = ConfigProto


class app:
    run = _nothing
    flags = layerscope.unknown('flags')


flags = layerscope.unknown('flags')
logging = layerscope.unknown('logging')
gfile = layerscope.unknown('files')
contrib = layerscope.unknown('tf.contrib')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tf.' + name)
