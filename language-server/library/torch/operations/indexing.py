"""`tensor[index]` and `tensor[index] = value`: numbers, slices, `...`, None, and tensors of ints or bools."""
import layerscope

from .. import types
from .checks import cast, gap, is_tensor, list_text, operator, product, ranked, typed
from .joining import stack
from .selecting import END, plain_class
from .shaping import broadcast_shapes, broadcast_to, expand, reshape_to


def _parts(index):
    return list(index) if isinstance(index, tuple) else [index]


def _consumed(part):
    """How many dimensions a part of an index stands for."""
    if part is None or part is Ellipsis or part is True or part is False:
        return 0
    if is_tensor(part) and typed(part) and part.dtype in (types.bool_, types.uint8) and ranked(part):
        return len(part.shape)
    return 1


def _tensors_from_lists(parts):
    from .creation import tensor
    made = []
    for part in parts:
        if isinstance(part, list):
            part = tensor(part)
        elif isinstance(part, range):
            part = tensor(list(part))
        elif is_tensor(part) and part.__class__.__name__ == 'ndarray':
            part = tensor(part)
        made.append(part)
    return made


def expanded(parts, rank):
    """The index with `...` written out, one part for each dimension, beside Nones."""
    consumed = sum([_consumed(part) for part in parts])
    if consumed > rank:
        raise IndexError(f'too many indices for tensor of dimension {rank}')
    result = []
    seen = False
    for part in parts:
        if part is Ellipsis:
            result.extend([slice(None)] * (rank - consumed) if not seen else [])
            seen = True
        else:
            result.append(part)
    if not seen:
        result.extend([slice(None)] * (rank - consumed))
    return result


def _number(value):
    return value.item() if is_tensor(value) else value


def get(self, index):
    if not ranked(self):
        axes_of = [each for each in (index if isinstance(index, tuple) else (index,)) if each is not None]
        if len(axes_of) > 1 and not any(each is Ellipsis for each in axes_of):
            layerscope.expect(self, (None,) * len(axes_of))
        return gap('an index into a tensor of unknown rank', self)
    parts = expanded(_tensors_from_lists(_parts(index)), len(self.shape))
    starts, ends, axes, steps = [], [], [], []
    numbers, fresh, tensors = [], [], []
    axis = 0       # dimension of self
    position = 0   # dimension of the result, before tensors are applied
    for part in parts:
        if part is None or part is True:
            fresh.append(position)
            position += 1
        elif is_tensor(part) and _consumed(part) > 1 or is_tensor(part) and len(part.shape) > 0 or is_tensor(part) and typed(part) and part.dtype is types.bool_:
            tensors.append((position, part))
            width = _consumed(part)
            axis += width
            position += width
        elif isinstance(part, slice):
            step = 1 if part.step is None else _number(part.step)
            if step <= 0:
                raise ValueError('step must be greater than zero')
            if not (part.start is None and part.stop is None and step == 1):
                starts.append(0 if part.start is None else _number(part.start))
                ends.append(END if part.stop is None else _number(part.stop))
                axes.append(axis)
                steps.append(step)
            axis += 1
            position += 1
        else:
            if is_tensor(part) or not layerscope.is_known(part):
                numbers.append((axis, part))
            else:
                part = _integer(part)
                size = self.shape[axis]
                error = IndexError(f'index {part} is out of bounds for dimension {axis} with size {size}')
                layerscope.require(part < size, error)
                layerscope.require(part >= -size, error)
                numbers.append((axis, part))
            axis += 1
    result = self
    if starts:
        result = operator('Slice', result, starts, ends, axes, steps)
    for axis, number in reversed(numbers):
        chosen = cast(number, types.int64) if is_tensor(number) else layerscope.constant(number, dtype='int64', like=plain_class(self))
        result = operator('Gather', result, chosen, axis=axis)
    if fresh:
        result = operator('Unsqueeze', result, fresh)
    return _advanced(result, tensors) if tensors else result


def _integer(part):
    if isinstance(part, float):
        raise TypeError('only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)')
    if isinstance(part, str):
        raise TypeError('only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got str)')
    return part


