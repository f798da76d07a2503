"""`torch.sparse`: what is stored sparsely has the shapes of what is not."""
import layerscope

from .operations.linear import addmm, matmul
from .operations.reducing import sum


def mm(mat1, mat2, reduce='sum'):
    for each in (mat1, mat2):
        if layerscope.is_known(each.shape) and len(each.shape) != 2:
            raise IndexError(f'Dimension out of range (expected to be in range of [-1, 0], but got -2): sparse.mm takes matrices, got {list(each.shape)}')
    return matmul(mat1, mat2)


def softmax(input, dim, *, dtype=None):
    return input.softmax(dim, dtype=dtype)


def log_softmax(input, dim, *, dtype=None):
    return input.log_softmax(dim, dtype=dtype)


def __getattr__(name):
    return layerscope.missing('torch.sparse', name)
