"""Functions that move elements: reshaping, joining, slicing."""
import layerscope

from mxnet.base import MXNetError
from mxnet.ndarray.array import NDArray, product


def reshape(data, shape=None, reverse=False, **kwargs):
    """With MXNet's special sizes: 0 keeps an axis, -1 is what is left, -2 all that follows, -3 merges two, -4 splits one."""
    own, wanted, at, open_axis = list(data.shape), [], 0, None
    items = list(shape if isinstance(shape, (list, tuple)) else [shape])
    while items:
        size = items.pop(0)
        if not isinstance(size, int) or not layerscope.is_known(size) or size > 0:
            wanted.append(size)
            at += 1
        elif size == 0:
            wanted.append(own[at])
            at += 1
        elif size == -1:
            open_axis = len(wanted)
            wanted.append(1)
            at += 1
        elif size == -2:
            wanted.extend(own[at:])
            at = len(own)
        elif size == -3:
            wanted.append(own[at] * own[at + 1])
            at += 2
        elif size == -4:
            first, second = items.pop(0), items.pop(0)
            wanted.extend([own[at] // second if first == -1 else first, own[at] // first if second == -1 else second])
            at += 1
    total, rest = product(own), product(wanted)
    if open_axis is not None:
        layerscope.require(total % rest == 0, MXNetError(f'Check failed: reshape of an array of shape {own} into {list(shape)} is not possible'))
        wanted[open_axis] = total // rest
    else:
        layerscope.require(total == rest, layerscope.related(MXNetError(f'Error in operator reshape: Target shape size is different to source. Target: {wanted} Source: {own}'),
                                                             data, f'the array of shape {tuple(own)} is made here'))
    return layerscope.operator('Reshape', data, wanted, like=NDArray)


def flatten(data, **kwargs):
    return layerscope.operator('Flatten', data, axis=1, like=NDArray)


Flatten = flatten


def transpose(data, axes=None, **kwargs):
    return layerscope.operator('Transpose', data, perm=list(axes) if axes else list(reversed(range(len(data.shape)))), like=NDArray)


def swapaxes(data, dim1=0, dim2=0, **kwargs):
    order = list(range(len(data.shape)))
    order[dim1], order[dim2] = order[dim2], order[dim1]
    return transpose(data, order)


SwapAxis = swapaxes


def expand_dims(data, axis, **kwargs):
    return layerscope.operator('Unsqueeze', data, [axis], like=NDArray)


def squeeze(data, axis=None, **kwargs):
    axes = [i for i, size in enumerate(data.shape) if layerscope.is_known(size) and size == 1] if axis is None else [axis] if isinstance(axis, int) else list(axis)
    return layerscope.operator('Squeeze', data, axes, like=NDArray)


def concat(*data, dim=1, **kwargs):
    arrays = list(data[0]) if len(data) == 1 and isinstance(data[0], (list, tuple)) else list(data)
    first = arrays[0]
    for other in arrays[1:]:
        if len(other.shape) != len(first.shape):
            raise MXNetError(f'Error in operator concat: Check failed: incompatible input shapes: {[list(item.shape) for item in arrays]}')
        for axis, (a, b) in enumerate(zip(first.shape, other.shape)):
            if axis != dim % len(first.shape):
                layerscope.require(a == b, layerscope.related(MXNetError(f'Error in operator concat: Check failed: Incompatible input shape: expected {list(first.shape)}, got {list(other.shape)} along axis {axis}'),
                                                              other, f'the array of shape {tuple(other.shape)} is made here'))
    return layerscope.operator('Concat', *arrays, axis=dim, like=NDArray)


Concat = concatenate = concat


def stack(*data, axis=0, **kwargs):
    arrays = list(data[0]) if len(data) == 1 and isinstance(data[0], (list, tuple)) else list(data)
    return layerscope.operator('Concat', *[expand_dims(item, axis) for item in arrays], axis=axis, like=NDArray)


def slice_axis(data, axis, begin, end, **kwargs):
    return layerscope.operator('Slice', data, [begin], [data.shape[axis] if end is None else end], [axis], like=NDArray)


def split(data, num_outputs, axis=1, squeeze_axis=False, **kwargs):
    layerscope.require(data.shape[axis] % num_outputs == 0, MXNetError(f'Error in operator split: the axis of size {data.shape[axis]} cannot be split into {num_outputs} equal parts'))
    size = data.shape[axis] // num_outputs
    parts = [slice_axis(data, axis, index * size, (index + 1) * size) for index in range(num_outputs)]
    return [squeeze(part, axis) for part in parts] if squeeze_axis else parts


SliceChannel = split


def get_item(data, key):
    keys = key if isinstance(key, tuple) else (key,)
    result, axis = data, 0
    for item in keys:
        if item is Ellipsis:
            axis = len(result.shape) - (len(keys) - 1 - keys.index(Ellipsis))
        elif item is None:
            result = expand_dims(result, axis)
            axis += 1
        elif isinstance(item, int):
            size = result.shape[axis]
            layerscope.require(item < size if item >= 0 else -item <= size, IndexError(f'index {item} is out of bounds for axis {axis} with size {size}'))
            result = squeeze(layerscope.operator('Slice', result, [item], [item + 1 if item != -1 else LARGEST], [axis], like=NDArray), axis)
        elif isinstance(item, slice):
            if item.start is not None or item.stop is not None or item.step is not None:
                result = layerscope.operator('Slice', result, [item.start if item.start is not None else 0], [item.stop if item.stop is not None else LARGEST], [axis], [item.step or 1], like=NDArray)
            axis += 1
        else:
            return layerscope.unknown('an array indexed by an array')
    return result


LARGEST = 9223372036854775807


def take(a, indices, axis=0, mode='clip', **kwargs):
    return layerscope.operator('Gather', a, layerscope.operator('Cast', indices, to='int64', like=NDArray), axis=axis, like=NDArray)


def tile(data, reps, **kwargs):
    reps = [reps] if isinstance(reps, int) else list(reps)
    missing = len(reps) - len(data.shape)
    if missing > 0:
        data = layerscope.operator('Unsqueeze', data, list(range(missing)), like=NDArray)
    return layerscope.operator('Tile', data, [1] * max(-missing, 0) + reps, like=NDArray)


def repeat(data, repeats, axis=None, **kwargs):
    if axis is None:
        data, axis = layerscope.operator('Reshape', data, [-1], like=NDArray), 0
    shape = list(data.shape)
    shape[axis] = shape[axis] * repeats
    return layerscope.data(shape, data.dtype, 'repeated elements', like=NDArray)


def broadcast_to(data, shape, **kwargs):
    """A size of 0 keeps the axis."""
    sizes = [own if wanted == 0 else wanted for own, wanted in zip(data.shape, shape)]
    for axis, (own, wanted) in enumerate(zip(data.shape, sizes)):
        if layerscope.is_known(own) and layerscope.is_known(wanted) and own != wanted and own != 1:
            raise MXNetError(f'Check failed: Array cannot be broadcasted from {list(data.shape)} to {sizes}')
    return layerscope.operator('Expand', data, sizes, like=NDArray)


def broadcast_like(lhs, rhs, **kwargs):
    return broadcast_to(lhs, rhs.shape)


def reshape_like(lhs, rhs, **kwargs):
    return reshape(lhs, rhs.shape)


def flip(data, axis, **kwargs):
    return layerscope.operator('Slice', data, [-1], [-LARGEST], [axis], [-1], like=NDArray)


reverse = flip


def pad(data, mode='constant', pad_width=(), constant_value=0, **kwargs):
    befores, afters = list(pad_width)[0::2], list(pad_width)[1::2]
    return layerscope.operator('Pad', data, befores + afters, constant_value, mode=mode, like=NDArray)


Pad = pad


def UpSampling(data, *args, scale=1, sample_type='nearest', **kwargs):
    return layerscope.operator('Resize', data, None, [1.0, 1.0, float(scale), float(scale)], mode='nearest', coordinate_transformation_mode='asymmetric', nearest_mode='floor', like=NDArray)
