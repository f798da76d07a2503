"""`x[...]` on tensors: integers, slices, an ellipsis, new axes, boolean masks and integer tensors."""
import layerscope

from keras.src.backend.tensors import convert, plain_class
from keras.src.operations.operation import record_function

LARGEST = 9223372036854775807


def get_item(x, key):
    return record_function('GetItem', _get_item, (x, key), {})


def _get_item(x, key):
    keys = list(key) if isinstance(key, tuple) else [key]
    like = plain_class(x)
    if not layerscope.is_known(x.shape):
        return layerscope.gap('an index into a tensor of unknown rank', x, like=like)
    rank = len(x.shape)
    used = sum([_axes_of(item) for item in keys])
    if used > rank:
        raise ValueError(f"Too many indices for tensor of shape {x.shape}: it has {rank} dimensions, but {used} were indexed.")
    if not any([item is Ellipsis for item in keys]):
        keys.append(Ellipsis)
    starts, ends, axes, steps, drop, insert, gathers = [], [], [], [], [], [], []
    axis = position = 0
    for item in keys:
        if item is Ellipsis:
            axis += rank - used
            position += rank - used
        elif item is None:
            insert.append(position)
            position += 1
        elif isinstance(item, slice):
            step = 1 if item.step is None else item.step
            if item.start is not None or item.stop is not None or step != 1:
                starts.append(_bound(item.start, 0 if step > 0 else LARGEST))
                ends.append(_bound(item.stop, LARGEST if step > 0 else -LARGEST))
                axes.append(axis)
                steps.append(step)
            axis += 1
            position += 1
        elif isinstance(item, (layerscope.Value, list)):
            gathers.append((position, convert(item)))
            axis += len(convert(item).shape) if convert(item).dtype == 'bool' else 1
            position += 1
        else:
            _check_index(x, item, axis)
            starts.append(item)
            ends.append(item + 1 if item != -1 else LARGEST)
            axes.append(axis)
            steps.append(1)
            drop.append(axis)
            axis += 1
    if starts:
        x = layerscope.operator('Slice', x, starts, ends, axes, steps, like=like)
    if drop:
        x = layerscope.operator('Squeeze', x, drop, like=like)
    if insert:
        x = layerscope.operator('Unsqueeze', x, insert, like=like)
    return _gather(x, gathers, like) if gathers else x


def _axes_of(item):
    if item is None or item is Ellipsis:
        return 0
    return len(item.shape) if isinstance(item, layerscope.Value) and item.dtype == 'bool' else 1


def _bound(bound, default):
    if bound is None:
        return default
    return layerscope.elements(bound) if isinstance(bound, layerscope.Value) else bound


def _check_index(x, index, axis):
    size = x.shape[axis]
    if layerscope.is_known(size) and layerscope.is_known(index):
        if index >= size or index < -size:
            raise IndexError(f"index {index} is out of bounds for axis {axis} with size {size}")


def _gather(x, gathers, like):
    if len(gathers) == 1:
        axis, index = gathers[0]
        if index.dtype == 'bool':
            return layerscope.gap('a selection by a boolean mask', x, shape=[layerscope.symbol('selected', 0)] + list(x.shape[len(index.shape):]), dtype=x.dtype, like=like)
        if len(index.shape) == 0:
            return layerscope.operator('Gather', x, index, axis=axis, like=like)
        return layerscope.operator('Gather', x, index, axis=axis, like=like)
    return layerscope.gap('an index by several tensors', x, dtype=x.dtype, like=like)
