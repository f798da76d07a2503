"""`a[...]` and `a[...] = b`."""
import layerscope

from numpy.arithmetic import broadcast_of
from numpy.array import count, layerscope_type, ndarray, shape_text
from numpy.conversion import asarray, cast

LARGEST = 9223372036854775807


def get_item(array, key):
    if not layerscope.is_known(array.shape):
        return layerscope.data(None, layerscope_type(array), 'an index into an array of unknown rank', like=ndarray)
    if layerscope.is_unknown(key):
        return layerscope.data(None, layerscope_type(array), 'an index that is not known', like=ndarray)
    if isinstance(key, str):
        raise IndexError("only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices")
    keys = list(key) if isinstance(key, tuple) else [key]
    if any([layerscope.is_unknown(item) for item in keys]):
        return layerscope.data(None, layerscope_type(array), 'an index that is not known', like=ndarray)
    keys = [asarray(item) if isinstance(item, (list, range)) or isinstance(item, layerscope.Value) and not isinstance(item, ndarray) else item for item in keys]
    keys = [_scalar(item) for item in keys]
    rank = len(array.shape)
    used = sum([_axes_of(item) for item in keys])
    if used > rank:
        raise layerscope.related(IndexError(f"too many indices for array: array is {rank}-dimensional, but {used} were indexed"), array, f'the array of shape {array.shape} is made here')
    if not any([item is Ellipsis for item in keys]):
        keys.append(Ellipsis)
    made = _apply(array, keys, rank - used)
    if getattr(array, '_continuous', False) and isinstance(made, ndarray):
        made._continuous = True
    return made


def _scalar(item):
    """An array of no dimensions counts as a number."""
    if isinstance(item, ndarray) and layerscope.is_known(item.shape) and len(item.shape) == 0 and layerscope_type(item) != 'bool':
        known = layerscope.elements(item)
        return known if layerscope.is_known(known) else item
    return item


def _axes_of(item):
    if item is None or item is Ellipsis:
        return 0
    if isinstance(item, ndarray) and layerscope_type(item) == 'bool' and layerscope.is_known(item.shape):
        return len(item.shape)
    return 1


def _apply(array, keys, rest):
    starts, ends, axes, steps, drop, insert, gathers = [], [], [], [], [], [], []
    axis = position = 0
    for item in keys:
        if item is Ellipsis:
            axis += rest
            position += rest
        elif item is None:
            insert.append(position)
            position += 1
        elif isinstance(item, slice):
            _add_slice(item, axis, starts, ends, axes, steps)
            axis += 1
            position += 1
        elif isinstance(item, ndarray):
            gathers.append((position, item))
            axis += _axes_of(item)
            position += _axes_of(item)
        elif isinstance(item, bool) or isinstance(item, float):
            raise IndexError("only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices")
        else:
            size = array.shape[axis]
            if layerscope.is_known(size) and layerscope.is_known(item) and (item >= size or item < -size):
                raise layerscope.related(IndexError(f"index {item} is out of bounds for axis {axis} with size {size}"), array, f'the array of shape {array.shape} is made here')
            starts.append(item)
            ends.append(LARGEST if layerscope.is_known(item) and item == -1 else item + 1)
            axes.append(axis)
            steps.append(1)
            drop.append(axis)
            axis += 1
    if starts:
        array = layerscope.operator('Slice', array, starts, ends, axes, steps, like=ndarray)
    if drop:
        array = layerscope.operator('Squeeze', array, drop, like=ndarray)
    if insert:
        array = layerscope.operator('Unsqueeze', array, insert, like=ndarray)
    return _gather(array, gathers) if gathers else array


def _add_slice(item, axis, starts, ends, axes, steps):
    step = 1 if item.step is None else item.step
    if item.start is None and item.stop is None and layerscope.is_known(step) and step == 1:
        return
    if isinstance(item.start, float) or isinstance(item.stop, float):
        raise TypeError("slice indices must be integers or None or have an __index__ method")
    forward = not layerscope.is_known(step) or step > 0
    starts.append(_bound(item.start, 0 if forward else LARGEST))
    ends.append(_bound(item.stop, LARGEST if forward else -LARGEST))
    axes.append(axis)
    steps.append(step)


def _bound(bound, default):
    if bound is None:
        return default
    return layerscope.elements(bound) if isinstance(bound, layerscope.Value) else bound


def _gather(array, gathers):
    name = layerscope_type(array)
    shape = list(array.shape)
    for _, index in gathers:
        if not layerscope.is_known(index.shape):
            return layerscope.data(None, name, 'an index of unknown shape', like=ndarray)
    if len(gathers) == 1:
        axis, index = gathers[0]
        if layerscope_type(index) == 'bool':
            return _select(array, axis, index)
        _check_indices(index, shape[axis], axis, array)
        return layerscope.operator('Gather', array, index if layerscope_type(index) in ('int32', 'int64') else cast(index, 'int64'), axis=axis, like=ndarray)
    for axis, index in gathers:
        if layerscope_type(index) != 'bool':
            _check_indices(index, shape[axis], axis, array)
    return layerscope.data(_advanced_shape(shape, gathers), name, 'an index by several arrays', like=ndarray)


