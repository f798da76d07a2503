"""Arrays from shapes, ranges and other arrays."""
import layerscope

from numpy.array import count, layerscope_type, ndarray
from numpy.conversion import as_shape, asarray, cast, full_of
from numpy.dtypes import name_of, storable


def array(object, dtype=None, copy=True, order='K', subok=False, ndmin=0, like=None):
    made = asarray(object, dtype)
    if layerscope.is_known(made.shape):
        while len(made.shape) < ndmin:
            made = layerscope.operator('Unsqueeze', made, [0], like=ndarray)
    return layerscope.operator('Identity', made, like=ndarray) if made is object else made


def ascontiguousarray(a, dtype=None, like=None):
    return asarray(a, dtype)


asanyarray = asfortranarray = asarray_chkfinite = ascontiguousarray


def _type(dtype):
    return storable(name_of(dtype))


def zeros(shape, dtype=float, order='C', like=None):
    return full_of(shape, 0, _type(dtype))


def ones(shape, dtype=None, order='C', like=None):
    return full_of(shape, 1, _type(dtype))


def empty(shape, dtype=float, order='C', like=None):
    return layerscope.data(as_shape(shape), _type(dtype), 'an array that is not filled', like=ndarray)


def full(shape, fill_value, dtype=None, order='C', like=None):
    value = asarray(fill_value)
    name = layerscope_type(value) if dtype is None else _type(dtype)
    if len(value.shape):
        from numpy.shaping import broadcast_to
        return broadcast_to(cast(value, name), as_shape(shape))
    known = layerscope.elements(value)
    return full_of(shape, known, name) if layerscope.is_known(known) else layerscope.data(as_shape(shape), name, 'an array of an unknown value', like=ndarray)


def _like(a, value, dtype, shape):
    a = asarray(a)
    return full_of(a.shape if shape is None else shape, value, layerscope_type(a) if dtype is None else _type(dtype))


def zeros_like(a, dtype=None, order='K', subok=True, shape=None):
    return _like(a, 0, dtype, shape)


def ones_like(a, dtype=None, order='K', subok=True, shape=None):
    return _like(a, 1, dtype, shape)


def empty_like(a, dtype=None, order='K', subok=True, shape=None):
    a = asarray(a)
    return empty(a.shape if shape is None else shape, layerscope_type(a) if dtype is None else dtype)


def full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None):
    a = asarray(a)
    return full(a.shape if shape is None else shape, fill_value, layerscope_type(a) if dtype is None else dtype)


