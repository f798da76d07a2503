"""Element types: Keras's promotion rules and ONNX's codes."""

CODES = {
    'float32': 1, 'uint8': 2, 'int8': 3, 'uint16': 4, 'int16': 5, 'int32': 6, 'int64': 7, 'string': 8, 'bool': 9,
    'float16': 10, 'float64': 11, 'uint32': 12, 'uint64': 13, 'complex64': 14, 'complex128': 15, 'bfloat16': 16,
}
FLOATS = ('float16', 'bfloat16', 'float32', 'float64')
INTEGERS = ('bool', 'uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'uint64', 'int64')
_PYTHON = {'bool': 'bool', 'int': 'int32', 'float': 'float32', 'str': 'string', 'complex': 'complex64', 'double': 'float64', 'half': 'float16'}


def standardize_dtype(dtype):
    """The name of an element type given as a name, a NumPy or TensorFlow type, or a Python class."""
    if dtype is None:
        return 'float32'
    if not isinstance(dtype, str):
        dtype = getattr(dtype, '__name__', None) or getattr(dtype, 'name', None) or str(dtype)
    if not isinstance(dtype, str):
        return None
    name = _PYTHON.get(dtype, dtype)
    if name.startswith('torch.'):
        name = name[6:]
    if name not in CODES:
        raise ValueError(f"Invalid dtype: {dtype}")
    return name


def is_float_dtype(dtype):
    return standardize_dtype(dtype) in FLOATS


def is_int_dtype(dtype):
    return standardize_dtype(dtype) in INTEGERS[1:]


def result_type(*dtypes):
    """The type that values of these types are brought to; None where one of them is not known."""
    result = dtypes[0]
    for dtype in dtypes[1:]:
        result = _promote(result, dtype)
    return result


def _promote(left, right):
    if left == right or right is None or left is None:
        return left if left == right else None
    if left in FLOATS and right in FLOATS:
        if 'bfloat16' in (left, right) and 'float16' in (left, right):
            return 'float32'
        return left if FLOATS.index(left) > FLOATS.index(right) else right
    if left in FLOATS or left.startswith('complex'):
        return left
    if right in FLOATS or right.startswith('complex'):
        return right
    if left not in INTEGERS or right not in INTEGERS:
        return left
    if 'bool' in (left, right):
        return right if left == 'bool' else left
    if left.startswith('u') == right.startswith('u'):
        return left if INTEGERS.index(left) > INTEGERS.index(right) else right
    unsigned, signed = (left, right) if left.startswith('u') else (right, left)
    bits = int(unsigned[4:])
    if bits < int(signed[3:]):
        return signed
    return 'float32' if bits == 64 else f'int{bits * 2}'
