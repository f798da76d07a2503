"""Arrays that are made: of Python's numbers, of NumPy's arrays, at random."""
import layerscope

from mxnet.ndarray.array import NDArray

FLOAT = 'float32'


def type_name(dtype):
    name = dtype if isinstance(dtype, str) else getattr(dtype, '__name__', None) or getattr(dtype, 'name', None) or FLOAT
    return {'float': 'float32', 'int': 'int32', 'bool_': 'bool'}.get(name, name)


def sizes(shape):
    return tuple(shape) if isinstance(shape, (list, tuple)) else (shape,)


def array(source_array, ctx=None, dtype=None):
    if isinstance(source_array, layerscope.Value):
        made = layerscope.cast_class(source_array, NDArray)
        wanted = type_name(dtype) if dtype is not None else FLOAT if made.dtype == 'float64' or not isinstance(source_array, NDArray) else made.dtype
        return made if made.dtype == wanted else layerscope.operator('Cast', made, to=wanted, like=NDArray)
    return layerscope.constant(source_array, FLOAT if dtype is None else type_name(dtype), like=NDArray)


def filled(shape, value, dtype):
    return layerscope.operator('Expand', layerscope.constant(value, type_name(dtype or FLOAT), like=NDArray), list(sizes(shape)), like=NDArray)


def zeros(shape, ctx=None, dtype=None, **kwargs):
    return filled(shape, 0, dtype)


def ones(shape, ctx=None, dtype=None, **kwargs):
    return filled(shape, 1, dtype)


def full(shape, val, ctx=None, dtype=None, out=None):
    return filled(shape, val, dtype)


def empty(shape, ctx=None, dtype=None):
    return layerscope.data(sizes(shape), type_name(dtype or FLOAT), 'an empty array', like=NDArray)


def zeros_like(data, **kwargs):
    return filled(data.shape, 0, data.dtype)


def ones_like(data, **kwargs):
    return filled(data.shape, 1, data.dtype)


def arange(start, stop=None, step=1.0, repeat=1, infer_range=None, ctx=None, dtype=None):
    if stop is None:
        start, stop = 0, start
    return layerscope.data((-((start - stop) // step) * repeat,) if isinstance(step, int) else (int((stop - start) / step) * repeat,), type_name(dtype or FLOAT), 'a range', like=NDArray)


def eye(N, M=0, k=0, ctx=None, dtype=None):
    return layerscope.data((N, M or N), type_name(dtype or FLOAT), 'an identity matrix', like=NDArray)


class random:
    @staticmethod
    def uniform(low=0, high=1, shape=(1,), dtype=None, ctx=None, out=None):
        return layerscope.data(sizes(shape), type_name(dtype or FLOAT), 'random numbers', like=NDArray)

    @staticmethod
    def normal(loc=0, scale=1, shape=(1,), dtype=None, ctx=None, out=None):
        return layerscope.data(sizes(shape), type_name(dtype or FLOAT), 'random numbers', like=NDArray)

    @staticmethod
    def randn(*shape, loc=0, scale=1, dtype=None, ctx=None, out=None):
        return layerscope.data(shape or (1,), type_name(dtype or FLOAT), 'random numbers', like=NDArray)

    @staticmethod
    def randint(low, high, shape=(1,), dtype=None, ctx=None, out=None):
        return layerscope.data(sizes(shape), type_name(dtype or 'int32'), 'random numbers', like=NDArray)

    @staticmethod
    def seed(*args, **kwargs):
        pass


random_uniform, random_normal, random_randint = random.uniform, random.normal, random.randint
