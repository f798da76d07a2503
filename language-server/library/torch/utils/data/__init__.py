"""`torch.utils.data`: a loader gives one batch, stacked from the data set's first element."""
import layerscope

from ..._tensor import Tensor
from ...operations.creation import tensor
from ...operations.joining import stack


class Dataset:
    __layerscope_complete__ = True

    def __getitem__(self, index):
        raise NotImplementedError('Subclasses of Dataset should implement __getitem__.')

    def __add__(self, other):
        return ConcatDataset([self, other])

    @classmethod
    def __class_getitem__(cls, item):
        return cls


class IterableDataset(Dataset):
    __layerscope_complete__ = True

    def __iter__(self):
        raise NotImplementedError('Subclasses of IterableDataset should implement __iter__.')


class TensorDataset(Dataset):
    def __init__(self, *tensors):
        for each in tensors[1:]:
            layerscope.require(each.shape[0] == tensors[0].shape[0], AssertionError('Size mismatch between tensors'))
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple([each[index] for each in self.tensors])

    def __len__(self):
        return self.tensors[0].shape[0]


class ConcatDataset(Dataset):
    def __init__(self, datasets):
        self.datasets = list(datasets)

    def __getitem__(self, index):
        return self.datasets[0][index]

    def __len__(self):
        return sum([len(dataset) for dataset in self.datasets])


class ChainDataset(ConcatDataset):
    pass


class Subset(Dataset):
    def __init__(self, dataset, indices):
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, index):
        if isinstance(index, (str, float)):
            raise TypeError(f'list indices must be integers or slices, not {type(index).__name__}')
        return self.dataset[0]

    def __len__(self):
        return len(self.indices)


class _Part(Subset):
    """A random part of a data set: which elements it holds is not known, how many is."""

    def __init__(self, dataset, size):
        self.dataset, self.size = dataset, size

    def __len__(self):
        return self.size


def random_split(dataset, lengths, generator=None):
    total = len(dataset)
    if sum(lengths) <= 1 and any([isinstance(length, float) for length in lengths]):
        sizes = [int(total * length) for length in lengths]
        sizes[0] = sizes[0] + total - sum(sizes)
    else:
        sizes = list(lengths)
        layerscope.require(sum(sizes) == total, ValueError('Sum of input lengths does not equal the length of the input dataset!'))
    return [_Part(dataset, size) for size in sizes]


class Sampler:
    def __init__(self, data_source=None, *args, **options):
        self.data_source = data_source

    def __iter__(self):
        return iter(range(len(self.data_source)))

    @classmethod
    def __class_getitem__(cls, item):
        return cls


class SequentialSampler(Sampler):
    def __len__(self):
        return len(self.data_source)


class RandomSampler(SequentialSampler):
    pass


class SubsetRandomSampler(Sampler):
    def __len__(self):
        return len(self.data_source)


class WeightedRandomSampler(SubsetRandomSampler):
    pass


class BatchSampler(Sampler):
    pass


class _DatasetKind:
    Map = 0
    Iterable = 1


def default_collate(batch):
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(batch)
    if isinstance(first, layerscope.Value):
        return stack([tensor(each) for each in batch])
    if isinstance(first, (bool, int, float)):
        return tensor(list(batch))
    if isinstance(first, str):
        return list(batch)
    if isinstance(first, dict):
        return {key: default_collate([each[key] for each in batch]) for key in first}
    if isinstance(first, (tuple, list)):
        return [default_collate([each[position] for each in batch]) for position in range(len(first))]
    if not layerscope.is_known(first):
        return layerscope.data(None, None, reason='an element of the data set that is not known', like=Tensor)
    raise TypeError(f'default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {type(first)}')


default_convert = default_collate


