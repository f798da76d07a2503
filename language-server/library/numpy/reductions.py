"""Reductions along axes, and what sorts and counts."""
import layerscope

from numpy.arithmetic import check_broadcast
from numpy.array import count, layerscope_type, ndarray
from numpy.conversion import asarray, cast
from numpy.dtypes import TYPES, name_of, storable


def normal_axes(axis, rank):
    """Axes counted from 0, None for all."""
    if axis is None:
        return None
    axes = list(axis) if isinstance(axis, (tuple, list)) else [axis]
    made = []
    for one in axes:
        if isinstance(one, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        if one >= rank or one < -rank:
            raise _axis_error(one, rank)
        made.append(one % rank)
    if len(set(made)) != len(made):
        raise ValueError("duplicate value in 'axis'")
    return made


def _axis_error(axis, rank):
    from numpy.exceptions import AxisError
    return AxisError(f"axis {axis} is out of bounds for array of dimension {rank}")


def _reduce(type, a, axis, keepdims, name=None):
    a = asarray(a)
    if name is not None:
        a = cast(a, name)
    if not layerscope.is_known(a.shape):
        return layerscope.data(None if axis is not None else (), layerscope_type(a), 'a reduction of an array of unknown rank', like=ndarray)
    if not len(a.shape) and type != 'ReduceMean' and isinstance(axis, int) and axis in (0, -1):
        return a
    axes = normal_axes(axis, len(a.shape))
    if axes == []:
        return a
    if not len(a.shape):
        return a
    return layerscope.operator(type, a, axes, keepdims=1 if keepdims else 0, like=ndarray)


def _summed(a, dtype):
    if dtype is not None:
        return storable(name_of(dtype))
    name = layerscope_type(asarray(a))
    if name in ('bool', 'int8', 'int16', 'int32'):
        return 'int64'
    return 'uint64' if name in ('uint8', 'uint16', 'uint32') else name


def _averaged(a, dtype):
    if dtype is not None:
        return storable(name_of(dtype))
    name = layerscope_type(asarray(a))
    return 'float64' if name is not None and TYPES[name][1] in 'iub' else name


def sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
    if hasattr(a, '__next__'):
        a = list(a)
    return _reduce('ReduceSum', a, axis, keepdims, _summed(a, dtype))


def prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
    return _reduce('ReduceProd', a, axis, keepdims, _summed(a, dtype))


def mean(a, axis=None, dtype=None, out=None, keepdims=False, where=True):
    return _reduce('ReduceMean', a, axis, keepdims, _averaged(a, dtype))


def max(a, axis=None, out=None, keepdims=False, initial=None, where=True):
    _check_empty(a, axis, 'maximum')
    return _reduce('ReduceMax', a, axis, keepdims)


def min(a, axis=None, out=None, keepdims=False, initial=None, where=True):
    _check_empty(a, axis, 'minimum')
    return _reduce('ReduceMin', a, axis, keepdims)


def _check_empty(a, axis, word):
    shape = asarray(a).shape
    if layerscope.is_known(shape) and len(shape):
        axes = normal_axes(axis, len(shape))
        for position, size in enumerate(shape):
            if (axes is None or position in axes) and layerscope.is_known(size) and size == 0:
                raise ValueError(f"zero-size array to reduction operation {word} which has no identity")


amax, amin, nanmax, nanmin, nansum, nanmean = max, min, max, min, sum, mean


def ptp(a, axis=None, out=None, keepdims=False):
    return max(a, axis, None, keepdims) - min(a, axis, None, keepdims)


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=True, mean=None, correction=0):
    a = cast(asarray(a), _averaged(a, dtype))
    centred = a - _reduce('ReduceMean', a, axis, True)
    return _reduce('ReduceMean', centred * centred, axis, keepdims)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=True, mean=None, correction=0):
    return layerscope.operator('Sqrt', var(a, axis, dtype, out, ddof, keepdims), like=ndarray)


nanvar, nanstd = var, std


def all(a, axis=None, out=None, keepdims=False, where=True):
    return cast(_reduce('ReduceMin', cast(cast(asarray(a), 'bool'), 'int32'), axis, keepdims), 'bool')


