"""keras.ops: linear algebra."""
import layerscope

from keras.src.backend.tensors import convert, plain_class, to_float
from keras.src.operations.numpy import norm


def _square(x):
    x = to_float(x)
    layerscope.require(x.shape[-1] == x.shape[-2], ValueError(f"Expected a square matrix. Received non-square input: shape={x.shape}"))
    return x


def _like(x, shape):
    return layerscope.gap('linear algebra', x, shape=list(shape), dtype=x.dtype, like=plain_class(x))


def cholesky(x, upper=False):
    x = _square(x)
    return _like(x, x.shape)


inv = cholesky_inverse = cholesky


def det(x):
    x = _square(x)
    return layerscope.operator('Det', x, like=plain_class(x))


def slogdet(x):
    return _like(x, x.shape[:-2]), _like(x, x.shape[:-2])


def eig(x):
    x = _square(x)
    return _like(x, x.shape[:-1]), _like(x, x.shape)


eigh = eig


def solve(a, b):
    return _like(to_float(b), b.shape)


def solve_triangular(a, b, lower=False):
    return _like(to_float(b), b.shape)


def lstsq(a, b, rcond=None):
    return _like(to_float(a), [a.shape[-1]] + list(b.shape[1:]))


def qr(x, mode='reduced'):
    return _like(x, x.shape), _like(x, [x.shape[-1], x.shape[-1]])


def svd(x, full_matrices=True, compute_uv=True):
    return _like(x, list(x.shape[:-1]) + [x.shape[-2]]), _like(x, x.shape[:-1]), _like(x, list(x.shape[:-2]) + [x.shape[-1]] * 2)


def lu_factor(x):
    return _like(x, x.shape), _like(x, x.shape[:-1])


def pinv(x):
    return _like(x, list(x.shape[:-2]) + [x.shape[-1], x.shape[-2]])


def jvp(fun, primals, tangents, has_aux=False):
    made = fun(*primals)
    return made, made
