"""Anything to an array: numbers, nested lists, tensors; and an array to another type or a shape to a tuple."""
import layerscope

from numpy.array import layerscope_type, ndarray
from numpy.dtypes import TYPES, name_of, storable


def asarray(value, dtype=None, order=None, copy=None, like=None, **kwargs):
    """An array of anything that can be one."""
    name = None if dtype is None else storable(name_of(dtype))
    if layerscope.is_unknown(value):
        return layerscope.data(None, name, 'an array made of an unknown value', like=ndarray)
    if isinstance(value, ndarray):
        return value if name is None else cast(value, name)
    if isinstance(value, layerscope.Value):
        made = value.__array__() if hasattr(value, 'detach') else layerscope.cast_class(value, ndarray)
        return made if name is None else cast(made, name)
    if isinstance(value, (list, tuple, range)):
        if not layerscope.is_known(value):
            return layerscope.data(None, name, 'an array made of a list that is not known', like=ndarray)
        return _from_list(list(value), name)
    if isinstance(value, (bool, int, float, complex, str)):
        return layerscope.constant(value, name or _scalar_type(value), like=ndarray)
    if hasattr(value, '__array__'):
        made = asarray(value.__array__())
        return made if name is None else cast(made, name)
    return layerscope.data((), name, 'an object', like=ndarray)


def _scalar_type(value):
    return 'bool' if isinstance(value, bool) else 'int64' if isinstance(value, int) else 'float64' if isinstance(value, float) else 'string' if isinstance(value, str) else 'complex128'


def _from_list(items, name):
    """An array of nested lists, whose leaves may be arrays."""
    if not items:
        return layerscope.constant([], name or 'float64', like=ndarray)
    if not any([_holds_arrays(item) for item in items]):
        return _from_numbers(items, name)
    arrays = [asarray(item) for item in items]
    shapes = [array.shape for array in arrays]
    if not all([layerscope.is_known(shape) for shape in shapes]):
        return layerscope.data(None, name, 'an array made of unknown ones', like=ndarray)
    for shape in shapes[1:]:
        if len(shape) != len(shapes[0]) or not all([not layerscope.is_known(a) or not layerscope.is_known(b) or a == b for a, b in zip(shape, shapes[0])]):
            if name is None:
                raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. "
                                 f"The detected shape was ({len(items)},) + inhomogeneous part.")
            return layerscope.data((len(items),), None, 'an array of arrays of different shapes', like=ndarray)
    from numpy.joining import stack
    made = stack(arrays)
    return made if name is None else cast(made, name)


def _holds_arrays(item):
    if layerscope.is_unknown(item):
        return True
    if isinstance(item, (list, tuple)):
        return not layerscope.is_known(item) or any([_holds_arrays(inner) for inner in item])
    return not isinstance(item, (bool, int, float, complex, str))


def _from_numbers(items, name):
    shape = _nested_shape(items)
    leaves = _leaves(items)
    if name is None:
        kinds = [_scalar_type(leaf) for leaf in leaves]
        name = ('string' if 'string' in kinds else 'complex128' if 'complex128' in kinds else 'float64' if 'float64' in kinds else 'int64' if 'int64' in kinds else
                'bool' if kinds else 'float64')
    if len(leaves) > 10000 or name == 'string' or name == 'complex128' or not leaves:
        return layerscope.data(shape, name, 'a large array', like=ndarray)
    return layerscope.constant(items, name, like=ndarray)


def _leaves(items):
    made = []
    for item in items:
        if isinstance(item, (list, tuple)):
            made.extend(_leaves(item))
        else:
            made.append(item)
    return made


def _nested_shape(items):
    """The shape of nested lists; raises where they are ragged."""
    if not isinstance(items, (list, tuple)):
        return ()
    if not items:
        return (0,)
    inner = [_nested_shape(item) for item in items]
    for shape in inner[1:]:
        if shape != inner[0]:
            raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. "
                             f"The detected shape was ({len(items)},) + inhomogeneous part.")
    return (len(items),) + inner[0]


def cast(array, name):
    name = storable(name) if name is not None else None
    if name is None or layerscope_type(array) == name:
        return array
    if layerscope_type(array) == 'string' or name == 'string' or name.startswith('complex'):
        return layerscope.data(array.shape if layerscope.is_known(array.shape) else None, name, 'an array of texts', like=ndarray)
    return layerscope.operator('Cast', array, to=TYPES[name][0], like=ndarray)


def full_of(shape, value, name):
    """An array of one value, folded where it is small."""
    shape = as_shape(shape)
    if not layerscope.is_known(shape):
        return layerscope.data(None, name, 'an array of unknown shape', like=ndarray)
    made = layerscope.constant(value, name, like=ndarray)
    return layerscope.operator('Expand', made, list(shape), like=ndarray) if shape else made


def as_shape(shape):
    """A shape given as a number, a sequence or an array."""
    if isinstance(shape, layerscope.Value):
        shape = layerscope.elements(shape)
    if layerscope.is_unknown(shape):
        return shape
    if isinstance(shape, (list, tuple)):
        made = []
        for size in shape:
            if isinstance(size, layerscope.Value):
                size = layerscope.elements(size)
            if isinstance(size, float):
                raise TypeError("'float' object cannot be interpreted as an integer")
            if size is None:
                raise TypeError("'NoneType' object cannot be interpreted as an integer")
            if layerscope.is_unknown(size):
                size = layerscope.symbol('size', 0)
            elif layerscope.is_known(size) and size < 0:
                raise ValueError("negative dimensions are not allowed")
            made.append(size)
        return tuple(made)
    if isinstance(shape, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    if layerscope.is_known(shape) and shape < 0:
        raise ValueError("negative dimensions are not allowed")
    return (shape,)
