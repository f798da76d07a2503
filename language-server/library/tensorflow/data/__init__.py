"""tf.data: one element of a pipeline, and what each step makes of it."""
import layerscope

from keras.src.backend.tensors import Tensor
from keras.src.tree import flatten, map_structure
from tensorflow.conversion import convert

AUTOTUNE = -1


def _require_positive(what, value):
    if isinstance(value, int) and layerscope.is_known(value) and value <= 0:
        from tensorflow.errors import InvalidArgumentError
        raise InvalidArgumentError(f"{what} must be greater than zero.")


class Dataset:
    """`element` is a structure of tensors, as a loop over the data set would see it; None where it is not known."""

    def __init__(self, element, count=None):
        self.element = element
        self.count = count

    # sources

    @staticmethod
    def from_tensor_slices(tensors, name=None):
        structure = _structure(tensors)
        if structure is None:
            return Dataset(None)
        sizes = [x.shape[0] for x in flatten(structure) if layerscope.is_known(x.shape) and len(x.shape)]
        for x in flatten(structure):
            if layerscope.is_known(x.shape) and not len(x.shape):
                raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        for size in sizes[1:]:
            layerscope.require(size == sizes[0], ValueError(f"Dimensions {sizes[0]} and {size} are not compatible"))
        return Dataset(map_structure(lambda x: _of(tuple(x.shape)[1:], x), structure), sizes[0] if sizes else None)

    @staticmethod
    def from_tensors(tensors, name=None):
        return Dataset(_structure(tensors), 1)

    @staticmethod
    def from_generator(generator, output_types=None, output_shapes=None, args=None, output_signature=None, name=None):
        if output_signature is not None:
            return Dataset(map_structure(lambda spec: layerscope.data(None if spec.shape is None else tuple(spec.shape), spec.dtype, 'an element of a generator', like=Tensor), output_signature))
        return Dataset(None)

    @staticmethod
    def range(*args, **kwargs):
        return Dataset(layerscope.data((), 'int64', 'a number', like=Tensor), args[0] if len(args) == 1 else None)

    @staticmethod
    def zip(*datasets, **kwargs):
        given = datasets[0] if len(datasets) == 1 else datasets
        parts = flatten(given)
        if any([part.element is None for part in parts]):
            return Dataset(None)
        return Dataset(map_structure(lambda part: part.element, tuple(given) if isinstance(given, list) else given), parts[0].count)

    @staticmethod
    def list_files(file_pattern, shuffle=None, seed=None, name=None):
        return Dataset(layerscope.data((), 'string', 'a file name', like=Tensor))

    @staticmethod
    def random(seed=None, **kwargs):
        return Dataset(layerscope.data((), 'int64', 'a random number', like=Tensor))

    sample_from_datasets = list_files
    choose_from_datasets = list_files

    # steps

    def map(self, map_func, num_parallel_calls=None, deterministic=None, name=None):
        if self.element is None:
            return Dataset(None, self.count)
        made = map_func(*self.element) if isinstance(self.element, tuple) else map_func(self.element)
        if not layerscope.is_known(made):
            return Dataset(None, self.count)
        return Dataset(_structure(tuple(made) if isinstance(made, list) else made), self.count)

    def batch(self, batch_size, drop_remainder=False, num_parallel_calls=None, deterministic=None, name=None):
        from keras.src.layers.core import batch_symbol
        _require_positive('Batch size', batch_size)
        size = batch_size if drop_remainder and layerscope.is_known(batch_size) else batch_symbol()
        count = self.count // batch_size if drop_remainder and self.count is not None else -(-self.count // batch_size) if self.count is not None else None
        return Dataset(None if self.element is None else map_structure(lambda x: _of((size,) + tuple(x.shape), x) if layerscope.is_known(x.shape) else x, self.element), count)

    def padded_batch(self, batch_size, padded_shapes=None, padding_values=None, drop_remainder=False, name=None):
        return self.batch(batch_size, drop_remainder)

    def unbatch(self, name=None):
        return Dataset(None if self.element is None else map_structure(lambda x: _of(tuple(x.shape)[1:], x) if layerscope.is_known(x.shape) else x, self.element))

    def _same(self, *args, **kwargs):
        return self

    shuffle = prefetch = cache = with_options = filter = enumerate_files = apply = rebatch = options = snapshot = ignore_errors = _same

    def take(self, count, name=None):
        if self.count is None or not layerscope.is_known(self.count) or not layerscope.is_known(count):
            return Dataset(self.element)
        return Dataset(self.element, self.count if count < 0 else min(count, self.count))

    def skip(self, count, name=None):
        if self.count is None or not layerscope.is_known(self.count) or not layerscope.is_known(count) or count < 0:
            return Dataset(self.element)
        return Dataset(self.element, max(self.count - count, 0))

    def _resized(self, *args, **kwargs):
        return Dataset(self.element)

    repeat = shard = take_while = concatenate = _resized

    def window(self, size, shift=None, stride=1, drop_remainder=False, name=None):
        for what, value in (('Window size', size), ('Window shift', size if shift is None else shift), ('Window stride', stride)):
            _require_positive(what, value)
        return Dataset(None)

    def flat_map(self, map_func, name=None):
        if self.element is None:
            return Dataset(None)
        made = map_func(*self.element) if isinstance(self.element, tuple) else map_func(self.element)
        return made if isinstance(made, Dataset) else Dataset(None)

    interleave = flat_map

    def enumerate(self, start=0, name=None):
        return Dataset(None if self.element is None else (layerscope.data((), 'int64', 'a number', like=Tensor), self.element), self.count)

    def reduce(self, initial_state, reduce_func, name=None):
        return initial_state

    def cardinality(self, name=None):
        return self.count if self.count is not None else layerscope.symbol('elements')

    def __len__(self):
        return self.count if self.count is not None else layerscope.symbol('elements')

    def __iter__(self):
        return self._over(self.element)

    def as_numpy_iterator(self):
        import numpy
        return self._over(None if self.element is None else map_structure(lambda x: layerscope.cast_class(x, numpy.ndarray), self.element))

    def _over(self, element):
        """As many elements as there are where they are few."""
        if element is None:
            return iter(layerscope.unknown('the elements of a data set'))
        if layerscope.is_known(self.count) and self.count is not None and 0 <= self.count <= 16:
            return iter([element] * self.count)
        return layerscope.repeat(element, 'the elements of a data set')

    def get_single_element(self, name=None):
        return self.element

    @property
    def element_spec(self):
        from tensorflow.functions import TensorSpec
        if self.element is None:
            return layerscope.unknown('the elements of a data set')
        return map_structure(lambda x: TensorSpec(tuple(x.shape), x.dtype), self.element)

    def save(self, *args, **kwargs):
        pass

    def __layerscope_batch__(self):
        return layerscope.unknown('the elements of a data set') if self.element is None else self.element


