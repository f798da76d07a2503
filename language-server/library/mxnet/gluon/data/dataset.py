"""Data sets: what has a length and an element at each index."""
import layerscope

from mxnet.ndarray.array import NDArray


class Dataset:
    def __getitem__(self, idx):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def filter(self, fn):
        return _Part(self, layerscope.symbol('filtered'))

    def shard(self, num_shards, index):
        if index >= num_shards:
            raise AssertionError(f'Shard index of out bound: {index} out of {num_shards}')
        length, rest = len(self) // num_shards, len(self) % num_shards
        return _Part(self, length + (1 if index < rest else 0))

    def take(self, count):
        return self if count is None or count > len(self) else _Part(self, count)

    def sample(self, sampler):
        return _Part(self, len(sampler))

    def transform(self, fn, lazy=True):
        return _Transformed(self, fn)

    def transform_first(self, fn, lazy=True):
        return _Transformed(self, lambda first, *others: (fn(first), *others) if others else fn(first))


class _Part(Dataset):
    """Some elements of a data set."""

    def __init__(self, data, length):
        self._data, self._length = data, length

    def __len__(self):
        return self._length

    def __getitem__(self, idx):
        return self._data[0]


class _Transformed(Dataset):
    def __init__(self, data, fn):
        self._data, self._fn = data, fn

    def __len__(self):
        return len(self._data)

    def __getitem__(self, idx):
        item = self._data[idx]
        return self._fn(*item) if isinstance(item, tuple) else self._fn(item)


class SimpleDataset(Dataset):
    def __init__(self, data):
        self._data = data

    def __len__(self):
        return len(self._data)

    def __getitem__(self, idx):
        return self._data[idx]


class ArrayDataset(Dataset):
    def __init__(self, *args):
        if not args:
            raise AssertionError('Needs at least 1 arrays')
        self._data = args
        for position, data in enumerate(args):
            layerscope.require(len(data) == len(args[0]), layerscope.related(
                AssertionError(f'All arrays must have the same length; array[0] has length {len(args[0])} while array[{position}] has {len(data)}.'), data, 'this array is made here'))

    def __len__(self):
        return len(self._data[0])

    def __getitem__(self, idx):
        items = [_element(data, idx) for data in self._data]
        return items[0] if len(items) == 1 else tuple(items)


def _element(data, index):
    """Arrays of one axis give numbers."""
    if isinstance(data, NDArray) and layerscope.is_known(data.shape) and len(data.shape) == 1:
        import numpy
        return numpy.asarray(data)[index]
    return data[index]


class RecordFileDataset(Dataset):
    def __init__(self, filename):
        self._length = layerscope.symbol('records')

    def __len__(self):
        return self._length

    def __getitem__(self, idx):
        return layerscope.unknown('a record of a file')
