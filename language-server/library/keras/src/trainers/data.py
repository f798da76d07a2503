"""The data that is passed to `fit`, `evaluate` and `predict`: its first batch, and the checks that Keras makes before."""
import layerscope

from keras.src.backend.tensors import Tensor, dtype_of
from keras.src.tree import flatten, map_structure


class Batch:
    """One batch as the model sees it, and the number of samples in all (None where it is not known)."""

    def __init__(self, x, y=None, sample_weight=None, samples=None, steps=None):
        self.x, self.y, self.sample_weight, self.samples, self.steps = x, y, sample_weight, samples, steps


def first_batch(x, y=None, sample_weight=None, batch_size=None, split=0):
    """The first batch of any kind of data; None where it cannot be known. `split` is the part that is left for validation."""
    if not _known(x):
        return None
    if hasattr(x, '__layerscope_batch__'):
        return _unpacked(x.__layerscope_batch__())
    if isinstance(x, (list, tuple, dict)) or hasattr(x, 'shape'):
        return _of_arrays(x, y, sample_weight, batch_size, split)
    if hasattr(x, '__next__'):
        return _unpacked(next(x, None))
    if hasattr(x, '__getitem__') and hasattr(x, '__len__'):
        item = x[0]
        if item is None and layerscope.in_user_code(x.__class__):
            raise ValueError("PyDataset.__getitem__() must return a tuple or a dict. If a tuple, it must be ordered either (input,) or (inputs, targets) or "
                             "(inputs, targets, sample_weights). Received: None of type NoneType")
        return _unpacked(item)
    return None


def _known(structure):
    return structure is not None and all([layerscope.is_known(leaf) for leaf in flatten(structure)]) and layerscope.is_known(structure)


def _unpacked(item):
    if item is None or not layerscope.is_known(item):
        return None
    if isinstance(item, (tuple, list)) and (isinstance(item, tuple) or len(item) <= 3):
        parts = list(item) + [None, None]
        return Batch(parts[0], parts[1], parts[2]) if _known(parts[0]) else None
    return Batch(item)


def _of_arrays(x, y, sample_weight, batch_size, split):
    _check_objects(x, y)
    x, y = map_structure(_array, x), map_structure(_array, y)
    _check_kinds(x, y)
    arrays = [leaf for leaf in flatten(x) + flatten(y) + flatten(sample_weight) if leaf is not None]
    for leaf in flatten(x):
        if not isinstance(leaf, layerscope.Value):
            return None
    samples = check_cardinality(x, y, sample_weight, split)
    size = 32 if batch_size is None else batch_size
    if samples is not None and layerscope.is_known(size) and size > samples:
        size = samples
    if samples is None or not layerscope.is_known(size):
        size = None
    return Batch(map_structure(lambda leaf: batch_of(leaf, None), x), map_structure(lambda leaf: batch_of(leaf, size), y), sample_weight, samples)


def _check_kinds(x, y):
    """Keras takes arrays and tensors, alone or in lists, no lists of numbers."""
    for name, part in (('x', x), ('y', y)):
        leaves = flatten(part)
        if isinstance(part, (list, tuple)) and leaves and all([not layerscope.is_unknown(leaf) and isinstance(leaf, (bool, int, float, str)) for leaf in leaves]):
            raise ValueError(f"Unrecognized data type: {name} is a {type(part).__name__} of numbers. Keras takes arrays: make it one by np.array({name})")


def _check_objects(x, y):
    """Tensors hold numbers: arrays of Python objects, as texts and lists of other lengths make them, do not become any."""
    for name, part in (('x', x), ('y', y)):
        for leaf in flatten(part):
            text = leaf._first_text() if hasattr(leaf, '_first_text') else None
            if text is not None:
                raise ValueError(f"Invalid dtype: object. `{name}` holds texts such as {text!r}: encode them as numbers first")
            if getattr(leaf, '_holds_objects', False) is True:
                raise ValueError(f"Invalid dtype: object. `{name}` is an array of Python objects: make it one of numbers, rows padded to one length and texts encoded")


def check_stateful(model, samples, batch_size, validation_split=0):
    """Raises where the samples do not fill batches of the size that a stateful layer keeps its states for."""
    if model._graph is None or not layerscope.is_known(samples) or samples is None or not layerscope.is_known(batch_size) or not layerscope.is_known(validation_split):
        return
    stateful = [layer for layer in model.layers if getattr(getattr(layer, 'forward_layer', layer), 'stateful', False) is True]
    fixed = model._graph.flat_inputs[0].shape[0]
    if not stateful or not isinstance(fixed, int):
        return
    size = 32 if batch_size is None else batch_size
    for count in (int(samples * (1 - validation_split)), samples - int(samples * (1 - validation_split))):
        last = count % size or size
        for given in (min(count, size), last):
            if count and given != fixed:
                raise layerscope.related(ValueError(
                    f"If an RNN is stateful, the batch size of the input sequences must be the same as the batch size of the state: layer '{stateful[0].name}' keeps states for {fixed} samples, "
                    f"and {count} samples in batches of {size} give a batch of {given}."), stateful[0], 'the stateful layer is made here')


def _array(leaf):
    """NumPy's view of a data frame or a series."""
    if leaf is None or isinstance(leaf, layerscope.Value) or not hasattr(leaf, 'to_numpy'):
        return leaf
    return leaf.to_numpy()


def batch_of(array, size):
    """The first `size` samples of an array; a size of None is the batch axis."""
    from keras.src.layers.core import batch_symbol
    if not isinstance(array, layerscope.Value):
        return array
    if not layerscope.is_known(array.shape):
        made = layerscope.data(None, dtype_of(array), 'a batch', like=Tensor)
    elif len(array.shape) == 0:
        return array
    else:
        made = layerscope.data((batch_symbol() if size is None else size,) + tuple(array.shape)[1:], 'float32' if dtype_of(array) == 'float64' else dtype_of(array), 'a batch', like=Tensor)
    made._source = array
    layerscope.same_range(made, array, True)
    return made


def check_cardinality(x, y, sample_weight, split=0):
    """The number of samples; raises where the arrays disagree about it. Where a part is left for validation, what others have more than the first is cut off."""
    counts = []
    for leaf in flatten(x) + flatten(y) + flatten(sample_weight):
        if isinstance(leaf, layerscope.Value) and layerscope.is_known(leaf.shape) and len(leaf.shape):
            counts.append((leaf.shape[0], leaf))
    for count, leaf in counts[1:]:
        if not isinstance(count, int) and not isinstance(counts[0][0], int):
            continue
        message = 'Data cardinality is ambiguous. Make sure all arrays contain the same number of samples.'
        for label, part in (('x', x), ('y', y), ('sample_weight', sample_weight)):
            if part is not None:
                sizes = ', '.join([str(item.shape[0]) for item in flatten(part) if isinstance(item, layerscope.Value) and layerscope.is_known(item.shape) and len(item.shape)])
                message += f"\n'{label}' sizes: {sizes}"
        error = layerscope.related(ValueError(message), counts[0][1], f'{counts[0][0]} samples are made here')
        spare = split and layerscope.is_known(count) and layerscope.is_known(counts[0][0]) and count > counts[0][0]
        layerscope.require(spare or count == counts[0][0], layerscope.related(error, leaf, f'{count} samples are made here'))
    known = [count for count, _ in counts if layerscope.is_known(count)]
    return known[0] if known else None
