"""Loaders: one batch stands for all of its size, as their shapes are the same."""
import layerscope

from mxnet.ndarray.array import NDArray


class Sampler:
    def __init__(self, length=None, *args, **kwargs):
        self._length = length

    def __len__(self):
        return self._length

    def __iter__(self):
        return iter(range(self._length))


SequentialSampler = RandomSampler = IntervalSampler = FilterSampler = Sampler


class BatchSampler(Sampler):
    def __init__(self, sampler, batch_size, last_batch='keep'):
        self._length, self.batch_size = len(sampler), batch_size


class DataLoader:
    def __init__(self, dataset, batch_size=None, shuffle=False, sampler=None, last_batch=None, batch_sampler=None, batchify_fn=None, num_workers=0, pin_memory=False,
                 pin_device_id=0, prefetch=None, thread_pool=False, timeout=120, try_nopython=None):
        if batch_sampler is None:
            if batch_size is None:
                raise ValueError('batch_size must be specified unless batch_sampler is specified')
            if sampler is not None and shuffle:
                raise ValueError('shuffle must not be specified if sampler is specified')
        elif batch_size is not None or shuffle or sampler is not None or last_batch is not None:
            raise ValueError('batch_size, shuffle, sampler and last_batch must not be specified if batch_sampler is specified.')
        self._dataset, self._last_batch, self._batchify = dataset, last_batch or 'keep', batchify_fn
        self._size = batch_size if batch_sampler is None else getattr(batch_sampler, 'batch_size', None) or layerscope.unknown('the size of a batch')
        self._sampled = sampler is not None or batch_sampler is not None

    def __len__(self):
        count = len(self._dataset)
        return -(-count // self._size) if self._last_batch == 'keep' else count // self._size

    def __iter__(self):
        if not layerscope.is_known(self._dataset):
            yield layerscope.unknown('a batch of a data set that is not known')
            return
        count, size = len(self._dataset), self._size
        if layerscope.is_known(count) and layerscope.is_known(size) and count < size and self._last_batch == 'keep':
            size = count
        element = self._dataset[0]
        yield from layerscope.repeat(self._batch(element, size), 'the batches of a data set')
        rest = count % size if layerscope.is_known(count) and layerscope.is_known(size) else 0
        if self._last_batch == 'keep' and not self._sampled and rest:
            yield self._batch(element, rest)

    def _batch(self, element, size):
        if self._batchify is None:
            return _stacked(element, size)
        return self._batchify([element] * size) if layerscope.is_known(size) else layerscope.unknown('a batch of unknown size')


def _stacked(element, size):
    """What `size` elements like this one are stacked to."""
    if isinstance(element, (tuple, list)):
        return [_stacked(item, size) for item in element]
    if not layerscope.is_known(element):
        return layerscope.data(None, None, 'a batch of the data set', like=NDArray)
    if isinstance(element, layerscope.Value):
        return layerscope.data([size, *element.shape] if layerscope.is_known(element.shape) else None, _type_name(element), 'a batch of the data set', like=NDArray)
    return layerscope.data([size], {bool: 'bool', int: 'int64', float: 'float64'}.get(type(element)), 'a batch of the data set', like=NDArray)


def _type_name(value):
    from mxnet.ndarray.creation import type_name
    return type_name(value.dtype) if layerscope.is_known(value.dtype) else None
