"""keras.backend: the functions that Keras 2 programs call K."""
import layerscope

from keras.src import activations, losses
from keras.src.backend import *
from keras.src.backend.tensors import KerasTensor, Tensor, Variable, arithmetic, cast, convert, plain_class, to_float
from keras.src.operations import linalg, nn
from keras.src.operations import numpy as knp
from keras.src.operations.core import count, stop_gradient
from keras.src.utils.naming import get_uid, reset_uids

abs, all, any, argmax, argmin, concatenate, cos, cumsum, exp, eye, flatten_all = (
    knp.abs, knp.all, knp.any, knp.argmax, knp.argmin, knp.concatenate, knp.cos, knp.cumsum, knp.exp, knp.eye, knp.ravel)
expand_dims, log, logsumexp, max, maximum, mean, min, minimum = (
    knp.expand_dims, knp.log, knp.logsumexp, knp.max, knp.maximum, knp.mean, knp.min, knp.minimum)
not_equal, equal, greater, greater_equal, less, less_equal = knp.not_equal, knp.equal, knp.greater, knp.greater_equal, knp.less, knp.less_equal
ones_like, zeros_like, prod, reshape, round, sign, sin, square, squeeze, stack, std, sum, tile, var = (
    knp.ones_like, knp.zeros_like, knp.prod, knp.reshape, knp.round, knp.sign, knp.sin, knp.square, knp.squeeze, knp.stack, knp.std, knp.sum, knp.tile, knp.var)
relu, elu, softmax, softplus, softsign, sigmoid, hard_sigmoid, tanh = (
    activations.relu, activations.elu, activations.softmax, activations.softplus, activations.softsign, activations.sigmoid, activations.hard_sigmoid, activations.tanh)
categorical_crossentropy, sparse_categorical_crossentropy, binary_crossentropy = (
    losses.categorical_crossentropy, losses.sparse_categorical_crossentropy, nn.binary_crossentropy)
arange, one_hot_of = knp.arange, nn.one_hot


def epsilon():
    return 1e-7


def variable(value, dtype=None, name=None, constraint=None):
    value = convert(value, dtype)
    made = layerscope.parameter(tuple(value.shape), value.dtype, 'unknown', True, like=Variable)
    made.name, made.trainable = name or 'variable', True
    return made


def constant(value, dtype=None, shape=None, name=None):
    return convert(value, dtype) if shape is None else knp.full(shape, value, dtype or 'float32')


def zeros(shape, dtype=None, name=None):
    return knp.zeros(shape, dtype)


def ones(shape, dtype=None, name=None):
    return knp.ones(shape, dtype)


def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None):
    from keras.src.layers.core import Input
    return Input(batch_shape=tuple(shape) if shape is not None else (None,) * ndim, dtype=dtype, name=name)


def int_shape(x):
    return tuple(x.shape)


def shape(x):
    return tuple(x.shape)


def ndim(x):
    return len(x.shape)


def dtype(x):
    return x.dtype


def count_params(x):
    return count(x.shape)


def eval(x):
    import numpy
    return layerscope.cast_class(x, numpy.ndarray)


get_value = eval


def set_value(x, value):
    pass


batch_set_value = set_value


def batch_get_value(tensors):
    return [eval(x) for x in tensors]


def dot(x, y):
    if len(x.shape) > 2 or len(y.shape) > 2:
        return knp.tensordot(x, y, ([len(x.shape) - 1], [len(y.shape) - 2]))
    return knp.matmul(x, y)


def batch_dot(x, y, axes=None):
    from keras.src.layers.merging import Dot
    from keras.src.operations.operation import within
    if axes is None:
        axes = [len(x.shape) - 1, len(y.shape) - 2 if len(y.shape) > 2 else len(y.shape) - 1]
    return within(lambda: Dot(axes, name='dot')._merge([x, y]), (), {})


def transpose(x):
    return knp.transpose(x)


def permute_dimensions(x, pattern):
    return knp.transpose(x, pattern)


def flatten(x):
    return knp.reshape(x, [-1])


def batch_flatten(x):
    return knp.reshape(x, [x.shape[0], count(x.shape[1:])])


