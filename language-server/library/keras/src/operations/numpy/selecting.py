"""keras.ops after NumPy: some of the elements, or one or the other; sorting."""
import layerscope

from keras.src.backend.tensors import align, cast as cast_tensor, check_broadcast, convert, plain_class
from keras.src.operations.core import emit, operation
from keras.src.operations.numpy.pointwise import isnan
from keras.src.operations.operation import record_function


def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    return where(isnan(x), float(nan), x)


def sort(x, axis=-1):
    return layerscope.gap('a sort', convert(x), shape=list(x.shape), dtype=x.dtype, like=plain_class(x))


def argsort(x, axis=-1):
    return layerscope.gap('a sort', convert(x), shape=list(x.shape), dtype='int32', like=plain_class(x))


@operation('Take')
def take(x, indices, axis=None):
    x = convert(x)
    indices = cast_tensor(indices, 'int32') if isinstance(indices, layerscope.Value) and indices.dtype not in ('int32', 'int64') else convert(indices)
    if axis is None:
        return emit('Gather', emit('Reshape', x, [-1]), indices, axis=0)
    return emit('Gather', x, indices, axis=axis % len(x.shape))


@operation('TakeAlongAxis')
def take_along_axis(x, indices, axis=None):
    x, indices = convert(x), convert(indices)
    return emit('GatherElements', x, cast_tensor(indices, 'int64'), axis=0 if axis is None else axis % len(x.shape))


@operation('Where')
def where(condition, x1=None, x2=None):
    condition = cast_tensor(condition, 'bool')
    if x1 is None:
        return tuple([layerscope.gap('the indices of elements', condition, shape=[layerscope.symbol('found', 0)], dtype='int32', like=plain_class(condition)) for _ in condition.shape])
    if not isinstance(x1, layerscope.Value) and not isinstance(x2, layerscope.Value):
        x1 = convert(float(x1) if isinstance(x2, float) else x1)
    x1, x2 = align(x1, x2)
    for x in (x1, x2):
        if isinstance(x, layerscope.Value):
            check_broadcast(condition.shape, x.shape)
    return layerscope.operator('Where', condition, x1 if isinstance(x1, layerscope.Value) else convert(x1, x2.dtype), x2 if isinstance(x2, layerscope.Value) else convert(x2, x1.dtype),
                               like=plain_class(condition, x1, x2))


def nonzero(x):
    return where(x)


@operation('Tril')
def tril(x, k=0):
    return emit('Trilu', convert(x), layerscope.constant(k, 'int64'), upper=0)


@operation('Triu')
def triu(x, k=0):
    return emit('Trilu', convert(x), layerscope.constant(k, 'int64'), upper=1)


def diagonal(x, offset=0, axis1=0, axis2=1):
    kept = [size for place, size in enumerate(x.shape) if place not in (axis1 % len(x.shape), axis2 % len(x.shape))]
    return layerscope.gap('a diagonal', convert(x), shape=kept + [x.shape[axis1]], dtype=x.dtype, like=plain_class(x))


def diag(x, k=0):
    if len(x.shape) == 1:
        return layerscope.gap('a diagonal matrix', convert(x), shape=[x.shape[0] + k, x.shape[0] + k], dtype=x.dtype, like=plain_class(x))
    return diagonal(x, k)


def digitize(x, bins):
    return layerscope.gap('bins of numbers', convert(x), shape=list(x.shape), dtype='int32', like=plain_class(x))


def top_k(x, k, sorted=True):
    return tuple(record_function('TopK', lambda x: list(layerscope.operator('TopK', convert(x), [k], outputs=2, axis=-1, like=plain_class(x))), (x,), {}))
