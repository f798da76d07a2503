"""keras.ops after NumPy: reductions, running sums and differences along axes."""
import layerscope

from keras.src.backend.tensors import cast as cast_tensor, convert, plain_class, to_float
from keras.src.operations.core import axes_of, emit, known_rank, operation
from keras.src.operations.numpy.pointwise import absolute, sqrt
from keras.src.operations.operation import record_function


def _reduction(name, type):
    def function(x, axis=None, keepdims=False):
        return record_function(name, lambda x, axis, keepdims: reduce(type, x, axis, keepdims), (x, axis, keepdims), {})
    return function


def reduce(type, x, axis, keepdims):
    x = convert(x)
    if type in ('ReduceMean', 'ReduceLogSumExp'):
        x = to_float(x)
    elif x.dtype in ('bool', 'int8', 'int16', 'uint8', 'uint16') and type in ('ReduceSum', 'ReduceProd'):
        x = cast_tensor(x, 'int32')
    if not known_rank(x):
        return layerscope.data(None, x.dtype, 'a reduction of a tensor of unknown rank', like=plain_class(x))
    axes = list(range(len(x.shape))) if axis is None else axes_of(axis, len(x.shape))
    if not axes:
        return x
    return emit(type, x, axes, keepdims=1 if keepdims else 0)


sum, prod, mean = _reduction('Sum', 'ReduceSum'), _reduction('Prod', 'ReduceProd'), _reduction('Mean', 'ReduceMean')
logsumexp = _reduction('Logsumexp', 'ReduceLogSumExp')


def max(x, axis=None, keepdims=False, initial=None):
    return record_function('Max', lambda x, axis, keepdims: reduce('ReduceMax', x, axis, keepdims), (x, axis, keepdims), {})


def min(x, axis=None, keepdims=False, initial=None):
    return record_function('Min', lambda x, axis, keepdims: reduce('ReduceMin', x, axis, keepdims), (x, axis, keepdims), {})


amax, amin = max, min


@operation('Var')
def var(x, axis=None, keepdims=False):
    x = to_float(x)
    centred = x - reduce('ReduceMean', x, axis, True)
    return reduce('ReduceMean', centred * centred, axis, keepdims)


@operation('Std')
def std(x, axis=None, keepdims=False):
    return emit('Sqrt', var(x, axis, keepdims))


@operation('All')
def all(x, axis=None, keepdims=False):
    return cast_tensor(min(cast_tensor(cast_tensor(x, 'bool'), 'int32'), axis, keepdims), 'bool')


@operation('Any')
def any(x, axis=None, keepdims=False):
    return cast_tensor(max(cast_tensor(cast_tensor(x, 'bool'), 'int32'), axis, keepdims), 'bool')


@operation('CountNonzero')
def count_nonzero(x, axis=None):
    return sum(cast_tensor(cast_tensor(x, 'bool'), 'int32'), axis)


def average(x, axis=None, weights=None):
    return mean(x, axis) if weights is None else sum(x * weights, axis) / sum(weights, axis)


def median(x, axis=None, keepdims=False):
    return layerscope.gap('a median', convert(x), shape=mean(x, axis, keepdims).shape, dtype=to_float(x).dtype, like=plain_class(x))


def quantile(x, q, axis=None, method='linear', keepdims=False):
    return median(x, axis, keepdims)


def norm(x, ord=None, axis=None, keepdims=False):
    x = to_float(x)
    if ord == 1:
        return sum(absolute(x), axis, keepdims)
    return sqrt(sum(x * x, axis, keepdims))


def _extreme(type, x, axis, keepdims):
    x = convert(x)
    if axis is None:
        return cast_tensor(emit(type, emit('Reshape', x, [-1]), axis=0, keepdims=0), 'int32')
    return cast_tensor(emit(type, x, axis=axes_of(axis, len(x.shape))[0], keepdims=1 if keepdims else 0), 'int32')


def argmax(x, axis=None, keepdims=False):
    if isinstance(axis, (list, tuple)):
        raise TypeError(f"argmax takes one axis, an integer. Received: axis={axis}")
    return record_function('Argmax', _extreme, ('ArgMax', x, axis, keepdims), {})


def argmin(x, axis=None, keepdims=False):
    return record_function('Argmin', _extreme, ('ArgMin', x, axis, keepdims), {})


@operation('Cumsum')
def cumsum(x, axis=None, dtype=None):
    x = convert(x)
    if axis is None:
        x, axis = emit('Reshape', x, [-1]), 0
    return emit('CumSum', x, layerscope.constant(axes_of(axis, len(x.shape))[0], 'int64'))


def cumprod(x, axis=None, dtype=None):
    return layerscope.gap('a cumulative product', convert(x), shape=list(x.shape), dtype=x.dtype, like=plain_class(x))


def bincount(x, weights=None, minlength=0, sparse=False):
    return layerscope.gap('a count', convert(x), dtype='int32', like=plain_class(x))


def diff(a, n=1, axis=-1):
    for _ in range(n):
        before, after = [slice(None)] * len(a.shape), [slice(None)] * len(a.shape)
        before[axis], after[axis] = slice(None, -1), slice(1, None)
        a = a[tuple(after)] - a[tuple(before)]
    return a