def any(a, axis=None, out=None, keepdims=False, where=True):
    return cast(_reduce('ReduceMax', cast(cast(asarray(a), 'bool'), 'int32'), axis, keepdims), 'bool')


def count_nonzero(a, axis=None, keepdims=False):
    return _reduce('ReduceSum', cast(cast(asarray(a), 'bool'), 'int64'), axis, keepdims)


def _extreme(type, a, axis, keepdims):
    a = asarray(a)
    if not layerscope.is_known(a.shape):
        return layerscope.data(None, 'int64', 'an index into an array of unknown rank', like=ndarray)
    if not len(a.shape) and isinstance(axis, int) and axis in (0, -1):
        axis = None
    if axis is None:
        from numpy.shaping import reshape
        total = count(a.shape)
        if layerscope.is_known(total) and total == 0:
            raise ValueError(f"attempt to get {type.lower()} of an empty sequence")
        made = layerscope.operator(type, _orderable(reshape(a, -1)), axis=0, keepdims=0, like=ndarray)
        return reshape(made, (1,) * len(a.shape)) if keepdims else made
    axis = normal_axes(axis, len(a.shape))[0]
    if layerscope.is_known(a.shape[axis]) and a.shape[axis] == 0:
        raise ValueError(f"attempt to get {type.lower()} of an empty sequence")
    return layerscope.operator(type, _orderable(a), axis=axis, keepdims=1 if keepdims else 0, like=ndarray)


def _orderable(a):
    return cast(a, 'int32') if layerscope_type(a) == 'bool' else a


def argmax(a, axis=None, out=None, keepdims=False):
    return _extreme('ArgMax', a, axis, keepdims)


def argmin(a, axis=None, out=None, keepdims=False):
    return _extreme('ArgMin', a, axis, keepdims)


nanargmax, nanargmin = argmax, argmin


def cumsum(a, axis=None, dtype=None, out=None):
    a = cast(asarray(a), _summed(a, dtype))
    if axis is None or not len(a.shape) and axis in (0, -1):
        from numpy.shaping import reshape
        a, axis = reshape(a, -1), 0
    return layerscope.operator('CumSum', a, layerscope.constant(normal_axes(axis, len(a.shape))[0], 'int64'), like=ndarray)


def cumprod(a, axis=None, dtype=None, out=None):
    a = asarray(a)
    return a.cumprod(axis)


def _statistic(a, axis, keepdims=False, lead=()):
    a = asarray(a)
    if not layerscope.is_known(a.shape):
        return layerscope.data(None, _averaged(a, None), 'a statistic', like=ndarray)
    axes = normal_axes(axis, len(a.shape))
    shape = [1 if axes is None or position in axes else size for position, size in enumerate(a.shape)] if keepdims else [
        size for position, size in enumerate(a.shape) if axes is not None and position not in axes]
    return layerscope.data(list(lead) + shape, _averaged(a, None), 'a statistic', like=ndarray)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return _statistic(a, axis, keepdims)


nanmedian = median


def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, **kwargs):
    return _statistic(a, axis, keepdims, asarray(q).shape)


percentile = nanpercentile = nanquantile = quantile


def average(a, axis=None, weights=None, returned=False, keepdims=False):
    a = asarray(a)
    if weights is not None:
        weights = asarray(weights)
        if layerscope.is_known(weights.shape) and layerscope.is_known(a.shape) and weights.shape != a.shape and axis is None:
            raise TypeError("Axis must be specified when shapes of a and weights differ.")
    return mean(a, axis)


def sort(a, axis=-1, kind=None, order=None, stable=None):
    a = asarray(a)
    if layerscope.is_known(a.shape):
        normal_axes(axis, len(a.shape))
    known = layerscope.elements(a)
    if layerscope.is_known(known) and layerscope.is_known(a.shape) and len(a.shape) == 1:
        return layerscope.constant(sorted(known), layerscope_type(a), like=ndarray)
    return layerscope.data(a.shape if layerscope.is_known(a.shape) else None, layerscope_type(a), 'a sorted array', like=ndarray)


