"""PyTorch's type promotion, and operators on two operands that broadcast."""
import layerscope

from .. import types
from .checks import cast, is_tensor, operator, ranked, typed


def result_type(left, right):
    """The dtype of an operation on two tensors or numbers: those with dimensions count before scalar tensors, those before numbers.

    None where a type is not known."""
    dtypes = [None, None, None]
    for value in (left, right):
        if is_tensor(value):
            if not typed(value):
                return None
            level = 1 if ranked(value) and len(value.shape) == 0 else 0
            dtype = value.dtype
        else:
            level = 2
            dtype = types.defaults_for(types.kind_of(value))
        present = dtypes[level]
        dtypes[level] = dtype if present is None else types.promote(present, dtype)
    result = None
    for dtype in dtypes:
        if dtype is None:
            continue
        if result is None:
            result = dtype
        elif dtype.category > result.category:
            result = types.promote(result, dtype)
    return result


def mismatch(left, right):
    """PyTorch's words for shapes that do not broadcast."""
    a, b = left.shape, right.shape
    for offset in range(1, min(len(a), len(b)) + 1):
        one, other = a[-offset], b[-offset]
        if layerscope.is_known(one) and layerscope.is_known(other) and one != other and one != 1 and other != 1:
            return (f'The size of tensor a ({one}) must match the size of tensor b ({other}) '
                    f'at non-singleton dimension {max(len(a), len(b)) - offset}')
    return f'shapes {list(a)} and {list(b)} do not broadcast'


def combine(type, left, right, **attributes):
    """An ONNX operator on two operands that are already of one type."""
    try:
        return operator(type, left, right, **attributes)
    except layerscope.ShapeError:
        error = RuntimeError(mismatch(left, right))
    layerscope.related(error, left, f'tensor a has shape {tuple(left.shape)}')
    raise layerscope.related(error, right, f'tensor b has shape {tuple(right.shape)}')


def aligned(left, right, dtype):
    """Both operands as tensors of one dtype."""
    if dtype is None:
        if not is_tensor(left):
            left = operator('CastLike', layerscope.constant(left, like=type_of(right)), right)
        if not is_tensor(right):
            right = operator('CastLike', layerscope.constant(right, like=type_of(left)), left)
        return left, right
    return as_tensor(left, dtype, right), as_tensor(right, dtype, left)


def type_of(tensor):
    return getattr(tensor, '__layerscope_tensor__', type(tensor))


def as_tensor(value, dtype, other):
    if is_tensor(value):
        return cast(value, dtype)
    if isinstance(value, complex):
        return layerscope.data((), dtype.name, reason='a complex number', like=type_of(other))
    return layerscope.constant(value, dtype=dtype.name, like=type_of(other))


def binary(type, left, right, dtype=None):
    """An operator after promotion of its operands; `dtype` overrides the promoted type."""
    dtype = dtype or result_type(left, right)
    left, right = aligned(left, right, dtype)
    return combine(type, left, right)


def finish(result, out):
    """`out=` receives the result."""
    if out is not None:
        layerscope.assign(out, result)
        return out
    return result
