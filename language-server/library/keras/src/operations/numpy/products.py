"""keras.ops after NumPy: products of matrices and tensors."""
import layerscope

from keras.src.backend.tensors import align, cast as cast_tensor, check_broadcast, convert, plain_class
from keras.src.operations.core import axes_of, count, emit, known_rank, operation
from keras.src.operations.numpy.reducing import sum
from keras.src.operations.numpy.shaping import reshape


@operation('Matmul')
def matmul(x1, x2):
    x1, x2 = align(convert(x1), convert(x2))
    if known_rank(x1) and known_rank(x2) and len(x1.shape) and len(x2.shape):
        inner = x2.shape[-2] if len(x2.shape) > 1 else x2.shape[0]
        error = ValueError(f"Inner dimensions (`x1.shape[-1]` and `x2.shape[-2]`) must be equal, but received x1.shape={x1.shape} and x2.shape={x2.shape}")
        error = layerscope.related(error, x1, f'the tensor of shape {x1.shape} is made here')
        layerscope.require(x1.shape[-1] == inner, layerscope.related(error, x2, f'the tensor of shape {x2.shape} is made here'))
        check_broadcast(x1.shape[:-2], x2.shape[:-2])
    return emit('MatMul', x1, x2)


@operation('Dot')
def dot(x1, x2):
    x1, x2 = align(convert(x1), convert(x2))
    if not len(x1.shape) or not len(x2.shape):
        return emit('Mul', x1, x2)
    if len(x2.shape) <= 2:
        return matmul(x1, x2)
    return tensordot(x1, x2, ([len(x1.shape) - 1], [len(x2.shape) - 2]))


def vdot(x1, x2):
    return sum(x1 * x2)


def inner(x1, x2):
    return tensordot(x1, x2, ([len(x1.shape) - 1], [len(x2.shape) - 1]))


def outer(x1, x2):
    return reshape(x1, [-1, 1]) * reshape(x2, [1, -1])


@operation('Tensordot')
def tensordot(x1, x2, axes=2):
    a, b = align(convert(x1), convert(x2))
    if isinstance(axes, int):
        left, right = list(range(len(a.shape) - axes, len(a.shape))), list(range(axes))
    else:
        left, right = axes_of(axes[0], len(a.shape)), axes_of(axes[1], len(b.shape))
    for p, q in zip(left, right):
        layerscope.require(a.shape[p] == b.shape[q], ValueError(f"shape-mismatch for sum: axis {p} of {a.shape} and axis {q} of {b.shape}"))
    rows = [axis for axis in range(len(a.shape)) if axis not in left]
    columns = [axis for axis in range(len(b.shape)) if axis not in right]
    flat_a = emit('Reshape', emit('Transpose', a, perm=rows + left), [count([a.shape[axis] for axis in rows]), count([a.shape[axis] for axis in left])])
    flat_b = emit('Reshape', emit('Transpose', b, perm=right + columns), [count([b.shape[axis] for axis in right]), count([b.shape[axis] for axis in columns])])
    return emit('Reshape', emit('MatMul', flat_a, flat_b), [a.shape[axis] for axis in rows] + [b.shape[axis] for axis in columns])


@operation('Einsum')
def einsum(subscripts, *operands, **kwargs):
    tensors = [convert(operand) for operand in operands]
    made = tensors[0]
    for tensor in tensors[1:]:
        made, _ = align(made, tensor)
    equation = subscripts.replace(' ', '')
    sizes = {}
    for term, tensor in zip(equation.split('->')[0].split(','), tensors):
        if '...' in term or not known_rank(tensor):
            continue
        if len(term) != len(tensor.shape):
            raise ValueError(f"einsum: the subscripts '{term}' have {len(term)} letters, but the operand has shape {tensor.shape}")
        for letter, length in zip(term, tensor.shape):
            if letter in sizes:
                layerscope.require(sizes[letter] == length, ValueError(f"einsum '{equation}': the letter '{letter}' stands for sizes {sizes[letter]} and {length}"))
            else:
                sizes[letter] = length
    return emit('Einsum', *[cast_tensor(tensor, made.dtype) if made.dtype is not None else tensor for tensor in tensors], equation=equation)


def cross(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None):
    return layerscope.gap('a cross product', convert(x1), convert(x2), shape=list(x1.shape), dtype=x1.dtype, like=plain_class(x1, x2))
