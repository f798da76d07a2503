"""The same elements in another shape or order, repeated, padded; diagonals and triangles."""
import layerscope

from numpy.array import count, layerscope_type, ndarray, shape_text
from numpy.conversion import as_shape, asarray
from numpy.reductions import normal_axes


def reshape(a, shape=None, order='C', newshape=None, copy=None):
    a = asarray(a)
    target = shape if shape is not None else newshape
    if isinstance(target, layerscope.Value):
        target = layerscope.elements(target)
    if layerscope.is_unknown(target) or not layerscope.is_known(a.shape):
        return layerscope.data(None, layerscope_type(a), 'an array of unknown shape', like=ndarray)
    target = list(target) if isinstance(target, (list, tuple)) else [target]
    target = [layerscope.elements(size) if isinstance(size, layerscope.Value) else size for size in target]
    for size in target:
        if isinstance(size, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        if size is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        if layerscope.is_unknown(size):
            return layerscope.data(None, layerscope_type(a), 'an array of unknown shape', like=ndarray)
    free = [position for position, size in enumerate(target) if layerscope.is_known(size) and size < 0]
    if len(free) > 1:
        raise ValueError("can only specify one unknown dimension")
    total = count(a.shape)
    error = layerscope.related(ValueError(f"cannot reshape array of size {total} into shape {shape_text(target)}"), a, f'the array of shape {a.shape} is made here')
    rest = count([size for position, size in enumerate(target) if position not in free])
    if free:
        if layerscope.is_known(rest) and rest == 0:
            raise error
        layerscope.require(total % rest == 0, error)
        target[free[0]] = total // rest
    else:
        layerscope.require(total == rest, error)
    return layerscope.operator('Reshape', a, target, like=ndarray, allowzero=1)


def ravel(a, order='C'):
    a = asarray(a)
    return reshape(a, -1) if layerscope.is_known(a.shape) else layerscope.data((layerscope.symbol('size', 0),), layerscope_type(a), 'a flat array', like=ndarray)


def transpose(a, axes=None):
    a = asarray(a)
    if not layerscope.is_known(a.shape):
        return layerscope.data(None, layerscope_type(a), 'an array of unknown rank', like=ndarray)
    rank = len(a.shape)
    if axes is None:
        axes = list(range(rank - 1, -1, -1))
    else:
        if len(axes) != rank:
            raise ValueError("axes don't match array")
        axes = normal_axes(axes, rank)
    return layerscope.operator('Transpose', a, perm=axes, like=ndarray)


permute_dims = transpose


def matrix_transpose(x):
    return swapaxes(x, -1, -2)


def swapaxes(a, axis1, axis2):
    a = asarray(a)
    rank = len(a.shape)
    first, second = normal_axes(axis1, rank)[0], normal_axes(axis2, rank)[0]
    order = list(range(rank))
    order[first], order[second] = order[second], order[first]
    return transpose(a, order)


def moveaxis(a, source, destination):
    a = asarray(a)
    rank = len(a.shape)
    source, destination = normal_axes(source, rank), normal_axes(destination, rank)
    if len(source) != len(destination):
        raise ValueError("`source` and `destination` arguments must have the same number of elements")
    order = [axis for axis in range(rank) if axis not in source]
    for place, axis in sorted(zip(destination, source)):
        order.insert(place, axis)
    return transpose(a, order)


def rollaxis(a, axis, start=0):
    return moveaxis(a, axis, start - 1 if axis < start else start)


def expand_dims(a, axis):
    a = asarray(a)
    axes = list(axis) if isinstance(axis, (tuple, list)) else [axis]
    rank = len(a.shape) + len(axes)
    return layerscope.operator('Unsqueeze', a, normal_axes(axes, rank), like=ndarray)


def squeeze(a, axis=None):
    a = asarray(a)
    if not layerscope.is_known(a.shape):
        return layerscope.data(None, layerscope_type(a), 'an array of unknown rank', like=ndarray)
    if axis is None:
        axes = [position for position, size in enumerate(a.shape) if layerscope.is_known(size) and size == 1]
        return layerscope.operator('Squeeze', a, axes, like=ndarray) if axes else a
    if not len(a.shape) and axis in (0, -1):
        return a
    axes = normal_axes(axis, len(a.shape))
    for position in axes:
        layerscope.require(a.shape[position] == 1, layerscope.related(
            ValueError("cannot select an axis to squeeze out which has size not equal to one"), a, f'the array of shape {a.shape} is made here'))
    return layerscope.operator('Squeeze', a, axes, like=ndarray)


def atleast_1d(*arys):
    made = [asarray(a) if len(asarray(a).shape) else reshape(a, (1,)) for a in arys]
    return made[0] if len(made) == 1 else made


def atleast_2d(*arys):
    made = []
    for a in arys:
        a = asarray(a)
        made.append(a if len(a.shape) >= 2 else reshape(a, (1, -1)))
    return made[0] if len(made) == 1 else made


def atleast_3d(*arys):
    made = []
    for a in arys:
        a = asarray(a)
        made.append(a if len(a.shape) >= 3 else expand_dims(a, -1) if len(a.shape) == 2 else reshape(a, (1, -1, 1)))
    return made[0] if len(made) == 1 else made


def tile(A, reps):
    a = asarray(A)
    reps = list(as_shape(reps))
    rank = len(a.shape)
    if len(reps) < rank:
        reps = [1] * (rank - len(reps)) + reps
    elif len(reps) > rank:
        a = layerscope.operator('Unsqueeze', a, list(range(len(reps) - rank)), like=ndarray)
    return layerscope.operator('Tile', a, reps, like=ndarray)


def repeat(a, repeats, axis=None):
    a = asarray(a)
    if not layerscope.is_known(a.shape):
        return layerscope.data(None, layerscope_type(a), 'a repetition', like=ndarray)
    if axis is None or not len(a.shape) and axis in (0, -1):
        a, axis = ravel(a), 0
    axis = normal_axes(axis, len(a.shape))[0]
    shape = list(a.shape)
    if not isinstance(repeats, int):
        repeats = layerscope.elements(repeats) if isinstance(repeats, layerscope.Value) else list(repeats)
        total = sum(repeats) if isinstance(repeats, list) and len(repeats) > 1 else repeats[0] * shape[axis] if isinstance(repeats, list) else repeats * shape[axis]
        if not layerscope.is_known(repeats):
            total = layerscope.symbol('repeated', 0)
        return layerscope.data(shape[:axis] + [total] + shape[axis + 1:], layerscope_type(a), 'a repetition', like=ndarray)
    tall = layerscope.operator('Unsqueeze', a, [axis + 1], like=ndarray)
    tall = layerscope.operator('Tile', tall, [1] * (axis + 1) + [repeats] + [1] * (len(shape) - axis - 1), like=ndarray)
    return layerscope.operator('Reshape', tall, shape[:axis] + [shape[axis] * repeats] + shape[axis + 1:], like=ndarray)


def pad(array, pad_width, mode='constant', **kwargs):
    array = asarray(array)
    if isinstance(pad_width, layerscope.Value):
        pad_width = layerscope.elements(pad_width)
    rank = len(array.shape)
    if isinstance(pad_width, int):
        widths = [(pad_width, pad_width)] * rank
    elif isinstance(pad_width, dict) or not layerscope.is_known(pad_width):
        return layerscope.data(None, layerscope_type(array), 'a padded array', like=ndarray)
    elif not isinstance(pad_width[0], (list, tuple)):
        pair = (pad_width[0], pad_width[-1])
        widths = [pair] * rank
    else:
        widths = [(item[0], item[-1]) for item in pad_width]
        if len(widths) == 1:
            widths = widths * rank
        if len(widths) != rank:
            raise ValueError(f"operands could not be broadcast together with remapped shapes [original->remapped]: ({len(widths)},2)  and requested shape ({rank},2)")
    for low, high in widths:
        if layerscope.is_known(low) and low < 0 or layerscope.is_known(high) and high < 0:
            raise ValueError("index can't contain negative values")
    if mode == 'constant' and layerscope_type(array) not in ('string', None):
        return layerscope.operator('Pad', array, [low for low, _ in widths] + [high for _, high in widths], kwargs.get('constant_values', 0) if isinstance(kwargs.get('constant_values', 0), (int, float)) else 0, like=ndarray)
    return layerscope.data([size + low + high for size, (low, high) in zip(array.shape, widths)], layerscope_type(array), 'a padded array', like=ndarray)


def flip(m, axis=None):
    m = asarray(m)
    axes = normal_axes(axis, len(m.shape)) or list(range(len(m.shape)))
    return layerscope.operator('Slice', m, [-1] * len(axes), [-9223372036854775807] * len(axes), axes, [-1] * len(axes), like=ndarray)


def flipud(m):
    return flip(m, 0)


def fliplr(m):
    return flip(m, 1)


def roll(a, shift, axis=None):
    a = asarray(a)
    return layerscope.data(a.shape if layerscope.is_known(a.shape) else None, layerscope_type(a), 'a rolled array', like=ndarray)


def rot90(m, k=1, axes=(0, 1)):
    m = asarray(m)
    return m if k % 2 == 0 else swapaxes(m, axes[0], axes[1])


def broadcast_to(array, shape, subok=False):
    array = asarray(array)
    shape = as_shape(shape)
    for a, b in zip(reversed(array.shape), reversed(shape)):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1:
            raise ValueError("operands could not be broadcast together with remapped shapes [original->remapped]: "
                             f"{shape_text(array.shape)}  and requested shape {shape_text(shape)}")
    if len(array.shape) > len(shape):
        raise ValueError("input operand has more dimensions than allowed by the axis remapping")
    return layerscope.operator('Expand', array, list(shape), like=ndarray)


def broadcast_arrays(*args):
    from numpy.arithmetic import broadcast_of, check_broadcast
    arrays = [asarray(array) for array in args]
    check_broadcast(*arrays)
    shape = arrays[0]
    made = broadcast_of(arrays[0], arrays[-1])
    return [broadcast_to(array, made) for array in arrays]


def diagonal(a, offset=0, axis1=0, axis2=1):
    a = asarray(a)
    if len(a.shape) < 2:
        raise ValueError("diag requires an array of at least two dimensions")
    rows, columns = a.shape[axis1], a.shape[axis2]
    kept = [size for place, size in enumerate(a.shape) if place not in (axis1 % len(a.shape), axis2 % len(a.shape))]
    size = min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns)
    return layerscope.data(kept + [size], layerscope_type(a), 'a diagonal', like=ndarray)


