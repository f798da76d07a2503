"""Products of arrays, with NumPy's errors."""
import layerscope

from numpy.arithmetic import yields
from numpy.array import count, layerscope_type, ndarray, shape_text
from numpy.conversion import asarray, cast
from numpy.dtypes import promote
from numpy.reductions import normal_axes


def _pair(a, b):
    a, b = asarray(a), asarray(b)
    name = promote(layerscope_type(a), layerscope_type(b))
    if name == 'bool':
        name = 'int64'
    return cast(a, name), cast(b, name)


def _apart(error, a, b):
    error = layerscope.related(error, a, f'the array of shape {a.shape} is made here')
    return layerscope.related(error, b, f'the array of shape {b.shape} is made here')


def matmul(x1, x2, out=None, **kwargs):
    if yields(x1) or yields(x2):
        return NotImplemented
    a, b = _pair(x1, x2)
    if not layerscope.is_known(a.shape) or not layerscope.is_known(b.shape):
        return layerscope.data(None, layerscope_type(a), 'a product', like=ndarray)
    for index, array in enumerate((a, b)):
        if len(array.shape) == 0:
            raise ValueError(f"matmul: Input operand {index} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)")
    inner = b.shape[-2] if len(b.shape) > 1 else b.shape[0]
    layerscope.require(a.shape[-1] == inner, _apart(ValueError(
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) "
        f"(size {inner} is different from {a.shape[-1]})"), a, b))
    for p, q in zip(reversed(a.shape[:-2]), reversed(b.shape[:-2])):
        if layerscope.is_known(p) and layerscope.is_known(q) and p != q and p != 1 and q != 1:
            raise _apart(ValueError("operands could not be broadcast together with remapped shapes [original->remapped]: "
                                    f"{shape_text(a.shape)}->({','.join([str(s) for s in a.shape[:-2]])},newaxis,newaxis) "
                                    f"{shape_text(b.shape)}->({','.join([str(s) for s in b.shape[:-2]])},newaxis,newaxis)"), a, b)
    return layerscope.operator('MatMul', a, b, like=ndarray)


def dot(a, b, out=None):
    a, b = _pair(a, b)
    if not layerscope.is_known(a.shape) or not layerscope.is_known(b.shape):
        return layerscope.data(None, layerscope_type(a), 'a product', like=ndarray)
    if not len(a.shape) or not len(b.shape):
        return layerscope.operator('Mul', a, b, like=ndarray)
    axis = len(b.shape) - 2 if len(b.shape) > 1 else 0
    layerscope.require(a.shape[-1] == b.shape[axis], _apart(ValueError(
        f"shapes {shape_text(a.shape)} and {shape_text(b.shape)} not aligned: {a.shape[-1]} (dim {len(a.shape) - 1}) != {b.shape[axis]} (dim {axis})"), a, b))
    if len(b.shape) <= 2:
        return layerscope.operator('MatMul', a, b, like=ndarray)
    return tensordot(a, b, ([len(a.shape) - 1], [axis]))


def vdot(a, b):
    a, b = _pair(a, b)
    if count(a.shape) != count(b.shape):
        raise ValueError("cannot reshape array of size " f"{count(b.shape)} into shape {shape_text((count(a.shape),))}")
    return (a.ravel() * b.ravel()).sum()


def inner(a, b):
    a, b = _pair(a, b)
    if not len(a.shape) or not len(b.shape):
        return layerscope.operator('Mul', a, b, like=ndarray)
    layerscope.require(a.shape[-1] == b.shape[-1], _apart(ValueError(
        f"shapes {shape_text(a.shape)} and {shape_text(b.shape)} not aligned: {a.shape[-1]} (dim {len(a.shape) - 1}) != {b.shape[-1]} (dim {len(b.shape) - 1})"), a, b))
    return tensordot(a, b, ([len(a.shape) - 1], [len(b.shape) - 1]))


def outer(a, b, out=None):
    a, b = _pair(a, b)
    return a.reshape(-1, 1) * b.reshape(1, -1)