def arange(start, stop=None, step=None, dtype=None, like=None, device=None):
    if stop is None:
        start, stop = 0, start
    step = 1 if step is None else step
    start, stop, step = [layerscope.elements(bound) if isinstance(bound, layerscope.Value) else bound for bound in (start, stop, step)]
    whole = not any([isinstance(bound, float) for bound in (start, stop, step)])
    name = ('int64' if whole else 'float64') if dtype is None else _type(dtype)
    if not all([layerscope.is_known(bound) for bound in (start, stop, step)]):
        size = -((start - stop) // step) if whole else layerscope.symbol('size', 0)
        return layerscope.data((size,), name, 'a range', like=ndarray)
    if step == 0:
        raise ZeroDivisionError("division by zero")
    quotient = (stop - start) / step
    size = max(int(quotient) + (1 if quotient > int(quotient) else 0), 0)
    if size > 10000:
        return layerscope.data((size,), name, 'a range', like=ndarray)
    return layerscope.constant([start + index * step for index in range(size)], name, like=ndarray)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if isinstance(num, int) and layerscope.is_known(num) and num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    name = 'float64' if dtype is None else _type(dtype)
    if isinstance(num, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    lead = asarray(start).shape if isinstance(start, (list, tuple, layerscope.Value)) else ()
    known = not lead and all([layerscope.is_known(bound) and isinstance(bound, (int, float)) for bound in (start, stop, num)])
    if known and num <= 1000:
        steps = max(num - 1, 1) if endpoint else num
        made = layerscope.constant([start + (stop - start) * index / steps for index in range(num)], name, like=ndarray)
    else:
        made = layerscope.data((num,) + tuple(lead), name, 'evenly spaced numbers', like=ndarray)
    return (made, layerscope.unknown('a step')) if retstep else made


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    return layerscope.data((num,), 'float64' if dtype is None else _type(dtype), 'spaced numbers', like=ndarray)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    return logspace(start, stop, num, dtype=dtype)


def eye(N, M=None, k=0, dtype=float, order='C', like=None):
    M = N if M is None else M
    name = _type(dtype)
    if layerscope.is_known(N) and layerscope.is_known(M) and N * M <= 1024:
        return layerscope.constant([[1 if column == row + k else 0 for column in range(M)] for row in range(N)], name, like=ndarray)
    return layerscope.data((N, M), name, 'an identity matrix', like=ndarray)


def identity(n, dtype=None, like=None):
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=float, like=None):
    M = N if M is None else M
    return layerscope.data((N, M), _type(dtype), 'a triangular matrix', like=ndarray)


def meshgrid(*xi, copy=True, sparse=False, indexing='xy'):
    arrays = [asarray(x).ravel() for x in xi]
    shape = [x.shape[0] for x in arrays]
    if indexing == 'xy' and len(shape) > 1:
        shape[0], shape[1] = shape[1], shape[0]
    return [layerscope.data(shape, layerscope_type(x), 'a grid', like=ndarray) for x in arrays]


def indices(dimensions, dtype=int, sparse=False):
    return layerscope.data((len(dimensions),) + tuple(dimensions), _type(dtype), 'a grid', like=ndarray)


def fromfunction(function, shape, dtype=float, **kwargs):
    return layerscope.data(shape, _type(dtype), 'an array from a function', like=ndarray)


def frombuffer(buffer, dtype=float, count=-1, offset=0, like=None):
    return layerscope.data((layerscope.symbol('size', 0) if count == -1 else count,), _type(dtype), 'an array from bytes', like=ndarray)


def fromiter(iter, dtype, count=-1, like=None):
    return layerscope.data((layerscope.symbol('size', 0) if count == -1 else count,), _type(dtype), 'an array from an iterator', like=ndarray)


def fromstring(string, dtype=float, count=-1, sep=''):
    return frombuffer(string, dtype)


fromfile = frombuffer


def load(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', **kwargs):
    return layerscope.unknown('an array loaded from a file')


def loadtxt(fname, dtype=float, comments='#', delimiter=None, **kwargs):
    return layerscope.unknown('an array loaded from a file')


genfromtxt = recfromcsv = memmap = loadtxt


def save(file, arr, allow_pickle=True, fix_imports=True):
    pass


def savez(file, *args, **kwds):
    pass


savez_compressed = savetxt = savez


def copy(a, order='K', subok=False):
    return asarray(a).copy()


def copyto(dst, src, casting='same_kind', where=True):
    dst[...] = src


def put(a, ind, v, mode='raise'):
    pass


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    return layerscope.data(None, None, 'a function applied along an axis', like=ndarray)


def piecewise(x, condlist, funclist, *args, **kw):
    return layerscope.data(asarray(x).shape, layerscope_type(asarray(x)), 'a function by pieces', like=ndarray)


def select(condlist, choicelist, default=0):
    return layerscope.data(asarray(condlist[0]).shape, layerscope_type(asarray(choicelist[0])), 'a selection', like=ndarray)


def choose(a, choices, out=None, mode='raise'):
    return layerscope.data(asarray(a).shape, layerscope_type(asarray(choices[0])), 'a selection', like=ndarray)


def hanning(M):
    return layerscope.data((M,), 'float64', 'a window', like=ndarray)


hamming = blackman = bartlett = hanning


def ix_(*args):
    arrays = [asarray(x) for x in args]
    return tuple([x.reshape([1] * index + [-1] + [1] * (len(arrays) - index - 1)) for index, x in enumerate(arrays)])


def isscalar(element):
    return isinstance(element, (int, float, bool, complex, str))
