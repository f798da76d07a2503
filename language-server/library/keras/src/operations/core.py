"""What the operations share: recording, axes, pairs of operands; shape, cast, control flow."""
import layerscope

from keras.src.backend.dtypes import FLOATS, result_type, standardize_dtype
from keras.src.backend.tensors import (
    KerasTensor, Tensor, Variable, align, arithmetic, cast as cast_tensor, check_broadcast, convert, plain_class, to_float, unary)
from keras.src.operations.operation import record_function
from keras.src.tree import flatten, map_structure


def operation(type):
    """Makes a function of `keras.ops`: recorded where it is applied to symbolic tensors."""
    def decorate(function):
        def apply(*args, **kwargs):
            return record_function(type, function, args, kwargs)
        apply.__name__ = function.__name__
        return apply
    return decorate


def emit(type, *inputs, **attributes):
    return layerscope.operator(type, *inputs, like=plain_class(*inputs), **attributes)


def known_rank(x):
    return layerscope.is_known(x.shape)


def axes_of(axis, rank):
    """Axes counted from 0."""
    axes = list(axis) if isinstance(axis, (tuple, list)) else [axis]
    made = []
    for one in axes:
        if one >= rank or one < -rank:
            raise ValueError(f"Invalid axis: axis {one} is out of bounds for a tensor of rank {rank}.")
        made.append(one % rank)
    return made


def count(shape):
    total = 1
    for size in shape:
        total = total * size
    return total


def any_unknown(values):
    return any([not layerscope.is_known(value) for value in values])


def sizes_of(shape):
    """A shape given as numbers, tensors or one tensor."""
    if isinstance(shape, layerscope.Value):
        shape = layerscope.elements(shape)
        if not layerscope.is_known(shape):
            return shape
    if isinstance(shape, int):
        return [shape]
    return [layerscope.elements(size) if isinstance(size, layerscope.Value) else -1 if size is None else size for size in shape]


def shape(x):
    return tuple(convert(x).shape)


@operation('Cast')
def cast(x, dtype):
    return cast_tensor(x, dtype)


@operation('SaturateCast')
def saturate_cast(x, dtype):
    return cast_tensor(x, dtype)


def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    return convert(x, dtype)


def convert_to_numpy(x):
    import numpy
    return layerscope.cast_class(convert(x), numpy.ndarray)


def is_tensor(x):
    return isinstance(x, Tensor)


@operation('StopGradient')
def stop_gradient(variable):
    return emit('Identity', convert(variable))


def dtype(x):
    return convert(x).dtype


def unstack(x, num=None, axis=0):
    size = x.shape[axis]
    if not layerscope.is_known(size):
        raise ValueError(f"Cannot infer argument `num` from shape {x.shape}. Either provide a tensor with a concrete shape in the `axis` dimension or explicitly pass the `num` argument.")
    key = [slice(None)] * len(x.shape)
    made = []
    for index in range(size):
        key[axis] = index
        made.append(x[tuple(key)])
    return made


def cond(pred, true_fn, false_fn):
    if not layerscope.is_known(pred) or isinstance(pred, layerscope.Value):
        known = layerscope.elements(pred) if isinstance(pred, layerscope.Value) else pred
        if not layerscope.is_known(known):
            true_fn()
            return false_fn()
        pred = known
    return true_fn() if pred else false_fn()


def scan(f, init, xs=None, length=None, reverse=False, unroll=1):
    first = map_structure(lambda x: x[0], xs) if xs is not None else None
    carry, y = f(init, first)
    size = flatten(xs)[0].shape[0] if xs is not None else length
    return carry, map_structure(lambda y: layerscope.gap('a scan', y, shape=[size] + list(y.shape), dtype=y.dtype, like=plain_class(y)), y)


def while_loop(cond, body, loop_vars, maximum_iterations=None):
    made = body(*loop_vars)
    return made if isinstance(made, (tuple, list)) else (made,)


def fori_loop(lower, upper, body_fun, init_val):
    return body_fun(lower, init_val)


def map(f, xs):
    made = f(map_structure(lambda x: x[0], xs))
    size = flatten(xs)[0].shape[0]
    return map_structure(lambda y: layerscope.gap('a map over a tensor', y, shape=[size] + list(y.shape), dtype=y.dtype, like=plain_class(y)), made)


vectorized_map = map


def associative_scan(f, elems, reverse=False, axis=0):
    return elems


def switch(index, branches, *operands):
    return branches[0](*operands)


def custom_gradient(f):
    return f


@operation('Scatter')
def scatter(indices, values, shape):
    return layerscope.gap('scatter', convert(values), shape=list(shape), dtype=convert(values).dtype, like=plain_class(values))


@operation('ScatterUpdate')
def scatter_update(inputs, indices, updates):
    return layerscope.operator('ScatterND', convert(inputs), cast_tensor(indices, 'int64'), convert(updates, convert(inputs).dtype), like=plain_class(inputs))


@operation('Slice')
def slice_tensor(inputs, start_indices, shape):
    starts, sizes = sizes_of(start_indices), sizes_of(shape)
    if not layerscope.is_known(starts) or not layerscope.is_known(sizes):
        return layerscope.gap('a slice at an unknown place', convert(inputs), shape=list(sizes) if layerscope.is_known(sizes) else None, dtype=inputs.dtype, like=plain_class(inputs))
    ends = [start + size if not layerscope.is_known(size) or size != -1 else 9223372036854775807 for start, size in zip(starts, sizes)]
    return emit('Slice', convert(inputs), starts, ends, list(range(len(starts))), [1] * len(starts))


def slice_update(inputs, start_indices, updates):
    return layerscope.gap('slice_update', convert(inputs), convert(updates), shape=list(inputs.shape), dtype=inputs.dtype, like=plain_class(inputs))


class name_scope:
    def __init__(self, name, **kwargs):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass
