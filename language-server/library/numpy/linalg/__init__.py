"""numpy.linalg: shapes of decompositions and solutions."""
import layerscope

from numpy.array import layerscope_type, ndarray
from numpy.conversion import asarray, cast
from numpy.products import cross, matmul, outer, tensordot, trace, vdot
from numpy.reductions import max as _max
from numpy.reductions import normal_axes
from numpy.reductions import sum as _sum


class LinAlgError(ValueError):
    pass


def _float(a):
    a = asarray(a)
    return cast(a, 'float64') if layerscope_type(a) not in ('float32', 'float64', 'complex64', 'complex128', None) else a


def _square(a):
    a = _float(a)
    if not layerscope.is_known(a.shape):
        return a
    if len(a.shape) < 2:
        raise LinAlgError(f"{len(a.shape)}-dimensional array given. Array must be at least two-dimensional")
    layerscope.require(a.shape[-1] == a.shape[-2], layerscope.related(LinAlgError("Last 2 dimensions of the array must be square"), a, f'the array of shape {a.shape} is made here'))
    return a


def _data(shape, a):
    return layerscope.data(shape, layerscope_type(a), 'linear algebra', like=ndarray)


def norm(x, ord=None, axis=None, keepdims=False):
    x = _float(x)
    if not layerscope.is_known(x.shape):
        return layerscope.data(None, layerscope_type(x), 'a norm', like=ndarray)
    if axis is None and ord is not None and len(x.shape) > 2:
        raise ValueError("Improper number of dimensions to norm.")
    squared = _sum(x * x, axis, keepdims=keepdims)
    return layerscope.operator('Sqrt', squared, like=ndarray)


vector_norm = matrix_norm = norm


def inv(a):
    a = _square(a)
    return _data(a.shape if layerscope.is_known(a.shape) else None, a)


def pinv(a, rcond=None, hermitian=False):
    a = _float(a)
    return _data(list(a.shape[:-2]) + [a.shape[-1], a.shape[-2]], a)


def det(a):
    a = _square(a)
    return layerscope.operator('Det', a, like=ndarray) if layerscope.is_known(a.shape) else _data(None, a)


def slogdet(a):
    a = _square(a)
    return _data(a.shape[:-2], a), _data(a.shape[:-2], a)


def solve(a, b):
    a, b = _square(a), _float(b)
    if layerscope.is_known(a.shape) and layerscope.is_known(b.shape) and len(b.shape):
        size = b.shape[0] if len(b.shape) == 1 else b.shape[-2]
        layerscope.require(a.shape[-1] == size, ValueError(
            f"solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size {size} is different from {a.shape[-1]})"))
    return _data(b.shape, b)


def lstsq(a, b, rcond=None):
    a, b = _float(a), _float(b)
    layerscope.require(a.shape[0] == b.shape[0], LinAlgError("Incompatible dimensions"))
    return _data((a.shape[1],) + tuple(b.shape[1:]), a), _data((layerscope.symbol('residuals', 0),), a), layerscope.unknown('a rank'), _data((a.shape[1],), a)


def eig(a):
    a = _square(a)
    return _data(a.shape[:-1], a), _data(a.shape, a)


eigh = eig


def eigvals(a):
    return _data(_square(a).shape[:-1], _float(a))


eigvalsh = eigvals


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    a = _float(a)
    if len(a.shape) < 2:
        raise LinAlgError(f"{len(a.shape)}-dimensional array given. Array must be at least two-dimensional")
    lead, rows, columns = list(a.shape[:-2]), a.shape[-2], a.shape[-1]
    small = min(rows, columns) if layerscope.is_known(rows) and layerscope.is_known(columns) else layerscope.symbol('singular')
    s = _data(lead + [small], a)
    if not compute_uv:
        return s
    return _data(lead + [rows, rows if full_matrices else small], a), s, _data(lead + [columns if full_matrices else small, columns], a)


def qr(a, mode='reduced'):
    a = _float(a)
    rows, columns = a.shape[-2], a.shape[-1]
    small = min(rows, columns)
    return _data((rows, small), a), _data((small, columns), a)


def cholesky(a):
    a = _square(a)
    return _data(a.shape, a)


def matrix_rank(A, tol=None, hermitian=False):
    return layerscope.unknown('the rank of a matrix')


def cond(x, p=None):
    return _data((), _float(x))


def matrix_power(a, n):
    return _data(_square(a).shape, asarray(a))


def multi_dot(arrays):
    made = arrays[0]
    for array in arrays[1:]:
        made = matmul(made, array)
    return made
