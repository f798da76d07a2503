"""keras.ops after NumPy: tensors from shapes and numbers."""
import layerscope

from keras.src.backend.dtypes import FLOATS, standardize_dtype
from keras.src.backend.tensors import Tensor, cast as cast_tensor, convert
from keras.src.operations.core import any_unknown, count, emit, sizes_of
from keras.src.operations.numpy.selecting import tril


def meshgrid(*x, indexing='xy'):
    xs = [convert(item) for item in x]
    shape = [count(item.shape) for item in xs]
    rank = len(xs)
    made = []
    for index, item in enumerate(xs):
        place = {0: 1, 1: 0}.get(index, index) if indexing == 'xy' and rank > 1 else index
        line = emit('Reshape', item, [1] * place + [-1] + [1] * (rank - place - 1))
        whole = [shape[1], shape[0]] + shape[2:] if indexing == 'xy' and rank > 1 else shape
        made.append(emit('Expand', line, whole))
    return made


def zeros(shape, dtype=None):
    return _filled(shape, 0, dtype)


def ones(shape, dtype=None):
    return _filled(shape, 1, dtype)


empty = zeros


def full(shape, fill_value, dtype=None):
    if isinstance(fill_value, layerscope.Value):
        return emit('Expand', convert(fill_value, dtype), sizes_of(shape))
    return _filled(shape, fill_value, dtype or ('int32' if isinstance(fill_value, int) and not isinstance(fill_value, bool) else None))


def _filled(shape, value, dtype):
    target = sizes_of(shape)
    dtype = standardize_dtype(dtype)
    made = layerscope.constant(value, dtype, like=Tensor)
    if not layerscope.is_known(target):
        return layerscope.data(None, dtype, 'a tensor of unknown shape', like=Tensor)
    return emit('Expand', made, target) if target else made


def zeros_like(x, dtype=None):
    x = convert(x)
    return _filled(x.shape, 0, dtype or x.dtype)


def ones_like(x, dtype=None):
    x = convert(x)
    return _filled(x.shape, 1, dtype or x.dtype)


empty_like = zeros_like


def full_like(x, fill_value, dtype=None):
    x = convert(x)
    return full(x.shape, fill_value, dtype or x.dtype)


def arange(start, stop=None, step=None, dtype=None):
    if stop is None:
        start, stop = 0, start
    step = 1 if step is None else step
    bounds = [layerscope.elements(bound) if isinstance(bound, layerscope.Value) else bound for bound in (start, stop, step)]
    if dtype is None:
        dtype = 'float32' if [bound for bound in bounds if isinstance(bound, float)] else 'int32'
    if any_unknown(bounds):
        return layerscope.data(None if not isinstance(bounds[1], int) else (-((bounds[0] - bounds[1]) // bounds[2]),), standardize_dtype(dtype), 'a range', like=Tensor)
    made = layerscope.operator('Range', *[layerscope.constant(bound, 'float32' if standardize_dtype(dtype) in FLOATS else 'int64') for bound in bounds], like=Tensor)
    return cast_tensor(made, dtype)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if isinstance(start, (int, float)) and isinstance(stop, (int, float)) and layerscope.is_known(num):
        steps = (num - 1 if num > 1 else 1) if endpoint else num
        return layerscope.constant([float(start + (stop - start) * index / steps) for index in range(num)], standardize_dtype(dtype), like=Tensor)
    return layerscope.data([num] + list(getattr(start, 'shape', ())), standardize_dtype(dtype), 'evenly spaced numbers', like=Tensor)


def eye(N, M=None, k=0, dtype=None):
    M = N if M is None else M
    dtype = standardize_dtype(dtype)
    if layerscope.is_known(N) and layerscope.is_known(M) and N * M <= 4096:
        return layerscope.constant([[1 if column == row + k else 0 for column in range(M)] for row in range(N)], dtype, like=Tensor)
    return layerscope.data((N, M), dtype, 'an identity matrix', like=Tensor)


def identity(n, dtype=None):
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=None):
    return tril(ones((N, N if M is None else M), dtype), k)


def array(x, dtype=None):
    return convert(x, dtype)