def _select(array, axis, mask):
    shape = list(array.shape)
    for offset, size in enumerate(mask.shape):
        other = shape[axis + offset]
        if layerscope.is_known(size) and layerscope.is_known(other) and size != other:
            raise layerscope.related(IndexError(
                f"boolean index did not match indexed array along axis {axis + offset}; size of axis is {other} but size of corresponding boolean axis is {size}"),
                array, f'the array of shape {array.shape} is made here')
    known = layerscope.elements(mask)
    if layerscope.is_known(known):
        if len(mask.shape) == 1:
            return layerscope.operator('Gather', array, [index for index, chosen in enumerate(known) if chosen], axis=axis, like=ndarray)
        chosen = str(known).count('True')
    else:
        chosen = layerscope.symbol('selected', 0)
    return layerscope.data(shape[:axis] + [chosen] + shape[axis + len(mask.shape):], layerscope_type(array), 'a selection by a mask', like=ndarray)


def _check_indices(index, size, axis, array):
    if (layerscope_type(index) or '').startswith('float') and layerscope.is_known(index.size) and index.size:
        raise layerscope.related(IndexError("arrays used as indices must be of integer (or boolean) type"), index, 'the indices are made here')
    known = layerscope.elements(index)
    if not layerscope.is_known(known) or not layerscope.is_known(size):
        return
    for item in _flat(known):
        if layerscope.is_known(item) and (item >= size or item < -size):
            raise layerscope.related(IndexError(f"index {item} is out of bounds for axis {axis} with size {size}"), array, f'the array of shape {array.shape} is made here')


def _flat(items):
    if not isinstance(items, list):
        return [items]
    return [leaf for item in items for leaf in _flat(item)]


def _advanced_shape(shape, gathers):
    """The shape of an index by several arrays: theirs broadcast, in the place of the first where they stand side by side."""
    made = None
    taken = []
    for position, index in gathers:
        mask = layerscope_type(index) == 'bool'
        taken.extend(range(position, position + (len(index.shape) if mask else 1)))
        own = (layerscope.symbol('selected', 0),) if mask else tuple(index.shape)
        if made is None:
            made = own
        else:
            for a, b in zip(reversed(made), reversed(own)):
                if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1 and b != 1:
                    raise IndexError("shape mismatch: indexing arrays could not be broadcast together with shapes " + ' '.join([shape_text(i.shape) for _, i in gathers]))
            longer, shorter = (made, own) if len(made) >= len(own) else (own, made)
            offset = len(longer) - len(shorter)
            made = longer[:offset] + tuple([b if layerscope.is_known(a) and a == 1 else a for a, b in zip(longer[offset:], shorter)])
    together = taken == list(range(taken[0], taken[0] + len(taken)))
    kept = [size for axis, size in enumerate(shape) if axis not in taken]
    place = taken[0] if together else 0
    return kept[:place] + list(made) + kept[place:]


def set_item(array, key, value):
    """Checks that the value fits; the array's elements are known afterwards only where a whole small array is replaced."""
    target = get_item(array, key)
    if getattr(array, '_continuous', False):
        array._continuous = False
    if isinstance(value, (list, tuple)) and layerscope.is_known(value):
        value = asarray(value)
    if isinstance(value, layerscope.Value) and layerscope.is_known(value.shape) and layerscope.is_known(target.shape):
        _check_fit(value.shape, target.shape)
    if not layerscope.is_known(array.shape):
        return
    if key is Ellipsis or isinstance(key, slice) and key.start is None and key.stop is None:
        if isinstance(value, (int, float, bool)):
            layerscope.assign(array, layerscope.operator('Expand', layerscope.constant(value, layerscope_type(array), like=ndarray), list(array.shape), like=ndarray))
            return
    written = _written(array, key, value)
    if written is None:
        written = _masked(array, key, value)
    if written is None:
        written = _scattered(array, key, value)
    if written is None:
        written = layerscope.data(array.shape, layerscope_type(array), 'an array that was written to', like=ndarray)
        channel = _channel(key, len(array.shape))
        if channel is not None:
            layerscope.prepared_channel(written, array, channel, value)
    layerscope.assign(array, written)


def _channel(key, rank):
    """The number at the last axis where all of the others are taken whole: `x[..., 0]`."""
    if not isinstance(key, tuple) or len(key) < 2 or not isinstance(key[-1], int) or not layerscope.is_known(key[-1]):
        return None
    whole = [item is Ellipsis or isinstance(item, slice) and item.start is None and item.stop is None and item.step is None for item in key[:-1]]
    return key[-1] if all(whole) and (key[0] is Ellipsis or len(key) == rank) else None


