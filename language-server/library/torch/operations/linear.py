"""Products of vectors, matrices and tensors."""
import layerscope

from .checks import gap, is_tensor, list_text, matrix_text, operator, product, ranked, typed
from .pointwise import add, combine, finish, mul
from .shaping import reshape_to


def _same_type(left, right):
    if typed(left) and typed(right) and left.dtype is not right.dtype:
        from .checks import scalar_names
        raise RuntimeError(f'expected m1 and m2 to have the same dtype, but got: {scalar_names(left.dtype)} != {scalar_names(right.dtype)}')


def _inner(left, right):
    """The dimensions that a product sums over must agree."""
    a, b = left.shape, right.shape
    rows = b[-2] if len(b) > 1 else b[0]
    if len(a) == 1 and len(b) == 1:
        error = RuntimeError(f'inconsistent tensor size, expected tensor {list_text(a)} and src {list_text(b)} to have the same number of elements, but got {a[0]} and {b[0]} elements respectively')
    elif len(b) == 1 and len(a) == 2:
        error = RuntimeError(f'size mismatch, got input ({a[0]}), mat ({matrix_text(a)}), vec ({b[0]})')
    elif len(a) <= 2 and len(b) == 2 or len(b) == 2:
        folded = [product(a[:-1]), a[-1]]
        error = RuntimeError(f'mat1 and mat2 shapes cannot be multiplied ({matrix_text(folded)} and {matrix_text(b)})')
    else:
        batch = product(b[:-2]) if len(b) > 2 else 1
        error = RuntimeError(f'Expected size for first two dimensions of batch2 tensor to be: [{batch}, {a[-1]}] but got: [{batch}, {rows}].')
    layerscope.related(error, left, f'the left factor has shape {tuple(a)}')
    layerscope.require(a[-1] == rows, layerscope.related(error, right, f'the right factor has shape {tuple(b)}'))


def matmul(input, other, *, out=None):
    if not is_tensor(other):
        raise TypeError(f"matmul(): argument 'other' (position 2) must be Tensor, not {type(other).__name__}")
    _same_type(input, other)
    if ranked(input) and ranked(other):
        if len(input.shape) == 0 or len(other.shape) == 0:
            raise RuntimeError(f'both arguments to matmul need to be at least 1D, but they are {len(input.shape)}D and {len(other.shape)}D')
        _inner(input, other)
    return finish(combine('MatMul', input, other), out)


def _of_rank(tensor, rank, message):
    if ranked(tensor) and len(tensor.shape) != rank:
        raise RuntimeError(message)


def mm(input, mat2, *, out=None):
    layerscope.expect(input, (None, None))
    _of_rank(input, 2, 'self must be a matrix')
    _of_rank(mat2, 2, 'mat2 must be a matrix')
    return matmul(input, mat2)


def bmm(input, mat2, *, out=None):
    layerscope.expect(input, (None, None, None))
    _of_rank(input, 3, 'batch1 must be a 3D tensor')
    _of_rank(mat2, 3, 'batch2 must be a 3D tensor')
    if ranked(input) and ranked(mat2):
        error = RuntimeError(f'Expected size for first two dimensions of batch2 tensor to be: [{input.shape[0]}, {input.shape[2]}] but got: [{mat2.shape[0]}, {mat2.shape[1]}].')
        layerscope.require(input.shape[0] == mat2.shape[0], error)
        layerscope.require(input.shape[2] == mat2.shape[1], error)
    return operator('MatMul', input, mat2)


def mv(input, vec):
    return matmul(input, vec)


def dot(input, tensor):
    if len(input.shape) != 1 or len(tensor.shape) != 1:
        raise RuntimeError(f'1D tensors expected, but got {len(input.shape)}D and {len(tensor.shape)}D tensors')
    return matmul(input, tensor)


inner = vdot = dot


def outer(input, vec2):
    return operator('Mul', operator('Unsqueeze', input, [1]), operator('Unsqueeze', vec2, [0]))


ger = outer


def addmm(input, mat1, mat2, *, beta=1, alpha=1, out=None):
    return _plus(input, mm(mat1, mat2), beta, alpha)