def diag(v, k=0):
    v = asarray(v)
    if len(v.shape) == 1:
        size = v.shape[0] + abs(k)
        return layerscope.data((size, size), layerscope_type(v), 'a diagonal matrix', like=ndarray)
    return diagonal(v, k)


def tril(m, k=0):
    return layerscope.operator('Trilu', asarray(m), layerscope.constant(k, 'int64'), upper=0, like=ndarray)


def triu(m, k=0):
    return layerscope.operator('Trilu', asarray(m), layerscope.constant(k, 'int64'), upper=1, like=ndarray)


def shape(a):
    return asarray(a).shape


def ndim(a):
    return len(asarray(a).shape)


def size(a, axis=None):
    return count(asarray(a).shape) if axis is None else asarray(a).shape[axis]


def resize(a, new_shape):
    return layerscope.data(as_shape(new_shape), layerscope_type(asarray(a)), 'a resized array', like=ndarray)


def trim_zeros(filt, trim='fb'):
    return layerscope.data((layerscope.symbol('size', 0),), layerscope_type(asarray(filt)), 'a trimmed array', like=ndarray)


def ediff1d(ary, *args):
    return ravel(ary)[1:] - ravel(ary)[:-1]


def unravel_index(indices, shape, order='C'):
    index = asarray(indices)
    return tuple([layerscope.data(index.shape, 'int64', 'an index', like=ndarray) for _ in shape])