def _check_fit(source, target):
    extra = len(source) - len(target)
    if any([not layerscope.is_known(size) for size in source[:max(extra, 0)]]):
        return
    if extra > 0 and all([layerscope.is_known(size) and size == 1 for size in source[:extra]]):
        source = source[extra:]
        extra = 0
    if extra > 0 or any([layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1 for a, b in zip(reversed(source), reversed(target))]):
        raise ValueError(f"could not broadcast input array from shape {shape_text(source)} into shape {shape_text(target)}")


def _written(array, key, value):
    """The array with one element replaced, where all is small and known: loops over larger arrays would take too long."""
    size = count(array.shape)
    if not layerscope.is_known(size) or size > 64:
        return None
    known = layerscope.elements(array)
    new = layerscope.elements(value) if isinstance(value, layerscope.Value) else value
    keys = key if isinstance(key, tuple) else (key,)
    if not layerscope.is_known(known) or not layerscope.is_known(new) or not all([isinstance(item, int) and layerscope.is_known(item) for item in keys]):
        return None
    if len(keys) != len(array.shape) or isinstance(new, list):
        return None
    row = known
    for item in keys[:-1]:
        row = row[item]
    row[keys[-1]] = new
    return layerscope.constant(known, layerscope_type(array), like=ndarray)


def _plain(array, value):
    """A number, or numbers that are an array already, as the array's type; None for anything else."""
    if isinstance(value, (int, float, bool)) and layerscope.is_known(value):
        return layerscope.constant(value, layerscope_type(array), like=ndarray)
    return cast(value, layerscope_type(array)) if isinstance(value, ndarray) and layerscope.is_known(value.shape) and layerscope_type(value) is not None else None


def _masked(array, key, value):
    """`array[mask] = number`, the mask as large as the array."""
    if not isinstance(key, ndarray) or layerscope_type(key) != 'bool' or not layerscope.is_known(key.shape) or len(key.shape) != len(array.shape) or layerscope_type(array) is None:
        return None
    new = _plain(array, value)
    return None if new is None or len(new.shape) > 0 else layerscope.operator('Where', key, new, array, like=ndarray)


def _scattered(array, key, value):
    """`array[rows, columns] = value`, with one index array or range for each axis."""
    keys = key if isinstance(key, tuple) else (key,)
    if len(keys) != len(array.shape) or layerscope_type(array) is None:
        return None
    indices = [asarray(list(item)) if isinstance(item, range) and layerscope.is_known(len(item)) else item for item in keys]
    if not all([isinstance(item, ndarray) and layerscope.is_known(item.shape) and len(item.shape) == 1 and layerscope_type(item) in ('int32', 'int64') for item in indices]):
        return None
    new = _plain(array, value)
    if new is None or len(new.shape) > 1:
        return None
    columns = [layerscope.operator('Unsqueeze', cast(item, 'int64'), [1], like=ndarray) for item in indices]
    places = columns[0] if len(columns) == 1 else layerscope.operator('Concat', *columns, axis=1, like=ndarray)
    return layerscope.operator('ScatterND', array, places, layerscope.operator('Expand', new, [indices[0].shape[0]], like=ndarray), like=ndarray)


def take(a, indices, axis=None, out=None, mode='raise'):
    a = asarray(a)
    if axis is None:
        return a.ravel()[asarray(indices)]
    return get_item(a, (slice(None),) * (axis % len(a.shape)) + (asarray(indices),))


def take_along_axis(arr, indices, axis=-1):
    return layerscope.data(asarray(indices).shape, layerscope_type(asarray(arr)), 'elements taken along an axis', like=ndarray)


def nonzero(a):
    a = asarray(a)
    found = layerscope.symbol('found', 0)
    return tuple([layerscope.data((found,), 'int64', 'indices of elements', like=ndarray) for _ in a.shape])


def argwhere(a):
    return layerscope.data((layerscope.symbol('found', 0), len(asarray(a).shape)), 'int64', 'indices of elements', like=ndarray)


def flatnonzero(a):
    return layerscope.data((layerscope.symbol('found', 0),), 'int64', 'indices of elements', like=ndarray)


def where(condition, x=None, y=None):
    condition = asarray(condition)
    if x is None:
        return nonzero(condition)
    from numpy.arithmetic import align, check_broadcast
    a, b = (x, y) if isinstance(x, layerscope.Value) or isinstance(y, layerscope.Value) else (asarray(x), asarray(y))
    a, b = align(a, b)
    check_broadcast(condition, asarray(a), asarray(b))
    return layerscope.operator('Where', cast(condition, 'bool'), a, b, like=ndarray)