def addbmm(input, batch1, batch2, *, beta=1, alpha=1):
    return _plus(input, operator('ReduceSum', bmm(batch1, batch2), [0], keepdims=0), beta, alpha)


def baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None):
    return _plus(input, bmm(batch1, batch2), beta, alpha)


def addmv(input, mat, vec, *, beta=1, alpha=1):
    return _plus(input, mv(mat, vec), beta, alpha)


def _plus(input, product, beta, alpha):
    scaled = product if alpha == 1 else mul(product, alpha)
    return scaled if beta == 0 else add(scaled, input if beta == 1 else mul(input, beta))


def chain_matmul(*matrices):
    result = matrices[0]
    for matrix in matrices[1:]:
        result = matmul(result, matrix)
    return result


def einsum(equation, *operands):
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = operands[0]
    if is_tensor(equation):
        return gap('einsum with sublists', equation, *operands)
    try:
        return operator('Einsum', *operands, equation=equation.replace(' ', ''))
    except layerscope.ShapeError as fault:
        message = str(fault)
    error = RuntimeError(f'einsum(): {message}')
    for position, operand in enumerate(operands):
        error = layerscope.related(error, operand, f'operand {position} has shape {tuple(operand.shape)}')
    raise error


def tensordot(a, b, dims=2):
    if isinstance(dims, int):
        left, right = list(range(len(a.shape) - dims, len(a.shape))), list(range(dims))
    else:
        left, right = [[axis] if isinstance(axis, int) else list(axis) for axis in dims]
    left = [axis % len(a.shape) for axis in left]
    right = [axis % len(b.shape) for axis in right]
    for one, other in zip(left, right):
        layerscope.require(a.shape[one] == b.shape[other], RuntimeError(
            f'contracted dimensions need to match, but first has size {a.shape[one]} in dim {one} and second has size {b.shape[other]} in dim {other}'))
    rest_a = [axis for axis in range(len(a.shape)) if axis not in left]
    rest_b = [axis for axis in range(len(b.shape)) if axis not in right]
    inner = product([a.shape[axis] for axis in left])
    rows, columns = [a.shape[axis] for axis in rest_a], [b.shape[axis] for axis in rest_b]
    one = reshape_to(operator('Transpose', a, perm=rest_a + left), [product(rows), inner])
    other = reshape_to(operator('Transpose', b, perm=right + rest_b), [inner, product(columns)])
    return reshape_to(operator('MatMul', one, other), rows + columns)


def kron(input, other):
    rank = max(len(input.shape), len(other.shape))
    left, right = [reshape_to(each, [1] * (rank - len(each.shape)) + list(each.shape)) for each in (input, other)]
    wide = mul(operator('Unsqueeze', left, [2 * axis + 1 for axis in range(rank)]), operator('Unsqueeze', right, [2 * axis for axis in range(rank)]))
    return reshape_to(wide, [own * another for own, another in zip(left.shape, right.shape)])


def cross(input, other, dim=None):
    from .selecting import roll
    dim = -1 if dim is None else dim
    forward = mul(roll(input, -1, dim), roll(other, -2, dim))
    return forward - mul(roll(input, -2, dim), roll(other, -1, dim))


def cdist(x1, x2, p=2.0, compute_mode=None):
    from .reducing import norm
    layerscope.require(x1.shape[-1] == x2.shape[-1], RuntimeError(f'X1 and X2 must have the same number of columns. X1: {x1.shape[-1]} X2: {x2.shape[-1]}'))
    return norm(operator('Sub', operator('Unsqueeze', x1, [-2]), operator('Unsqueeze', x2, [-3])), p, -1)


def trace(input):
    from .reducing import sum
    from .selecting import diagonal
    return sum(diagonal(input))


def det(input):
    return operator('Det', input)


def inverse(input):
    layerscope.require(input.shape[-1] == input.shape[-2], RuntimeError(f'linalg.inv: A must be batches of square matrices, but they are {input.shape[-2]} by {input.shape[-1]} matrices'))
    return gap('the inverse of a matrix is not an operator of the graph', input, shape=list(input.shape), dtype=input.dtype.name)