class DataLoader:
    def __init__(self, dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None, pin_memory=False, drop_last=False, timeout=0,
                 worker_init_fn=None, multiprocessing_context=None, generator=None, *, prefetch_factor=None, persistent_workers=False, pin_memory_device='',
                 in_order=True):
        if num_workers < 0:
            raise ValueError('num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.')
        if batch_sampler is None and isinstance(batch_size, (int, float)) and (isinstance(batch_size, (bool, float)) or batch_size <= 0):
            raise ValueError(f'batch_size should be a positive integer value, but got batch_size={batch_size}')
        if batch_sampler is not None and (batch_size != 1 or shuffle or sampler is not None or drop_last):
            raise ValueError('batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last')
        if sampler is not None and shuffle:
            raise ValueError('sampler option is mutually exclusive with shuffle')
        self.dataset = dataset
        self.batch_size = batch_size
        self.drop_last = drop_last
        self._shuffled = shuffle is not None and shuffle is not False or sampler is not None
        self.sampler = sampler
        self.batch_sampler = batch_sampler
        self.num_workers = num_workers
        self.collate_fn = collate_fn or default_collate

    def __len__(self):
        count = len(self.dataset)
        return count // self.batch_size if self.drop_last else -(-count // self.batch_size)

    def __iter__(self):
        """One batch stands for all of them: they have the same shapes."""
        size = self.batch_size if self.batch_size is not None else 1
        if isinstance(self.dataset, IterableDataset):
            element = next(iter(self.dataset))
        elif layerscope.is_known(self.dataset):
            count = len(self.dataset) if hasattr(self.dataset, '__len__') else size
            if layerscope.is_known(count) and layerscope.is_known(size) and count < size:
                size = count
            element = self.dataset[0]
        else:
            yield layerscope.unknown('a batch of a data set that is not known')
            return
        if not layerscope.is_known(size):
            yield from layerscope.repeat(self.collate_fn([element]), 'the batches of a data set')
            return
        if self.batch_size is None:
            yield from layerscope.repeat(element, 'the batches of a data set')
            return
        if self.collate_fn is default_collate and (not self._shuffled or size == self._count()):
            _check_alike(element, self.dataset, size)
        yield from layerscope.repeat(self._ranged(_repeated(element, size, self.collate_fn)), 'the batches of a data set')
        rest = self._rest(size)
        if rest:
            yield self._ranged(_repeated(element, rest, self.collate_fn))

    def _ranged(self, batch):
        """The batches together hold what the data set holds."""
        held = self.dataset.tensors if isinstance(self.dataset, TensorDataset) else ()
        if isinstance(batch, (list, tuple)) and len(batch) == len(held):
            for part, whole in zip(batch, held):
                if isinstance(part, layerscope.Value) and isinstance(whole, layerscope.Value):
                    layerscope.same_range(part, whole, True)
        elif isinstance(batch, list) and len(batch) == 2 and getattr(self.dataset, '_numbers_classes', False) and isinstance(batch[1], layerscope.Value):
            layerscope.state_range(batch[1], 0, len(self.dataset.classes) - 1, True)
        return batch

    def _count(self):
        return len(self.dataset) if hasattr(self.dataset, '__len__') else None

    def _rest(self, size):
        """The size of the last batch, where it is smaller for certain."""
        if self.drop_last is not False or self.sampler is not None or isinstance(self.dataset, IterableDataset) or not hasattr(self.dataset, '__len__'):
            return 0
        count = len(self.dataset)
        return count % size if layerscope.is_known(count) and count > size else 0


def _check_alike(first, dataset, size):
    """Elements of a small data set that all come into one batch must be of one shape."""
    if isinstance(dataset, IterableDataset) or not hasattr(dataset, '__len__') or not 1 < size <= 8:
        return
    for index in range(1, size):
        _compare([first, dataset[index]])


def _compare(pair):
    first, second = pair
    if layerscope.is_unknown(first) or layerscope.is_unknown(second):
        return
    if isinstance(first, (tuple, list)) and isinstance(second, (tuple, list)) and len(first) == len(second):
        for each in zip(first, second):
            _compare(each)
    elif isinstance(first, Tensor) and isinstance(second, Tensor) and layerscope.is_known(first.shape) and layerscope.is_known(second.shape):
        sizes = list(zip(first.shape, second.shape))
        if len(first.shape) != len(second.shape) or any([layerscope.is_known(a) and layerscope.is_known(b) and a != b for a, b in sizes]):
            raise RuntimeError(f"stack expects each tensor to be equal size, but got {list(first.shape)} at entry 0 and {list(second.shape)} at entry 1: "
                               "the elements of this data set have different shapes. Resize them, or give the loader a collate_fn that pads them.")


def _repeated(element, size, collate):
    if collate is default_collate:
        return _batch_of(element, size)
    return collate([element] * size)


def _batch_of(element, size):
    """What `size` elements like this one collate to, as data."""
    if not layerscope.is_known(element):
        return layerscope.data(None, None, reason='a batch of the data set', like=Tensor)
    if isinstance(element, layerscope.Value):
        if not layerscope.is_known(element.shape):
            return layerscope.data(None, None, reason='a batch of the data set', like=Tensor)
        value = element if isinstance(element, Tensor) else tensor(element)
        return layerscope.data([size] + list(value.shape), value.dtype.name, reason='a batch of the data set', like=Tensor)
    if isinstance(element, dict):
        return {key: _batch_of(value, size) for key, value in element.items()}
    if isinstance(element, (tuple, list)):
        return [_batch_of(value, size) for value in element]
    if isinstance(element, str):
        return [element] * size
    kinds = (bool, 'bool'), (int, 'int64'), (float, 'float64')
    for kind, name in kinds:
        if isinstance(element, kind):
            return layerscope.data([size], name, reason='a batch of the data set', like=Tensor)
    return default_collate([element] * size)


def get_worker_info():
    return None


class WorkerInfo:
    pass