def repeat(x, n):
    return knp.tile(knp.expand_dims(x, 1), [1, n, 1])


def repeat_elements(x, rep, axis):
    return knp.repeat(x, rep, axis)


def clip(x, min_value, max_value):
    return knp.clip(x, min_value, max_value)


def sqrt(x):
    return knp.sqrt(x)


def pow(x, a):
    return arithmetic('Pow', x, a)


def cast_to_floatx(x):
    return cast(x, 'float32')


def gather(reference, indices):
    return knp.take(reference, indices, axis=0)


def one_hot(indices, num_classes):
    return nn.one_hot(indices, num_classes)


def switch(condition, then_expression, else_expression):
    then = then_expression() if callable(then_expression) else then_expression
    other = else_expression() if callable(else_expression) else else_expression
    return knp.where(condition, then, other)


def in_train_phase(x, alt, training=None):
    return alt() if callable(alt) else alt


def in_test_phase(x, alt, training=None):
    return x() if callable(x) else x


def learning_phase():
    return 0


def set_learning_phase(value):
    pass


def dropout(x, level, noise_shape=None, seed=None):
    return x


def l2_normalize(x, axis=None):
    return nn.normalize(x, -1 if axis is None else axis)


def conv2d(x, kernel, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1)):
    return nn.conv(x, kernel, strides, padding, data_format, dilation_rate)


conv1d = conv3d = conv2d


def pool2d(x, pool_size, strides=(1, 1), padding='valid', data_format=None, pool_mode='max'):
    return (nn.max_pool if pool_mode == 'max' else nn.average_pool)(x, pool_size, strides, padding, data_format)


def bias_add(x, bias, data_format=None):
    return x + bias


def resize_images(x, height_factor, width_factor, data_format, interpolation='nearest'):
    first = 1 if data_format == 'channels_last' else 2
    return knp.repeat(knp.repeat(x, height_factor, first), width_factor, first + 1)


def spatial_2d_padding(x, padding=((1, 1), (1, 1)), data_format=None):
    return knp.pad(x, ((0, 0),) + tuple(padding) + ((0, 0),))


def temporal_padding(x, padding=(1, 1)):
    return knp.pad(x, ((0, 0), tuple(padding), (0, 0)))


def reverse(x, axes):
    return knp.flip(x, axes)


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return layerscope.data(tuple([size if layerscope.is_known(size) or isinstance(size, int) else None for size in shape]) if isinstance(shape, (list, tuple)) else None,
                           dtype or 'float32', 'random numbers', like=Tensor)


random_uniform = random_normal_variable = random_uniform_variable = truncated_normal = random_binomial = random_bernoulli = random_normal


def gradients(loss, variables):
    return [layerscope.data(tuple(v.shape), v.dtype, 'a gradient', like=Tensor) for v in variables] if isinstance(variables, (list, tuple)) else [
        layerscope.data(tuple(variables.shape), variables.dtype, 'a gradient', like=Tensor)]


def function(inputs, outputs, updates=None, **kwargs):
    return lambda *args: layerscope.unknown('what a backend function computes')


def map_fn(fn, elems, name=None, dtype=None):
    from keras.src.operations import core
    return core.map(fn, elems)


def is_placeholder(x):
    return False


def is_sparse(x):
    return False


def get_session():
    return layerscope.unknown('a session')


set_session = set_value


def clear_session():
    reset_uids()


def manual_variable_initialization(value):
    pass


def rnn(step_function, inputs, initial_states, *args, **kwargs):
    output, states = step_function(inputs[:, 0], initial_states)
    whole = layerscope.gap('a recurrent loop', output, shape=[inputs.shape[0], inputs.shape[1]] + list(output.shape[1:]), dtype=output.dtype, like=plain_class(output))
    return output, whole, states


def ctc_batch_cost(y_true, y_pred, input_length, label_length):
    return layerscope.gap('a CTC loss', convert(y_true), convert(y_pred), shape=[y_pred.shape[0], 1], dtype='float32', like=plain_class(y_true, y_pred))


def ctc_decode(*args, **kwargs):
    return layerscope.unknown('what ctc_decode returns')


