"""`torch.linalg`: decompositions have their shapes and types, their numbers are gaps."""
import layerscope

from .operations.checks import gap, operator, ranked, typed
from .operations.linear import cross, det, matmul
from .operations.reducing import Pair
from .operations.reducing import norm as _norm


class LinAlgError(RuntimeError):
    """What a decomposition raises that does not succeed."""


def _matrices(A, name):
    if ranked(A) and len(A.shape) < 2:
        raise RuntimeError(f'{name}: The input tensor A must have at least 2 dimensions.')


def _square(A, name):
    _matrices(A, name)
    if ranked(A):
        layerscope.require(A.shape[-1] == A.shape[-2], RuntimeError(f'{name}: A must be batches of square matrices, but they are {A.shape[-2]} by {A.shape[-1]} matrices'))


def _kind(A, to_complex=False):
    if not typed(A):
        return None
    return ('complex128' if A.dtype.name == 'float64' else 'complex64') if to_complex and not A.dtype.is_complex else A.dtype.name


def _made(name, A, last, *others, kind=None):
    """A gap over the matrices' batch, with these last dimensions."""
    return gap(f'torch.linalg.{name}', A, *others, shape=list(A.shape)[:-2] + last if ranked(A) else None, dtype=kind or _kind(A))


def vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None):
    return _norm(x, ord, dim, keepdim, dtype=dtype)


def norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None):
    return _norm(A, 2 if ord is None else ord, dim, keepdim, dtype=dtype)


def matrix_norm(A, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None, out=None):
    _matrices(A, 'linalg.matrix_norm')
    if ord == 'fro':
        return _norm(A, 2, dim, keepdim)
    return _made(f'matrix_norm {ord}', A, [1, 1] if keepdim else [])


def _same(name):
    def function(A, *args, **options):
        _square(A, f'linalg.{name}')
        return gap(f'torch.linalg.{name}', A, shape=list(A.shape), dtype=_kind(A))
    return function


inv, cholesky, matrix_exp, lu_solve = _same('inv'), _same('cholesky'), _same('matrix_exp'), _same('lu_solve')


def pinv(A, rcond=None, hermitian=False, *, atol=None, rtol=None):
    _matrices(A, 'linalg.pinv')
    return _made('pinv', A, [A.shape[-1], A.shape[-2]])


def solve(A, B, *, left=True, out=None):
    _square(A, 'linalg.solve')
    return gap('torch.linalg.solve', A, B, shape=list(B.shape), dtype=_kind(B))


def solve_triangular(A, B, *, upper, left=True, unitriangular=False, out=None):
    _square(A, 'linalg.solve_triangular')
    return gap('torch.linalg.solve_triangular', A, B, shape=list(B.shape), dtype=_kind(B))


class _Solution(tuple):
    """What `lstsq` gives."""
    solution = property(lambda self: self[0])
    residuals = property(lambda self: self[1])
    rank = property(lambda self: self[2])
    singular_values = property(lambda self: self[3])


def lstsq(A, B, rcond=None, *, driver=None):
    _matrices(A, 'linalg.lstsq')
    last = [A.shape[-1]] + ([B.shape[-1]] if len(B.shape) >= len(A.shape) else [])
    parts = [_made('lstsq', A, last, B), gap('torch.linalg.lstsq', A, B, dtype=_kind(A)), _made('lstsq', A, [], B, kind='int64'), _made('lstsq', A, [min(A.shape[-1], A.shape[-2])], B)]
    return _Solution(parts)


def qr(A, mode='reduced', *, out=None):
    _matrices(A, 'linalg.qr')
    rows, columns = A.shape[-2], A.shape[-1]
    inner = rows if mode == 'complete' else min(rows, columns)
    return (_made('qr', A, [rows, inner] if mode != 'r' else [0]), _made('qr', A, [inner, columns]))


def svd(A, full_matrices=True, *, driver=None, out=None):
    _matrices(A, 'linalg.svd')
    rows, columns = A.shape[-2], A.shape[-1]
    inner = min(rows, columns)
    sizes = ([rows, rows if full_matrices else inner], [inner], [columns if full_matrices else inner, columns])
    return tuple([_made('svd', A, size) for size in sizes])


def svdvals(A, *, driver=None, out=None):
    _matrices(A, 'linalg.svdvals')
    return _made('svdvals', A, [min(A.shape[-2], A.shape[-1])])


def eigh(A, UPLO='L', *, out=None):
    _square(A, 'linalg.eigh')
    return (_made('eigh', A, [A.shape[-1]]), _made('eigh', A, [A.shape[-2], A.shape[-1]]))


def eigvalsh(A, UPLO='L', *, out=None):
    _square(A, 'linalg.eigvalsh')
    return _made('eigvalsh', A, [A.shape[-1]])


class _Eigen(tuple):
    eigenvalues = property(lambda self: self[0])
    eigenvectors = property(lambda self: self[1])


def eig(A, *, out=None):
    _square(A, 'linalg.eig')
    return _Eigen([_made('eig', A, [A.shape[-1]], kind=_kind(A, True)), _made('eig', A, [A.shape[-2], A.shape[-1]], kind=_kind(A, True))])


def eigvals(A, *, out=None):
    _square(A, 'linalg.eigvals')
    return _made('eigvals', A, [A.shape[-1]], kind=_kind(A, True))


class _Determinant(tuple):
    sign = property(lambda self: self[0])
    logabsdet = property(lambda self: self[1])


def slogdet(A, *, out=None):
    _square(A, 'linalg.slogdet')
    return _Determinant([_made('slogdet', A, []), _made('slogdet', A, [])])


def matrix_rank(A, tol=None, hermitian=False, *, atol=None, rtol=None, out=None):
    _matrices(A, 'linalg.matrix_rank')
    return _made('matrix_rank', A, [], kind='int64')


def cond(A, p=None, *, out=None):
    _matrices(A, 'linalg.cond')
    return _made('cond', A, [])


def lu(A, *, pivot=True, out=None):
    _matrices(A, 'linalg.lu')
    rows, columns = A.shape[-2], A.shape[-1]
    inner = min(rows, columns)
    return (_made('lu', A, [rows, rows]), _made('lu', A, [rows, inner]), _made('lu', A, [inner, columns]))


def lu_factor(A, *, pivot=True, out=None):
    _matrices(A, 'linalg.lu_factor')
    return (_made('lu_factor', A, [A.shape[-2], A.shape[-1]]), _made('lu_factor', A, [min(A.shape[-2], A.shape[-1])], kind='int32'))


def matrix_power(A, n, *, out=None):
    _square(A, 'linalg.matrix_power')
    if not layerscope.is_known(n) or n < 1 or n > 16:
        return gap('torch.linalg.matrix_power', A, shape=list(A.shape), dtype=_kind(A))
    result = A
    for _ in range(n - 1):
        result = matmul(result, A)
    return result


def multi_dot(tensors, *, out=None):
    if len(tensors) < 2:
        raise RuntimeError(f'multi_dot(): expected at least 2 tensors but got {len(tensors)}')
    result = tensors[0]
    for each in tensors[1:]:
        result = matmul(result, each)
    return result


def vecdot(x, y, *, dim=-1, out=None):
    return (x * y).sum(dim)


def diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    from .operations.selecting import diagonal as _diagonal
    return _diagonal(A, offset, dim1, dim2)


def __getattr__(name):
    return layerscope.missing('torch.linalg', name)
