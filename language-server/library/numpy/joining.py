"""Arrays into one and one into several."""
import layerscope

from numpy.array import count, layerscope_type, ndarray
from numpy.conversion import asarray, cast
from numpy.dtypes import promote
from numpy.reductions import normal_axes
from numpy.shaping import atleast_1d, atleast_2d, atleast_3d, expand_dims, ravel


def _same_types(arrays):
    name = layerscope_type(arrays[0])
    for array in arrays[1:]:
        name = promote(name, layerscope_type(array))
    return [cast(array, name) for array in arrays] if name is not None else arrays


def _sequence(arrays):
    if isinstance(arrays, layerscope.Value):
        return [arrays[index] for index in range(arrays.shape[0])] if layerscope.is_known(arrays.shape[0]) else layerscope.unknown('the rows of an array')
    return [asarray(array) for array in arrays]


def concatenate(arrays, axis=0, out=None, *, dtype=None, casting='same_kind'):
    arrays = _sequence(arrays)
    if not layerscope.is_known(arrays):
        return layerscope.data(None, None, 'a concatenation', like=ndarray)
    if not arrays:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        arrays, axis = [ravel(array) for array in arrays], 0
    if not all([layerscope.is_known(array.shape) for array in arrays]):
        return layerscope.data(None, layerscope_type(arrays[0]), 'a concatenation', like=ndarray)
    rank = len(arrays[0].shape)
    if rank == 0:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    position = normal_axes(axis, rank)[0]
    for index, array in enumerate(arrays[1:]):
        if len(array.shape) != rank:
            raise _joined(ValueError("all the input array dimensions except for the concatenation axis must match exactly, but along dimension 0, "
                                     f"the array at index 0 has {rank} dimension(s) and the array at index {index + 1} has {len(array.shape)} dimension(s)").__class__(
                f"all the input arrays must have same number of dimensions, but the array at index 0 has {rank} dimension(s) and the array at index "
                f"{index + 1} has {len(array.shape)} dimension(s)"), arrays[0], array)
        for place, (a, b) in enumerate(zip(arrays[0].shape, array.shape)):
            if place != position:
                layerscope.require(a == b, _joined(ValueError(
                    f"all the input array dimensions except for the concatenation axis must match exactly, but along dimension {place}, "
                    f"the array at index 0 has size {a} and the array at index {index + 1} has size {b}"), arrays[0], array))
    if any([layerscope_type(array) is None for array in arrays]):
        total = 0
        for array in arrays:
            total = total + array.shape[position]
        return layerscope.data(list(arrays[0].shape[:position]) + [total] + list(arrays[0].shape[position + 1:]), None, 'a concatenation', like=ndarray)
    return layerscope.operator('Concat', *_same_types(arrays), axis=position, like=ndarray)


def _joined(error, first, second):
    error = layerscope.related(error, first, f'the array of shape {first.shape} is made here')
    return layerscope.related(error, second, f'the array of shape {second.shape} is made here')


concat = concatenate


def stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind'):
    arrays = _sequence(arrays)
    if not layerscope.is_known(arrays):
        return layerscope.data(None, None, 'a stack', like=ndarray)
    if not arrays:
        raise ValueError("need at least one array to stack")
    for array in arrays[1:]:
        if layerscope.is_known(array.shape) and layerscope.is_known(arrays[0].shape):
            error = _joined(ValueError("all input arrays must have the same shape"), arrays[0], array)
            if len(array.shape) != len(arrays[0].shape):
                raise error
            for a, b in zip(array.shape, arrays[0].shape):
                layerscope.require(a == b, error)
    if len(arrays) > 64 or not layerscope.is_known(arrays[0].shape):
        shape = list(arrays[0].shape) if layerscope.is_known(arrays[0].shape) else None
        if shape is not None:
            shape.insert(axis if axis >= 0 else axis + len(shape) + 1, len(arrays))
        return layerscope.data(shape, layerscope_type(arrays[0]), 'a stack', like=ndarray)
    return concatenate([expand_dims(array, axis) for array in arrays], axis)