def argsort(a, axis=-1, kind=None, order=None, stable=None):
    a = asarray(a)
    return layerscope.data(a.shape if layerscope.is_known(a.shape) else None, 'int64', 'the order of an array', like=ndarray)


def argpartition(a, kth, axis=-1, **kwargs):
    return argsort(a)


def partition(a, kth, axis=-1, **kwargs):
    return sort(a)


def lexsort(keys, axis=-1):
    return argsort(keys[0])


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, equal_nan=True, sorted=True):
    ar = asarray(ar)
    known = layerscope.elements(ar)
    if layerscope.is_known(known) and axis is None and layerscope.is_known(ar.shape) and len(ar.shape) == 1:
        distinct = []
        for item in known:
            if item not in distinct:
                distinct.append(item)
        size = len(distinct)
        distinct.sort()
        values = layerscope.constant(distinct, layerscope_type(ar), like=ndarray)
    else:
        size = layerscope.symbol('distinct', 0)
        values = layerscope.data((size,) if axis is None or not layerscope.is_known(ar.shape) else (size,) + tuple(ar.shape)[1:], layerscope_type(ar), 'distinct elements', like=ndarray)
    more = []
    if return_index:
        more.append(layerscope.data((size,), 'int64', 'indices', like=ndarray))
    if return_inverse:
        more.append(layerscope.data(ar.shape if axis is None else (ar.shape[axis],), 'int64', 'indices', like=ndarray))
    if return_counts:
        more.append(layerscope.data((size,), 'int64', 'counts', like=ndarray))
    return (values,) + tuple(more) if more else values


def bincount(x, weights=None, minlength=0):
    x = asarray(x)
    if layerscope.is_known(x.shape) and len(x.shape) != 1:
        raise ValueError("object too deep for desired array")
    return layerscope.data((layerscope.symbol('bins', 0),), 'int64' if weights is None else 'float64', 'counts', like=ndarray)


def histogram(a, bins=10, range=None, density=None, weights=None):
    size = bins if isinstance(bins, int) else len(bins) - 1 if isinstance(bins, (list, tuple)) else layerscope.symbol('bins', 0)
    return layerscope.data((size,), 'int64', 'counts', like=ndarray), layerscope.data((size + 1,), 'float64', 'edges', like=ndarray)


def digitize(x, bins, right=False):
    return layerscope.data(asarray(x).shape, 'int64', 'bins', like=ndarray)


def searchsorted(a, v, side='left', sorter=None):
    return layerscope.data(asarray(v).shape, 'int64', 'positions', like=ndarray)


def corrcoef(x, y=None, rowvar=True, **kwargs):
    x = asarray(x)
    if y is not None:
        return layerscope.data((2, 2), 'float64', 'correlations', like=ndarray)
    if len(x.shape) == 1:
        return layerscope.data((), 'float64', 'a correlation', like=ndarray)
    size = x.shape[0] if rowvar else x.shape[1]
    return layerscope.data((size, size), 'float64', 'correlations', like=ndarray)


def cov(m, y=None, rowvar=True, *args, **kwargs):
    return corrcoef(m, y, rowvar)


def diff(a, n=1, axis=-1, prepend=None, append=None):
    a = asarray(a)
    for _ in range(n):
        before, after = [slice(None)] * len(a.shape), [slice(None)] * len(a.shape)
        before[axis], after[axis] = slice(None, -1), slice(1, None)
        a = a[tuple(after)] - a[tuple(before)]
    return a


def gradient(f, *varargs, axis=None, edge_order=1):
    f = asarray(f)
    made = [layerscope.data(f.shape, 'float64', 'a gradient', like=ndarray) for _ in f.shape]
    return made[0] if len(made) == 1 or axis is not None else made


def trapezoid(y, x=None, dx=1.0, axis=-1):
    return sum(y, axis)


trapz = trapezoid


def isin(element, test_elements, assume_unique=False, invert=False):
    return layerscope.data(asarray(element).shape, 'bool', 'membership', like=ndarray)


in1d = isin


def intersect1d(ar1, ar2, **kwargs):
    return layerscope.data((layerscope.symbol('common', 0),), layerscope_type(asarray(ar1)), 'common elements', like=ndarray)


union1d = setdiff1d = setxor1d = intersect1d
