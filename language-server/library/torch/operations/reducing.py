"""Operations that summarise dimensions, or order them."""
import layerscope

from .. import types
from .checks import cast, dimension, dimensions, dtype_name, floating, gap, is_tensor, numpy_names, operator, product, ranked, typed
from .pointwise import finish


class Pair(tuple):
    """Values and their positions: the named tuples of `torch.return_types`."""

    def __new__(cls, values, indices):
        return tuple.__new__(cls, (values, indices))

    @property
    def values(self):
        return self[0]

    @property
    def indices(self):
        return self[1]


class Extremes(tuple):
    """The smallest and the largest: `torch.return_types.aminmax`."""

    def __new__(cls, min, max):
        return tuple.__new__(cls, (min, max))

    @property
    def min(self):
        return self[0]

    @property
    def max(self):
        return self[1]


def _axes(input, dim):
    """The dimensions to reduce, for ONNX: None for all."""
    if dim is None or (isinstance(dim, (list, tuple)) and len(dim) == 0):
        return None
    if not ranked(input):
        return [dim] if isinstance(dim, int) else list(dim)
    axes = dimensions(dim, len(input.shape))
    return axes


def _flag(keepdim):
    if layerscope.is_known(keepdim) and not isinstance(keepdim, bool):
        raise TypeError(f"argument 'keepdim' must be bool, not {type(keepdim).__name__}")


def reduce(type, input, dim=None, keepdim=False):
    _flag(keepdim)
    if ranked(input) and len(input.shape) == 0:
        if dim is not None:
            _axes(input, dim)
        # of a scalar nothing is left to reduce
        return operator(type, input, keepdims=0)
    return operator(type, input, _axes(input, dim), keepdims=1 if keepdim else 0)


def _counted(input, dtype):
    """Sums of integers are int64."""
    if dtype is not None:
        return cast(input, dtype)
    return cast(input, types.int64) if typed(input) and input.dtype.category < 2 else input


@numpy_names
def sum(input, dim=None, keepdim=False, *, dtype=None, out=None):
    return finish(reduce('ReduceSum', _counted(input, dtype), dim, keepdim), out)


@numpy_names
def nansum(input, dim=None, keepdim=False, *, dtype=None):
    if typed(input) and input.dtype.category < 2:
        return sum(input, dim, keepdim, dtype=dtype)
    from .pointwise import isnan, where
    return sum(where(isnan(input), 0.0, input), dim, keepdim, dtype=dtype)


