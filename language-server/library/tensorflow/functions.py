"""Functions of `tf` itself on tensors, over the operations of the Keras stubs."""
from collections import namedtuple

import layerscope

from keras.src import activations
from keras.src.backend.dtypes import standardize_dtype
from keras.src.backend.tensor_shape import TensorShape
from keras.src.backend.tensors import Tensor, Variable as _KerasVariable, cast as _cast, plain_class
from keras.src.operations import core, nn as _nn
from keras.src.operations import numpy as knp
from keras.src.operations.core import emit, sizes_of
from tensorflow.conversion import convert, matched, require_whole


def constant(value, dtype=None, shape=None, name='Const'):
    made = convert(value, dtype)
    return made if shape is None else knp.broadcast_to(made, shape) if core.count(made.shape) == 1 else knp.reshape(made, shape)


def convert_to_tensor(value, dtype=None, dtype_hint=None, name=None):
    return convert(value, dtype)


def Variable(initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None, dtype=None, import_scope=None,
             constraint=None, synchronization=None, aggregation=None, shape=None, **kwargs):
    if callable(initial_value):
        initial_value = initial_value()
    value = convert(initial_value, dtype)
    rule = layerscope.elements(value)
    made = layerscope.parameter(tuple(value.shape) if layerscope.is_known(value.shape) else (), value.dtype, rule if isinstance(rule, (int, float)) and layerscope.is_known(rule) else 'unknown',
                                trainable is not False, like=_KerasVariable, name=name or 'Variable')
    made.name = name or 'Variable'
    made.trainable = trainable is not False
    return made


def cast(x, dtype, name=None):
    return core.cast(x, dtype)


def shape(input, out_type='int32', name=None):
    x = convert(input)
    return layerscope.constant(list(x.shape), 'int32', like=Tensor) if layerscope.is_known(x.shape) else layerscope.data(None, 'int32', 'a shape', like=Tensor)


def size(input, out_type=None, name=None):
    return core.count(convert(input).shape)


def rank(input, name=None):
    return len(convert(input).shape)


def reshape(tensor, shape, name=None):
    return knp.reshape(convert(tensor), shape)


def transpose(a, perm=None, conjugate=False, name=None):
    return knp.transpose(convert(a), perm)


def expand_dims(input, axis, name=None):
    return knp.expand_dims(convert(input), axis)


def squeeze(input, axis=None, name=None):
    return knp.squeeze(convert(input), axis)


def concat(values, axis, name=None):
    if isinstance(axis, (list, tuple)) and layerscope.is_known(axis) and any([isinstance(item, layerscope.Value) and len(item.shape) for item in axis]):
        from tensorflow.errors import InvalidArgumentError
        raise InvalidArgumentError("tf.concat(values, axis): the tensors come first and the axis second, as of TensorFlow 1.0. Here the list of tensors is taken for the axis")
    return knp.concatenate(matched('ConcatV2', values), axis) if isinstance(values, (list, tuple)) else convert(values)


def stack(values, axis=0, name=None):
    return knp.stack(matched('Pack', values) if isinstance(values, (list, tuple)) else values, axis)


def unstack(value, num=None, axis=0, name=None):
    return core.unstack(value, num, axis)


def split(value, num_or_size_splits, axis=0, num=None, name=None):
    if isinstance(num_or_size_splits, int):
        return knp.split(value, num_or_size_splits, axis)
    bounds, total = [], 0
    for length in sizes_of(num_or_size_splits)[:-1]:
        total = total + length
        bounds.append(total)
    return knp.split(value, bounds, axis)


def tile(input, multiples, name=None):
    return knp.tile(convert(input), multiples)


def repeat(input, repeats, axis=None, name=None):
    return knp.repeat(convert(input), repeats, axis)


def pad(tensor, paddings, mode='CONSTANT', constant_values=0, name=None):
    if isinstance(paddings, layerscope.Value):
        paddings = layerscope.elements(paddings)
    return knp.pad(tensor, paddings, mode.lower(), constant_values if mode.upper() == 'CONSTANT' else None)


def slice(input_, begin, size, name=None):
    return core.slice_tensor(input_, begin, size)


def strided_slice(input_, begin, end, strides=None, **kwargs):
    steps = strides if strides is not None else [1] * len(begin)
    return emit('Slice', convert(input_), list(begin), list(end), [axis for axis, _ in enumerate(begin)], list(steps))


def gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None):
    if batch_dims:
        x, index = convert(params), convert(indices)
        axis = batch_dims if axis is None else axis
        return layerscope.gap('a gather in batches', x, index, shape=list(x.shape[:axis]) + list(index.shape[batch_dims:]) + list(x.shape[axis + 1:]), dtype=x.dtype, like=plain_class(x, index))
    return knp.take(convert(params), require_whole(indices, 'the indices', ('int16', 'int32', 'int64')), 0 if axis is None else axis)


def gather_nd(params, indices, batch_dims=0, name=None):
    return emit('GatherND', convert(params), _cast(indices, 'int64'), batch_dims=batch_dims)


def scatter_nd(indices, updates, shape, name=None):
    return core.scatter(indices, updates, sizes_of(shape))


def tensor_scatter_nd_update(tensor, indices, updates, name=None):
    return core.scatter_update(tensor, indices, updates)


tensor_scatter_nd_add = tensor_scatter_nd_update


def where(condition, x=None, y=None, name=None):
    if x is None:
        condition = convert(condition)
        return layerscope.gap('the indices of elements', condition, shape=[layerscope.symbol('found', 0), len(condition.shape)], dtype='int64', like=plain_class(condition))
    return knp.where(condition, *matched('SelectV2', [x, y]))


def boolean_mask(tensor, mask, axis=None, name='boolean_mask'):
    x = convert(tensor)
    return layerscope.gap('a selection by a mask', x, shape=[layerscope.symbol('selected', 0)] + list(x.shape[len(convert(mask).shape):]), dtype=x.dtype, like=plain_class(x))


def one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None):
    # an array of floats that are whole is taken
    indices = require_whole(indices, 'the indices of tf.one_hot', ('uint8', 'int8', 'int32', 'int64')) if isinstance(indices, Tensor) else indices
    return _nn.one_hot(indices, depth, -1 if axis is None else axis, dtype)


def zeros(shape, dtype='float32', name=None):
    return knp.zeros(shape, dtype)


def ones(shape, dtype='float32', name=None):
    return knp.ones(shape, dtype)


def fill(dims, value, name=None):
    return knp.full(dims, value)


def zeros_like(input, dtype=None, name=None):
    return knp.zeros_like(input, dtype)


def ones_like(input, dtype=None, name=None):
    return knp.ones_like(input, dtype)


def eye(num_rows, num_columns=None, batch_shape=None, dtype='float32', name=None):
    return knp.eye(num_rows, num_columns, dtype=dtype)


def range(start, limit=None, delta=1, dtype=None, name='range'):
    return knp.arange(start, limit, delta, dtype)


def linspace(start, stop, num, name=None, axis=0):
    return knp.linspace(start, stop, num)


def identity(input, name=None):
    return knp.copy(input)


def stop_gradient(input, name=None):
    return core.stop_gradient(input)


def matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None, name=None):
    a = convert(a)
    a, b = matched('MatMul', [a, b])
    if transpose_a or adjoint_a:
        a = knp.swapaxes(a, -1, -2)
    if transpose_b or adjoint_b:
        b = knp.swapaxes(b, -1, -2)
    return knp.matmul(a, b)


def tensordot(a, b, axes, name=None):
    return knp.tensordot(*matched('MatMul', [a, b]), axes)


def einsum(equation, *inputs, **kwargs):
    return knp.einsum(equation, *matched('Einsum', inputs))


def _reducing(function):
    def reduce(input_tensor, axis=None, keepdims=False, name=None, reduction_indices=None, keep_dims=None):
        return function(convert(input_tensor), reduction_indices if axis is None else axis, keepdims if keep_dims is None else keep_dims)
    return reduce


reduce_sum, reduce_mean, reduce_max, reduce_min, reduce_prod = (
    _reducing(knp.sum), _reducing(knp.mean), _reducing(knp.max), _reducing(knp.min), _reducing(knp.prod))
reduce_any, reduce_all, reduce_std, reduce_variance, reduce_logsumexp = (
    _reducing(knp.any), _reducing(knp.all), _reducing(knp.std), _reducing(knp.var), _reducing(knp.logsumexp))


def argmax(input, axis=None, output_type='int64', name=None, dimension=None):
    return _cast(knp.argmax(input, axis if axis is not None else dimension if dimension is not None else 0), output_type)


def argmin(input, axis=None, output_type='int64', name=None):
    return _cast(knp.argmin(input, 0 if axis is None else axis), output_type)


def cumsum(x, axis=0, exclusive=False, reverse=False, name=None):
    return knp.cumsum(x, axis)


def sort(values, axis=-1, direction='ASCENDING', name=None):
    return knp.sort(values, axis)