def vstack(tup, *, dtype=None, casting='same_kind'):
    return concatenate([atleast_2d(array) for array in _sequence(tup)], 0)


row_stack = vstack


def hstack(tup, *, dtype=None, casting='same_kind'):
    arrays = [atleast_1d(array) for array in _sequence(tup)]
    return concatenate(arrays, 0 if len(arrays[0].shape) == 1 else 1)


def dstack(tup):
    return concatenate([atleast_3d(array) for array in _sequence(tup)], 2)


def column_stack(tup):
    return concatenate([expand_dims(array, 1) if len(array.shape) == 1 else array for array in _sequence(tup)], 1)


def block(arrays):
    return layerscope.data(None, None, 'a block matrix', like=ndarray)


def append(arr, values, axis=None):
    if axis is None:
        return concatenate([ravel(arr), ravel(values)], 0)
    return concatenate([asarray(arr), asarray(values)], axis)


def insert(arr, obj, values, axis=None):
    arr = asarray(arr)
    if axis is None or not isinstance(obj, int):
        return layerscope.data(None, layerscope_type(arr), 'an array with insertions', like=ndarray)
    shape = list(arr.shape)
    shape[axis] = shape[axis] + 1
    return layerscope.data(shape, layerscope_type(arr), 'an array with insertions', like=ndarray)


def delete(arr, obj, axis=None):
    arr = asarray(arr)
    if not isinstance(obj, int) or not layerscope.is_known(arr.shape):
        return layerscope.data(None if axis is None or not layerscope.is_known(arr.shape) else [layerscope.symbol('kept', 0) if place == axis % len(arr.shape) else size for place, size in enumerate(arr.shape)],
                               layerscope_type(arr), 'an array without some elements', like=ndarray)
    if axis is None:
        return layerscope.data((count(arr.shape) - 1,), layerscope_type(arr), 'an array without an element', like=ndarray)
    shape = list(arr.shape)
    axis = normal_axes(axis, len(shape))[0]
    if layerscope.is_known(shape[axis]) and layerscope.is_known(obj) and not -shape[axis] <= obj < shape[axis]:
        raise IndexError(f"index {obj} is out of bounds for axis {axis} with size {shape[axis]}")
    shape[axis] = shape[axis] - 1
    return layerscope.data(shape, layerscope_type(arr), 'an array without an element', like=ndarray)


def array_split(ary, indices_or_sections, axis=0):
    ary = asarray(ary)
    axis = normal_axes(axis, len(ary.shape))[0]
    size = ary.shape[axis]
    if isinstance(indices_or_sections, (list, tuple)) or isinstance(indices_or_sections, layerscope.Value):
        cuts = layerscope.elements(indices_or_sections) if isinstance(indices_or_sections, layerscope.Value) else list(indices_or_sections)
        if not layerscope.is_known(cuts):
            return layerscope.unknown('the parts of an array')
        bounds = [0] + list(cuts) + [size]
    else:
        sections = indices_or_sections
        if not layerscope.is_known(size):
            return [layerscope.data(list(ary.shape[:axis]) + [layerscope.symbol('part', 0)] + list(ary.shape[axis + 1:]), layerscope_type(ary), 'a part', like=ndarray) for _ in range(sections)]
        each, more = size // sections, size % sections
        bounds = [0]
        for index in range(sections):
            bounds.append(bounds[-1] + each + (1 if index < more else 0))
    made = []
    for start, end in zip(bounds[:-1], bounds[1:]):
        key = [slice(None)] * len(ary.shape)
        key[axis] = slice(start, end)
        made.append(ary[tuple(key)])
    return made


def split(ary, indices_or_sections, axis=0):
    ary = asarray(ary)
    if isinstance(indices_or_sections, int):
        size = ary.shape[normal_axes(axis, len(ary.shape))[0]]
        layerscope.require(size % indices_or_sections == 0, layerscope.related(
            ValueError("array split does not result in an equal division"), ary, f'the array of shape {ary.shape} is made here'))
    return array_split(ary, indices_or_sections, axis)


def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 1 if len(asarray(ary).shape) > 1 else 0)


def dsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 2)