@numpy_names
def mean(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if dtype is not None:
        input = cast(input, dtype)
    elif typed(input) and input.dtype.category < 2:
        raise RuntimeError(f'mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {dtype_name(input)}')
    return finish(reduce('ReduceMean', input, dim, keepdim), out)


@numpy_names
def prod(input, dim=None, keepdim=False, *, dtype=None):
    return reduce('ReduceProd', _counted(input, dtype), dim, keepdim)


@numpy_names
def amax(input, dim=(), keepdim=False, *, out=None):
    return reduce('ReduceMax', input, dim, keepdim)


@numpy_names
def amin(input, dim=(), keepdim=False, *, out=None):
    return reduce('ReduceMin', input, dim, keepdim)


def _extreme(reducer, arg, pairwise):
    @numpy_names
    def extreme(input, dim=None, keepdim=False, *, out=None, other=None):
        if other is not None or is_tensor(dim):
            if keepdim is not False:
                raise TypeError('received an invalid combination of arguments: two tensors and a third')
            from . import pointwise
            return getattr(pointwise, pairwise)(input, dim if other is None else other)
        if dim is None:
            return reduce(reducer, input)
        return Pair(reduce(reducer, input, dim, keepdim), _position(arg, input, dim, keepdim))
    return extreme


max = _extreme('ReduceMax', 'ArgMax', 'maximum')
min = _extreme('ReduceMin', 'ArgMin', 'minimum')


def _position(type, input, dim, keepdim):
    _flag(keepdim)
    if ranked(input) and len(input.shape) == 0:
        return layerscope.constant(0, dtype='int64', like=getattr(input, '__layerscope_tensor__', input.__class__))
    axis = dimension(dim, len(input.shape)) if ranked(input) else dim
    return operator(type, input, axis=axis, keepdims=1 if keepdim else 0)


def _arg(type):
    @numpy_names
    def arg(input, dim=None, keepdim=False, *, out=None):
        if typed(input) and input.dtype is types.bool_:
            name = 'argmax' if type == 'ArgMax' else 'argmin'
            raise NotImplementedError(f'"{name}_cpu" not implemented for \'Bool\'')
        if dim is None:
            return _position(type, operator('Reshape', input, [-1]), 0, False)
        return _position(type, input, dim, keepdim)
    return arg


argmax, argmin = _arg('ArgMax'), _arg('ArgMin')


def aminmax(input, *, dim=None, keepdim=False):
    return Extremes(reduce('ReduceMin', input, dim, keepdim), reduce('ReduceMax', input, dim, keepdim))


def _truth(reducer):
    @numpy_names
    def test(input, dim=None, keepdim=False, *, out=None):
        flags = cast(cast(input, types.bool_), types.int32)
        return cast(reduce(reducer, flags, dim, keepdim), types.bool_)
    return test


any, all = _truth('ReduceMax'), _truth('ReduceMin')


@numpy_names
def count_nonzero(input, dim=None):
    return sum(cast(cast(input, types.bool_), types.int64), dim)


def _count(input, dim):
    """How many elements a reduction takes together."""
    axes = _axes(input, dim)
    shape = input.shape
    return product(shape if axes is None or len(shape) == 0 else [shape[axis] for axis in axes])


@numpy_names
def var(input, dim=None, unbiased=None, keepdim=False, *, correction=None, out=None):
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if typed(input) and input.dtype.category < 2:
        raise RuntimeError('std and var only support floating point and complex dtypes')
    if correction is None:
        correction = 1 if unbiased is None or unbiased else 0
    centred = operator('Sub', input, operator('ReduceMean', input, _axes(input, dim), keepdims=1) if len(input.shape) else input)
    total = reduce('ReduceSum', operator('Mul', centred, centred), dim, keepdim)
    return finish(operator('Div', total, _count(input, dim) - correction), out)


@numpy_names
def std(input, dim=None, unbiased=None, keepdim=False, *, correction=None, out=None):
    return finish(operator('Sqrt', var(input, dim, unbiased, keepdim, correction=correction)), out)


def var_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    return var(input, dim, unbiased, keepdim, correction=correction), mean(input, dim, keepdim)


def std_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    return std(input, dim, unbiased, keepdim, correction=correction), mean(input, dim, keepdim)


@numpy_names
def norm(input, p='fro', dim=None, keepdim=False, out=None, dtype=None):
    if dtype is not None:
        input = cast(input, dtype)
    elif typed(input) and input.dtype.category < 2:
        raise RuntimeError(f'linalg.vector_norm: Expected a floating point or complex tensor as input. Got {dtype_name(input)}')
    if p is None or p == 'fro' or p == 2:
        return reduce('ReduceL2', input, dim, keepdim)
    if p == 1:
        return reduce('ReduceL1', input, dim, keepdim)
    size = operator('Abs', input)
    if p == float('inf'):
        return reduce('ReduceMax', size, dim, keepdim)
    if p == float('-inf'):
        return reduce('ReduceMin', size, dim, keepdim)
    if p == 0:
        return cast(count_nonzero(input, dim), input.dtype)
    return operator('Pow', reduce('ReduceSum', operator('Pow', size, float(p)), dim, keepdim), 1.0 / p)


def dist(input, other, p=2):
    from .pointwise import sub
    return norm(sub(input, other), p)


@numpy_names
def logsumexp(input, dim, keepdim=False, *, out=None):
    return reduce('ReduceLogSumExp', floating(input), dim, keepdim)


def _along(type):
    @numpy_names
    def cumulative(input, dim, *, dtype=None, out=None):
        axis = dimension(dim, len(input.shape))
        return finish(operator(type, _counted(input, dtype), layerscope.constant(axis, dtype='int64', like=input.__class__)), out)
    return cumulative


cumsum, cumprod = _along('CumSum'), _along('CumProd')


def cummax(input, dim):
    shape = list(input.shape)
    return Pair(gap('torch.cummax', input, shape=shape, dtype=input.dtype.name), gap('torch.cummax', input, shape=shape, dtype='int64'))


def logcumsumexp(input, dim):
    return operator('Log', cumsum(operator('Exp', input), dim))


def diff(input, n=1, dim=-1):
    from .selecting import narrow
    for _ in range(n):
        size = input.shape[dim]
        input = operator('Sub', narrow(input, dim, 1, size - 1), narrow(input, dim, 0, size - 1))
    return input


@numpy_names
def topk(input, k, dim=-1, largest=True, sorted=True, *, out=None):
    k = k.item() if is_tensor(k) else k
    dim = dimension(dim, len(input.shape))
    if len(input.shape) == 0:
        return Pair(input, layerscope.constant(0, dtype='int64', like=input.__class__))
    layerscope.require(k <= input.shape[dim], RuntimeError('selected index k out of range'))
    values, indices = operator('TopK', input, [k], axis=dim, largest=1 if largest else 0, sorted=1 if sorted else 0, outputs=2)
    return Pair(values, indices)


@numpy_names
def sort(input, dim=-1, descending=False, stable=False, *, out=None):
    if len(input.shape) == 0:
        return Pair(input, layerscope.constant(0, dtype='int64', like=input.__class__))
    dim = dimension(dim, len(input.shape))
    values, indices = operator('TopK', input, [input.shape[dim]], axis=dim, largest=1 if descending else 0, outputs=2)
    return Pair(values, indices)


def msort(input):
    return sort(input, 0)[0]


@numpy_names
def argsort(input, dim=-1, descending=False, stable=False):
    return sort(input, dim, descending)[1]


def kthvalue(input, k, dim=-1, keepdim=False):
    from .selecting import select
    layerscope.require(k <= input.shape[dim], RuntimeError('kthvalue(): selected number k out of range for dimension ' + str(dim)))
    values, indices = topk(input, k, dim, largest=False)
    chosen = [select(each, dim, k - 1) for each in (values, indices)]
    return Pair(*[operator('Unsqueeze', each, [dimension(dim, len(input.shape))]) if keepdim else each for each in chosen])


@numpy_names
def median(input, dim=None, keepdim=False):
    if dim is None:
        flat = operator('Reshape', input, [-1])
        return kthvalue(flat, (flat.shape[0] + 1) // 2)[0]
    return kthvalue(input, (input.shape[dim] + 1) // 2, dim, keepdim)


def mode(input, dim=-1, keepdim=False):
    values, indices = reduce('ReduceMax', input, dim, keepdim), _position('ArgMax', input, dim, keepdim)
    reason = 'the most frequent element is not an operator of the graph'
    return Pair(gap(reason, input, shape=list(values.shape), dtype=input.dtype.name), gap(reason, input, shape=list(indices.shape), dtype='int64'))


def quantile(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    reduced = reduce('ReduceMax', input, dim, keepdim)
    leading = list(q.shape) if is_tensor(q) else []
    return gap('quantiles are not an operator of the graph', input, shape=leading + list(reduced.shape), dtype=input.dtype.name)


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    values, _, inverse, counts = operator('Unique', input, axis=dim, sorted=1, outputs=4)
    results = [values]
    if return_inverse:
        results.append(operator('Reshape', inverse, list(input.shape)) if dim is None else inverse)
    if return_counts:
        results.append(counts)
    return results[0] if len(results) == 1 else tuple(results)


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    return unique(input, True, return_inverse, return_counts, dim)


def bincount(input, weights=None, minlength=0):
    return gap('torch.bincount', input, shape=[layerscope.symbol('bins')], dtype='int64' if weights is None else weights.dtype.name)


def histc(input, bins=100, min=0, max=0):
    return gap('torch.histc', input, shape=[bins], dtype=input.dtype.name)


def equal(input, other):
    if tuple(input.shape) != tuple(other.shape):
        return False
    return operator('Equal', input, other).all().item()


def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    from .pointwise import isclose
    return all(isclose(input, other, rtol, atol)).item()