def _advanced(self, tensors):
    """Indices that are tensors; those beside one another are read together."""
    if len(tensors) == 1:
        axis, index = tensors[0]
        if typed(index) and index.dtype in (types.bool_, types.uint8):
            return _masked(self, axis, index)
        if typed(index) and index.dtype.category != 1:
            raise IndexError('tensors used as indices must be long, int, byte or bool tensors')
        return operator('Gather', self, cast(index, types.int64), axis=axis)
    axes, indices = [], []
    for axis, index in tensors:
        if typed(index) and index.dtype in (types.bool_, types.uint8):
            for offset in range(len(index.shape)):
                axes.append(axis + offset)
                indices.append(operator('Gather', operator('NonZero', index), layerscope.constant(offset, dtype='int64', like=plain_class(self)), axis=0))
        else:
            axes.append(axis)
            indices.append(cast(index, types.int64))
    try:
        shape = broadcast_shapes(*[index.shape for index in indices])
    except RuntimeError:
        texts = ', '.join([list_text(index.shape) for index in indices])
        raise IndexError(f'shape mismatch: indexing tensors could not be broadcast together with shapes {texts}')
    rank = len(self.shape)
    together = axes == list(range(axes[0], axes[0] + len(axes)))
    rest = [axis for axis in range(rank) if axis not in axes]
    order = axes + rest
    front = operator('Transpose', self, perm=order) if order != list(range(rank)) else self
    sizes = [self.shape[axis] for axis in axes]
    positions = [_wrapped(broadcast_to(index, shape), size) for index, size in zip(indices, sizes)]
    result = operator('GatherND', front, stack(positions, -1))
    if together and axes[0] > 0:
        # the indexed dimensions stay where they were
        wide = len(shape)
        order = list(range(wide, wide + axes[0])) + list(range(wide)) + list(range(wide + axes[0], wide + len(rest)))
        result = operator('Transpose', result, perm=order)
    return result


def _wrapped(index, size):
    """Negative positions count from the end."""
    return operator('Where', operator('Less', index, 0), operator('Add', index, size), index)


def _masked(self, axis, mask):
    shape = list(self.shape)
    width = len(mask.shape)
    for offset in range(width):
        layerscope.require(mask.shape[offset] == shape[axis + offset], IndexError(
            f'The shape of the mask {list_text(mask.shape)} at index {offset} does not match the shape of the indexed tensor {list_text(shape)} at index {axis + offset}'))
    flat = self
    if width != 1:
        flat = operator('Reshape', self, shape[:axis] + [product(shape[axis:axis + width])] + shape[axis + width:])
    return operator('Compress', flat, reshape_to(cast(mask, types.bool_), [-1]), axis=axis)


def _place(parts, shape):
    """Where one element stands in the flat tensor, where the index names it by known numbers; else None."""
    if len(parts) != len(shape):
        return None
    place = 0
    for part, size in zip(parts, shape):
        if isinstance(part, bool) or not isinstance(part, int) or not layerscope.is_known(part) or not layerscope.is_known(size) or not -size <= part < size:
            return None
        place = place * size + (part + size if part < 0 else part)
    return place


def put(self, index, value):
    """The tensor with `value` at `index`."""
    if not ranked(self):
        return self
    parts = _tensors_from_lists(_parts(index))
    dtype = self.dtype
    if not is_tensor(value):
        value = layerscope.constant(value, dtype=dtype.name if typed(self) else None, like=plain_class(self))
    elif typed(self) and typed(value):
        value = cast(value, dtype)
    shape = list(self.shape)
    if len(parts) == 1 and is_tensor(parts[0]) and typed(parts[0]) and parts[0].dtype is types.bool_ and ranked(value) and len(value.shape) == 0:
        mask = parts[0]
        wide = operator('Reshape', mask, list(mask.shape) + [1] * (len(shape) - len(mask.shape)))
        return operator('Where', wide, value, self)
    if all([isinstance(part, slice) and part.start is None and part.stop is None and part.step is None or part is Ellipsis for part in parts]):
        return _filling(value, shape)
    from .creation import arange
    count = product(shape)
    place = _place(parts, shape)
    if place is not None and ranked(value) and len(value.shape) == 0:
        written = operator('ScatterElements', reshape_to(self, [count]), layerscope.constant([place], dtype='int64', like=plain_class(self)), operator('Unsqueeze', value, [0]), axis=0)
        return reshape_to(written, shape)
    positions = get(reshape_to(arange(count), shape), index)
    filling = _filling(value, list(positions.shape))
    written = operator('ScatterElements', reshape_to(self, [count]), reshape_to(positions, [-1]), reshape_to(filling, [-1]), axis=0)
    return reshape_to(written, shape)


def _filling(value, shape):
    if not ranked(value):
        return operator('Expand', value, shape)
    own = list(value.shape)
    while len(own) > len(shape) and layerscope.is_known(own[0]) and own[0] == 1:
        value = operator('Squeeze', value, [0])
        own = own[1:]
    try:
        return expand(value, shape)
    except RuntimeError:
        raise RuntimeError(f'shape mismatch: value tensor of shape {list_text(own)} cannot be broadcast to indexing result of shape {list_text(shape)}')