def tensordot(a, b, axes=2):
    a, b = _pair(a, b)
    if isinstance(axes, int):
        left, right = list(range(len(a.shape) - axes, len(a.shape))), list(range(axes))
    else:
        left, right = axes
        left = normal_axes(left, len(a.shape))
        right = normal_axes(right, len(b.shape))
    if len(left) != len(right):
        raise ValueError("shape-mismatch for sum")
    for p, q in zip(left, right):
        layerscope.require(a.shape[p] == b.shape[q], _apart(ValueError("shape-mismatch for sum"), a, b))
    rows = [axis for axis in range(len(a.shape)) if axis not in left]
    columns = [axis for axis in range(len(b.shape)) if axis not in right]
    flat_a = a.transpose(rows + left).reshape(count([a.shape[axis] for axis in rows]), count([a.shape[axis] for axis in left]))
    flat_b = b.transpose(right + columns).reshape(count([b.shape[axis] for axis in right]), count([b.shape[axis] for axis in columns]))
    made = layerscope.operator('MatMul', flat_a, flat_b, like=ndarray)
    return made.reshape([a.shape[axis] for axis in rows] + [b.shape[axis] for axis in columns])


def einsum(subscripts, *operands, **kwargs):
    arrays = [asarray(operand) for operand in operands]
    equation = subscripts.replace(' ', '')
    terms = equation.split('->')[0].split(',')
    if len(terms) != len(arrays):
        raise ValueError("more operands provided to einstein sum function than specified in the subscripts string" if len(arrays) > len(terms)
                         else "fewer operands provided to einstein sum function than specified in the subscripts string")
    sizes = {}
    for index, (term, array) in enumerate(zip(terms, arrays)):
        if '...' in term or not layerscope.is_known(array.shape):
            continue
        if len(term) != len(array.shape):
            if len(term) < len(array.shape):
                raise ValueError(f"operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.")
            raise ValueError(f"einstein sum subscripts string contains too many subscripts for operand {index}")
        for letter, size in zip(term, array.shape):
            if letter in sizes and layerscope.is_known(size) and layerscope.is_known(sizes[letter]) and size != sizes[letter] and size != 1 and sizes[letter] != 1:
                raise ValueError(f"operands could not be broadcast together with remapped shapes [original->remapped]: einstein sum index '{letter}' has sizes {sizes[letter]} and {size}")
            if letter not in sizes or layerscope.is_known(sizes[letter]) and sizes[letter] == 1:
                sizes[letter] = size
    name = layerscope_type(arrays[0])
    for array in arrays[1:]:
        name = promote(name, layerscope_type(array))
    return layerscope.operator('Einsum', *[cast(array, name) for array in arrays], equation=equation, like=ndarray)


def kron(a, b):
    a, b = asarray(a), asarray(b)
    return layerscope.data([p * q for p, q in zip(a.shape, b.shape)], layerscope_type(a), 'a Kronecker product', like=ndarray)


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    a, b = _pair(a, b)
    for array in (a, b):
        size = array.shape[-1]
        if layerscope.is_known(size) and size not in (2, 3):
            raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    return layerscope.data(a.shape, layerscope_type(a), 'a cross product', like=ndarray)


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return asarray(a).diagonal(offset, axis1, axis2).sum(-1)


def convolve(a, v, mode='full'):
    a, v = _pair(a, v)
    n, m = a.shape[0], v.shape[0]
    size = {'full': n + m - 1, 'same': max(n, m), 'valid': max(n, m) - min(n, m) + 1}[mode]
    return layerscope.data((size,), layerscope_type(a), 'a convolution', like=ndarray)


correlate = convolve


def polyfit(x, y, deg, *args, **kwargs):
    return layerscope.data((deg + 1,), 'float64', 'coefficients', like=ndarray)


def polyval(p, x):
    return layerscope.data(asarray(x).shape, 'float64', "a polynomial's values", like=ndarray)


def poly1d(coefficients, *args):
    return lambda x: polyval(coefficients, x)