def argsort(values, axis=-1, direction='ASCENDING', stable=False, name=None):
    return knp.argsort(values, axis)


_Unique = namedtuple('Unique', ['y', 'idx'])


def unique(x, out_idx='int32', name=None):
    x = convert(x)
    return _Unique(layerscope.gap('distinct elements', x, shape=[layerscope.symbol('distinct', 0)], dtype=x.dtype, like=plain_class(x)), knp.zeros_like(x, 'int32'))


def _pair(function):
    return lambda x, y, name=None: function(*matched(function.__name__, [x, y]))


def _one(function):
    return lambda x, name=None: function(convert(x))


add, subtract, multiply, divide, pow, maximum, minimum = (
    _pair(knp.add), _pair(knp.subtract), _pair(knp.multiply), _pair(knp.divide), _pair(knp.power), _pair(knp.maximum), _pair(knp.minimum))
equal, not_equal, less, less_equal, greater, greater_equal = (
    _pair(knp.equal), _pair(knp.not_equal), _pair(knp.less), _pair(knp.less_equal), _pair(knp.greater), _pair(knp.greater_equal))
logical_and, logical_or, logical_xor, floormod, squared_difference = (
    _pair(knp.logical_and), _pair(knp.logical_or), _pair(knp.logical_xor), _pair(knp.mod), _pair(lambda x, y: knp.square(convert(x) - y)))
truediv, mod, atan2, divide_no_nan, floordiv = divide, floormod, _pair(knp.arctan2), _pair(knp.divide_no_nan), _pair(lambda x, y: convert(x) // y)
mul, sub, div = multiply, subtract, divide
exp, log, sqrt, square, abs, sign, sin, cos, tan, tanh, floor, ceil, negative = [_one(function) for function in (
    knp.exp, knp.log, knp.sqrt, knp.square, knp.abs, knp.sign, knp.sin, knp.cos, knp.tan, knp.tanh, knp.floor, knp.ceil, knp.negative)]
sigmoid, rsqrt, log1p, expm1, reciprocal, is_nan, is_inf, is_finite, softplus, softsign, logical_not, asin, acos, atan, sinh, cosh = [_one(function) for function in (
    activations.sigmoid, knp.rsqrt, knp.log1p, knp.expm1, knp.reciprocal, knp.isnan, knp.isinf, knp.isfinite, activations.softplus, activations.softsign, knp.logical_not,
    knp.arcsin, knp.arccos, knp.arctan, knp.sinh, knp.cosh)]


def round(x, name=None):
    return knp.round(x)


def add_n(inputs, name=None):
    made = convert(inputs[0])
    for x in inputs[1:]:
        made = made + x
    return made


def clip_by_value(t, clip_value_min, clip_value_max, name=None):
    return knp.clip(t, clip_value_min, clip_value_max)


def clip_by_norm(t, clip_norm, axes=None, name=None):
    return convert(t)


def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    return t_list, layerscope.unknown('a norm')


def norm(tensor, ord='euclidean', axis=None, keepdims=None, name=None):
    return knp.norm(tensor, None if ord == 'euclidean' else ord, axis, bool(keepdims))


def reverse(tensor, axis, name=None):
    return knp.flip(tensor, axis)


def roll(input, shift, axis, name=None):
    return knp.roll(input, shift, axis)


def broadcast_to(input, shape, name=None):
    return knp.broadcast_to(input, shape)


def meshgrid(*args, **kwargs):
    return knp.meshgrid(*args, indexing=kwargs.get('indexing', 'xy'))


def sequence_mask(lengths, maxlen=None, dtype='bool', name=None):
    lengths = convert(lengths)
    return layerscope.gap('a mask of sequences', lengths, shape=list(lengths.shape) + [maxlen if maxlen is not None else layerscope.symbol('length')], dtype=standardize_dtype(dtype), like=plain_class(lengths))


def ensure_shape(x, shape, name=None):
    return convert(x)


def is_tensor(x):
    return isinstance(x, Tensor)


def unsorted_segment_sum(data, segment_ids, num_segments, name=None):
    from keras.src.operations.math import segment_sum
    return segment_sum(data, segment_ids, num_segments)


def get_static_value(tensor, partial=False):
    made = layerscope.elements(tensor)
    return made


class TensorSpec:
    def __init__(self, shape=None, dtype='float32', name=None):
        self.shape, self.dtype, self.name = shape, dtype, name


RaggedTensorSpec = SparseTensorSpec = TensorSpec


