"""What several operations need: casts, dimensions, and PyTorch's wording."""
import layerscope

from .. import types


def operator(type, *inputs, **attributes):
    """Adds an operator, whose results are torch tensors whatever the inputs are."""
    return layerscope.operator(type, *inputs, like=types.state['tensor'], **attributes)


def gap(reason, *inputs, shape=None, dtype=None):
    """A tensor made by something that is not modelled."""
    return layerscope.gap(reason, *inputs, shape=shape, dtype=dtype, like=types.state['tensor'])


def is_tensor(value):
    return isinstance(value, layerscope.Value)


def need_tensor(value):
    """Raises where something that is no tensor stands where a tensor is asked for."""
    if not isinstance(value, layerscope.Value) and not layerscope.is_unknown(value) and not hasattr(value, 'shape'):
        raise TypeError(f"argument 'input' must be Tensor, not {type(value).__name__}")


def ranked(tensor):
    """Whether the tensor's rank is known."""
    need_tensor(tensor)
    return layerscope.is_known(tensor.shape)


def typed(tensor):
    """Whether the tensor's dtype is known."""
    need_tensor(tensor)
    return layerscope.is_known(tensor.dtype)


def cast(tensor, dtype):
    if typed(tensor) and tensor.dtype is dtype:
        return tensor
    return operator('Cast', tensor, to=dtype.onnx)


def floating(tensor):
    """The tensor as floating-point numbers, as functions such as sqrt want them."""
    if typed(tensor) and tensor.dtype.category < 2:
        return cast(tensor, types.get_default_dtype())
    return tensor


def only_floating(tensor, kernel):
    """Kernels that exist for floating-point numbers alone."""
    if typed(tensor) and tensor.dtype.category < 2:
        raise NotImplementedError(f'"{kernel}" not implemented for \'{dtype_name(tensor)}\'')


def list_text(shape):
    """A shape as error messages print it: [1, 28, 28]."""
    return '[' + ', '.join([str(size) for size in shape]) + ']'


def matrix_text(shape):
    """A matrix's shape as error messages print it: 32x576."""
    return 'x'.join([str(size) for size in shape])


def dimension(dim, rank):
    """The dimension counted from 0."""
    if isinstance(dim, (list, tuple, str, float)) or is_tensor(dim) and list(dim.shape) != []:
        raise TypeError(f"argument 'dim' must be int, not {type(dim).__name__}")
    limit = rank if rank > 0 else 1
    if dim < -limit or dim >= limit:
        raise IndexError(f'Dimension out of range (expected to be in range of [{-limit}, {limit - 1}], but got {dim})')
    return dim + limit if dim < 0 else dim


def dimensions(dims, rank):
    """One dimension or several, counted from 0."""
    if isinstance(dims, int):
        return [dimension(dims, rank)]
    counted = [dimension(dim, rank) for dim in dims]
    for position, dim in enumerate(counted):
        if dim in counted[:position]:
            raise RuntimeError(f'dim {dim} appears multiple times in the list of dims')
    return counted


def spread(sizes):
    """Sizes given as separate arguments or as one tuple."""
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        return list(sizes[0])
    return list(sizes)


def product(sizes):
    count = 1
    for size in sizes:
        count = count * size
    return count


def dtype_name(tensor):
    """The name that error messages use: Float, Long, Bool."""
    names = {'float32': 'Float', 'float64': 'Double', 'float16': 'Half', 'bfloat16': 'BFloat16', 'int64': 'Long', 'int32': 'Int', 'int16': 'Short',
             'int8': 'Char', 'uint8': 'Byte', 'bool': 'Bool', 'complex64': 'ComplexFloat', 'complex128': 'ComplexDouble'}
    return names.get(tensor.dtype.name, tensor.dtype.name)


def scalar_names(dtype):
    names = {'float32': 'float', 'float64': 'double', 'float16': 'c10::Half', 'bfloat16': 'c10::BFloat16', 'int64': 'long int', 'int32': 'int',
             'int16': 'short int', 'int8': 'signed char', 'uint8': 'unsigned char', 'bool': 'bool'}
    return names.get(dtype.name, dtype.name)


def numpy_names(function):
    """A function that takes NumPy's names `axis` and `keepdims` for `dim` and `keepdim` as well."""
    def named(*args, axis=None, keepdims=None, **kwargs):
        if axis is not None:
            kwargs['dim'] = axis
        if keepdims is not None:
            kwargs['keepdim'] = keepdims
        return function(*args, **kwargs)
    return named