def _structure(tensors):
    """Nested tensors, lists taken as tensors; None where they are not known."""
    if isinstance(tensors, tuple):
        parts = [_structure(item) for item in tensors]
        return None if any([part is None for part in parts]) else tuple(parts)
    if isinstance(tensors, dict):
        parts = {key: _structure(item) for key, item in tensors.items()}
        return None if any([part is None for part in parts.values()]) else parts
    if hasattr(tensors, 'to_numpy'):
        tensors = tensors.to_numpy()
    if not layerscope.is_known(tensors) and not isinstance(tensors, int):
        return None
    made = convert(tensors)
    return made if isinstance(made, layerscope.Value) else None


def _of(shape, x):
    return layerscope.prepared(layerscope.data(shape, x.dtype, 'an element of a data set', like=Tensor), source=x)


class TFRecordDataset(Dataset):
    def __init__(self, filenames, *args, **kwargs):
        super().__init__(layerscope.data((), 'string', 'a record', like=Tensor))


class TextLineDataset(TFRecordDataset):
    pass


class FixedLengthRecordDataset(TFRecordDataset):
    pass


class Options:
    def __init__(self):
        self.experimental_distribute = layerscope.unknown('options')
        self.threading = self.autotune = self.experimental_distribute


class experimental:
    AUTOTUNE = -1

    @staticmethod
    def cardinality(dataset):
        return dataset.cardinality()
