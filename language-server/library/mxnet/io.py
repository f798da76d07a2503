"""mx.io: iterators over batches, as modules take them."""
import layerscope

from mxnet.ndarray import array
from mxnet.ndarray.array import NDArray


class DataDesc:
    def __init__(self, name, shape, dtype='float32', layout='NCHW'):
        self.name, self.shape, self.dtype, self.layout = name, shape, dtype, layout

    def __iter__(self):
        return iter((self.name, self.shape))

    def __getitem__(self, index):
        return (self.name, self.shape)[index]

    def __len__(self):
        return 2


class DataBatch:
    def __init__(self, data, label=None, pad=None, index=None, bucket_key=None, provide_data=None, provide_label=None):
        for name, given in (('Data', data), ('Label', label)):
            if given is not None and layerscope.is_known(given) and not isinstance(given, (list, tuple)):
                raise AssertionError(f'{name} must be list of NDArrays')
        self.data, self.label, self.pad, self.index, self.bucket_key = data, label, pad, index, bucket_key
        self.provide_data, self.provide_label = provide_data, provide_label


class DataIter:
    def __init__(self, batch_size=0):
        self.batch_size = batch_size

    def __iter__(self):
        return self

    def __next__(self):
        return self.next()

    def reset(self):
        pass


def _named(data, default):
    """Arrays by their names, as MXNet names those that have none."""
    if data is None:
        return {}
    if isinstance(data, dict):
        return {name: _as_array(data[name]) for name in sorted(data)}
    items = data if isinstance(data, list) else [data]
    return {default if len(items) == 1 else f'_{index}_{default}': _as_array(item) for index, item in enumerate(items)}


def _as_array(value):
    return value if isinstance(value, NDArray) else array(value)


class NDArrayIter(DataIter):
    def __init__(self, data, label=None, batch_size=1, shuffle=False, last_batch_handle='pad', data_name='data', label_name='softmax_label', layout='NCHW'):
        super().__init__(batch_size)
        self.data, self.label = _named(data, data_name), _named(label, label_name)
        self._arrays = [*self.data.values(), *self.label.values()]
        self.num_data = self._arrays[0].shape[0]
        self.last_batch_handle = last_batch_handle
        for other in self._arrays[1:] if shuffle else []:
            layerscope.require(other.shape[0] >= self.num_data, layerscope.related(
                IndexError(f'index {self.num_data - 1} is out of bounds for axis 0 with size {other.shape[0]}: data and labels have different lengths'), other, f'the array of shape {tuple(other.shape)} is made here'))

    def _batches(self, arrays):
        return [layerscope.data([self.batch_size, *list(item.shape)[1:]], item.dtype, 'a batch of an iterator', like=NDArray) for item in arrays.values()]

    @property
    def provide_data(self):
        return [DataDesc(name, (self.batch_size, *list(item.shape)[1:]), item.dtype) for name, item in self.data.items()]

    @property
    def provide_label(self):
        return [DataDesc(name, (self.batch_size, *list(item.shape)[1:]), item.dtype) for name, item in self.label.items()]

    def __iter__(self):
        return iter(layerscope.repeat(self.next(), 'the batches of an iterator'))

    def next(self):
        return DataBatch(self._batches(self.data), self._batches(self.label), pad=0, provide_data=self.provide_data, provide_label=self.provide_label)

    def hard_reset(self):
        pass


def __getattr__(name):
    """Iterators over files: CSVIter, ImageRecordIter, MNISTIter, ..."""
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('mx.io.' + name)
