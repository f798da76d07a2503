"""keras.ops after NumPy: the same elements in another shape or order, repeated, padded."""
import layerscope

from keras.src.backend.tensors import Tensor, convert, plain_class
from keras.src.operations.core import any_unknown, axes_of, count, emit, known_rank, operation, sizes_of


@operation('Reshape')
def reshape(x, newshape):
    x = convert(x)
    target = sizes_of(newshape)
    if not layerscope.is_known(target) or any_unknown([size for size in target if not isinstance(size, int)]):
        return layerscope.gap('a reshape to an unknown shape', x, dtype=x.dtype, like=plain_class(x))
    if known_rank(x):
        if len([size for size in target if layerscope.is_known(size) and size == -1]) > 1:
            free = [position for position, size in enumerate(target) if layerscope.is_known(size) and size == -1]
            target = [x.shape[0] if position == 0 and 0 in free else size for position, size in enumerate(target)]
        target = _resolved(x, target)
    return emit('Reshape', x, list(target))


def _resolved(x, target):
    total, rest = count(x.shape), count([size for size in target if not layerscope.is_known(size) or size != -1])
    error = layerscope.related(ValueError(f"Cannot reshape a tensor of shape {tuple(x.shape)} ({total} elements) into shape {tuple(target)} ({rest} elements)"), x,
                               f'the tensor of shape {x.shape} is made here')
    if -1 in [size for size in target if layerscope.is_known(size)]:
        if layerscope.is_known(rest) and rest == 0:
            raise error
        layerscope.require(total % rest == 0, error)
        return [total // rest if layerscope.is_known(size) and size == -1 else size for size in target]
    layerscope.require(total == rest, error)
    return target


@operation('Transpose')
def transpose(x, axes=None):
    x = convert(x)
    rank = len(x.shape)
    axes = list(range(rank - 1, -1, -1)) if axes is None else axes_of(axes, rank)
    if len(axes) != rank:
        raise ValueError(f"axes must be a list of the same length as the input shape, expected {rank}, but received {len(axes)}.")
    return emit('Transpose', x, perm=axes)


def swapaxes(x, axis1, axis2):
    rank = len(x.shape)
    order = list(range(rank))
    a, b = axis1 % rank, axis2 % rank
    order[a], order[b] = b, a
    return transpose(x, order)


def moveaxis(x, source, destination):
    rank = len(x.shape)
    source, destination = axes_of(source, rank), axes_of(destination, rank)
    order = [axis for axis in range(rank) if axis not in source]
    for place, axis in sorted(zip(destination, source)):
        order.insert(place, axis)
    return transpose(x, order)


@operation('ExpandDims')
def expand_dims(x, axis):
    x = convert(x)
    axes = list(axis) if isinstance(axis, (list, tuple)) else [axis]
    return emit('Unsqueeze', x, axes_of(axes, len(x.shape) + len(axes)) if known_rank(x) else axes)


@operation('Squeeze')
def squeeze(x, axis=None):
    x = convert(x)
    if axis is None:
        axes = [position for position, size in enumerate(x.shape) if layerscope.is_known(size) and size == 1]
        return emit('Squeeze', x, axes) if axes else x
    axes = axes_of(axis, len(x.shape))
    if plain_class(x) is Tensor and any([layerscope.is_known(x.shape[position]) and x.shape[position] != 1 for position in axes]):
        # TensorFlow refuses it, PyTorch gives the tensor back
        return layerscope.data(None, x.dtype, 'a squeeze of an axis that is not 1', like=Tensor)
    for position in axes:
        layerscope.require(x.shape[position] == 1, layerscope.related(
            ValueError(f"Cannot squeeze axis={position}, because the dimension is not 1. Received: shape={x.shape}"), x, f'the tensor of shape {x.shape} is made here'))
    return emit('Squeeze', x, axes)


@operation('Tile')
def tile(x, repeats):
    x = convert(x)
    repeats = sizes_of(repeats)
    rank = len(x.shape)
    if len(repeats) < rank:
        repeats = [1] * (rank - len(repeats)) + repeats
    elif len(repeats) > rank:
        x = emit('Unsqueeze', x, list(range(len(repeats) - rank)))
    return emit('Tile', x, repeats)


@operation('Repeat')
def repeat(x, repeats, axis=None):
    from keras.src.layers.reshaping import repeat_axis
    x = convert(x)
    if axis is None:
        x, axis = emit('Reshape', x, [-1]), 0
    if not isinstance(repeats, int):
        return layerscope.gap('a repetition by different counts', x, dtype=x.dtype, like=plain_class(x))
    return repeat_axis(x, axis % len(x.shape), repeats)


@operation('Pad')
def pad(x, pad_width, mode='constant', constant_values=None):
    x = convert(x)
    rank = len(x.shape)
    if isinstance(pad_width, int):
        pad_width = ((pad_width, pad_width),) * rank
    elif isinstance(pad_width[0], int):
        pad_width = (tuple(pad_width),) * rank
    widths = [(item[0], item[-1]) for item in pad_width]
    if len(widths) == 1:
        widths = widths * rank
    if len(widths) != rank:
        raise ValueError(f"`pad_width` must have the same length as `x.shape`. Received: pad_width={pad_width} (of length {len(widths)}) and x.shape={x.shape} (of length {rank})")
    pads = [low for low, _ in widths] + [high for _, high in widths]
    return emit('Pad', x, pads, constant_values, mode={'constant': 'constant', 'reflect': 'reflect', 'edge': 'edge', 'symmetric': 'reflect', 'wrap': 'wrap'}.get(mode, 'constant'))


@operation('BroadcastTo')
def broadcast_to(x, shape):
    x, target = convert(x), sizes_of(shape)
    if layerscope.is_known(x.shape) and layerscope.is_known(target):
        for a, b in zip(reversed(x.shape), reversed(target)):
            if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1:
                raise ValueError(f"Cannot broadcast shape, the failure dim has value {a}, which cannot be broadcasted to {b}. Input shapes are: {list(x.shape)} and {target}.")
    return emit('Expand', x, target)


@operation('Flip')
def flip(x, axis=None):
    x = convert(x)
    axes = list(range(len(x.shape))) if axis is None else axes_of(axis, len(x.shape))
    return emit('Slice', x, [-1] * len(axes), [-9223372036854775807] * len(axes), axes, [-1] * len(axes))


@operation('Roll')
def roll(x, shift, axis=None):
    x = convert(x)
    if axis is None or not isinstance(shift, (int, list, tuple)):
        return layerscope.gap('a roll', x, shape=list(x.shape), dtype=x.dtype, like=plain_class(x))
    shifts = [shift] if isinstance(shift, int) else list(shift)
    for one, place in zip(shifts, axes_of(axis, len(x.shape))):
        if layerscope.is_known(one) and one == 0:
            continue
        head = emit('Slice', x, [-one], [9223372036854775807], [place], [1])
        x = emit('Concat', head, emit('Slice', x, [0], [-one], [place], [1]), axis=place)
    return x


def ravel(x):
    return reshape(x, [-1])


def copy(x):
    return emit('Identity', convert(x))


def size(x):
    return count(convert(x).shape)


def ndim(x):
    return len(convert(x).shape)
