from keras.src.operations.linalg import *
from keras.src.operations.numpy import diagonal as diag_part
from keras.src.operations.numpy import diag
from tensorflow.conversion import convert, matched
from tensorflow.functions import einsum, eye, matmul, norm, tensordot


def band_part(input, num_lower, num_upper, name=None):
    from keras.src.operations.numpy import tril, triu
    made = convert(input)
    if num_lower >= 0:
        made = triu(made, -num_lower)
    return tril(made, num_upper) if num_upper >= 0 else made


def matrix_transpose(a, name=None, conjugate=False):
    from keras.src.operations.numpy import swapaxes
    return swapaxes(convert(a), -1, -2)


def l2_normalize(x, axis=None, epsilon=1e-12, name=None):
    from keras.src.operations.nn import normalize
    return normalize(convert(x), -1 if axis is None else axis)


def matvec(a, b, **kwargs):
    from keras.src.operations.numpy import expand_dims, matmul, squeeze
    return squeeze(matmul(*matched('MatMul', [a, expand_dims(convert(b), -1)])), -1)
