"""`torch.linalg`."""
import layerscope

from .operations.checks import gap
from .operations.linear import cross, det, matmul
from .operations.reducing import norm as _norm


def vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None):
    return _norm(x, ord, dim, keepdim, dtype=dtype)


def norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None):
    return _norm(A, 2 if ord is None else ord, dim, keepdim, dtype=dtype)


def matrix_norm(A, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None):
    if ord == 'fro':
        return _norm(A, 2, dim, keepdim)
    shape = list(A.shape)[:-2] + ([1, 1] if keepdim else [])
    return gap(f'matrix norm {ord}', A, shape=shape, dtype=A.dtype.name)


def _square(A, name):
    if len(A.shape) < 2:
        raise RuntimeError(f'{name}: The input tensor A must have at least 2 dimensions.')
    layerscope.require(A.shape[-1] == A.shape[-2], RuntimeError(f'{name}: A must be batches of square matrices, but they are {A.shape[-2]} by {A.shape[-1]} matrices'))


def _same(name):
    def function(A, *args, **options):
        _square(A, f'linalg.{name}')
        return gap(f'torch.linalg.{name}', A, shape=list(A.shape), dtype=A.dtype.name)
    return function


inv, cholesky, matrix_exp, pinv = _same('inv'), _same('cholesky'), _same('matrix_exp'), _same('pinv')


def solve(A, B, *, left=True):
    return gap('torch.linalg.solve', A, B, shape=list(B.shape), dtype=B.dtype.name)


def qr(A, mode='reduced'):
    rows, columns = A.shape[-2], A.shape[-1]
    inner = min(rows, columns)
    leading = list(A.shape)[:-2]
    return (gap('torch.linalg.qr', A, shape=leading + [rows, inner], dtype=A.dtype.name),
            gap('torch.linalg.qr', A, shape=leading + [inner, columns], dtype=A.dtype.name))


def svd(A, full_matrices=True):
    rows, columns = A.shape[-2], A.shape[-1]
    inner = min(rows, columns)
    leading = list(A.shape)[:-2]
    sizes = ([rows, rows if full_matrices else inner], [inner], [columns if full_matrices else inner, columns])
    return tuple([gap('torch.linalg.svd', A, shape=leading + size, dtype=A.dtype.name) for size in sizes])


def eigh(A, UPLO='L'):
    shape = list(A.shape)
    return (gap('torch.linalg.eigh', A, shape=shape[:-1], dtype=A.dtype.name), gap('torch.linalg.eigh', A, shape=shape, dtype=A.dtype.name))
