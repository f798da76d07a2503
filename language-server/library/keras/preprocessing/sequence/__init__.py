import layerscope

from keras.src.utils.data import pad_sequences


def make_sampling_table(size, sampling_factor=1e-05):
    return layerscope.unknown('a sampling table')


def skipgrams(sequence, vocabulary_size, *args, **kwargs):
    return layerscope.unknown('skipgrams')


class TimeseriesGenerator:
    def __init__(self, data, targets, length, sampling_rate=1, stride=1, start_index=0, end_index=None, shuffle=False, reverse=False, batch_size=128):
        if len(data) != len(targets):
            raise ValueError(f"Data and targets have to be of same length. Data length is {len(data)} while target length is {len(targets)}")
        self.data, self.targets, self.length, self.sampling_rate, self.batch_size = data, targets, length, sampling_rate, batch_size

    def __len__(self):
        return layerscope.symbol('batches')

    def __getitem__(self, index):
        import numpy
        from keras.src.layers.core import batch_symbol
        x = layerscope.data((batch_symbol(), self.length // self.sampling_rate) + tuple(self.data.shape)[1:], self.data.dtype, 'windows of a series', like=numpy.ndarray)
        return x, layerscope.data((batch_symbol(),) + tuple(self.targets.shape)[1:], self.targets.dtype, 'targets of a series', like=numpy.ndarray)
