"""TensorFlow 1: graphs of placeholders and variables; a session's results are not known."""
import layerscope

from keras.src.backend.tensors import KerasTensor, Tensor, Variable as _KerasVariable
from tensorflow import data, dtypes, errors, image, linalg, math, nn, random
from tensorflow.dtypes import *
from tensorflow.functions import *
from tensorflow.functions import abs, pow, print, range, round, slice
from keras.src import initializers

random_normal, truncated_normal, random_uniform = random.normal, random.truncated_normal, random.uniform
AUTO_REUSE = True


def placeholder(dtype, shape=None, name=None):
    return layerscope.input(None if shape is None else [None if size is None else size for size in shape], dtypes.as_dtype(dtype), name=name, like=Tensor)


def placeholder_with_default(input, shape, name=None):
    return input


def get_variable(name, shape=None, dtype='float32', initializer=None, regularizer=None, trainable=True, **kwargs):
    if shape is None and isinstance(initializer, layerscope.Value):
        shape = tuple(initializer.shape)
    made = layerscope.parameter(tuple(shape) if isinstance(shape, (list, tuple)) else () if shape is None else (shape,), dtypes.as_dtype(dtype), initializers.initial_of(initializer, shape), trainable, like=_KerasVariable)
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


class _Optimizer:
    def __init__(self, *args, **kwargs):
        pass

    def minimize(self, loss, *args, **kwargs):
        return None

    def compute_gradients(self, loss, var_list=None, **kwargs):
        return layerscope.unknown('gradients')

    def apply_gradients(self, grads_and_vars, **kwargs):
        return None


class train:
    Optimizer = AdamOptimizer = GradientDescentOptimizer = RMSPropOptimizer = AdagradOptimizer = MomentumOptimizer = AdadeltaOptimizer = _Optimizer
    Saver = lambda *args, **kwargs: layerscope.unknown('a saver')
    get_or_create_global_step = lambda: layerscope.unknown('a step')


class losses:
    @staticmethod
    def mean_squared_error(labels, predictions, **kwargs):
        return reduce_mean(square(labels - predictions))

    @staticmethod
    def softmax_cross_entropy(onehot_labels, logits, **kwargs):
        return reduce_mean(nn.softmax_cross_entropy_with_logits(onehot_labels, logits))

    @staticmethod
    def sparse_softmax_cross_entropy(labels, logits, **kwargs):
        return reduce_mean(nn.sparse_softmax_cross_entropy_with_logits(labels, logits))

    sigmoid_cross_entropy = softmax_cross_entropy


class layers:
    @staticmethod
    def dense(inputs, units, activation=None, use_bias=True, name=None, **kwargs):
        from keras.src.layers import Dense
        return Dense(units, activation, use_bias, name=name)(inputs)

    @staticmethod
    def conv2d(inputs, filters, kernel_size, strides=(1, 1), padding='valid', activation=None, name=None, **kwargs):
        from keras.src.layers import Conv2D
        return Conv2D(filters, kernel_size, strides, padding.lower(), activation=activation, name=name)(inputs)

    @staticmethod
    def max_pooling2d(inputs, pool_size, strides, padding='valid', name=None, **kwargs):
        from keras.src.layers import MaxPooling2D
        return MaxPooling2D(pool_size, strides, padding.lower(), name=name)(inputs)

    @staticmethod
    def average_pooling2d(inputs, pool_size, strides, padding='valid', name=None, **kwargs):
        from keras.src.layers import AveragePooling2D
        return AveragePooling2D(pool_size, strides, padding.lower(), name=name)(inputs)

    @staticmethod
    def flatten(inputs, name=None, **kwargs):
        from keras.src.layers import Flatten
        return Flatten(name=name)(inputs)

    @staticmethod
    def dropout(inputs, rate=0.5, training=False, name=None, **kwargs):
        return identity(inputs)

    @staticmethod
    def batch_normalization(inputs, training=False, name=None, **kwargs):
        from keras.src.layers import BatchNormalization
        return BatchNormalization(name=name)(inputs)


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
