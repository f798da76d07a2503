"""keras.ops: segments, sets, Fourier transforms."""
import layerscope

from keras.src.backend.tensors import convert, plain_class, to_float
from keras.src.operations.core import emit, operation
from keras.src.operations.numpy import logsumexp, rsqrt, top_k


def _segments(data, segment_ids, num_segments, sorted):
    size = num_segments if num_segments is not None else layerscope.symbol('segments', 0)
    return layerscope.gap('a reduction by segments', convert(data), convert(segment_ids), shape=[size] + list(data.shape[1:]), dtype=data.dtype, like=plain_class(data))


@operation('SegmentSum')
def segment_sum(data, segment_ids, num_segments=None, sorted=False):
    return _segments(data, segment_ids, num_segments, sorted)


@operation('SegmentMax')
def segment_max(data, segment_ids, num_segments=None, sorted=False):
    return _segments(data, segment_ids, num_segments, sorted)


def in_top_k(targets, predictions, k):
    return layerscope.gap('in_top_k', convert(targets), convert(predictions), shape=list(targets.shape), dtype='bool', like=plain_class(targets, predictions))


@operation('Erf')
def erf(x):
    return emit('Erf', to_float(x))


def erfinv(x):
    return layerscope.gap('erfinv', to_float(x), shape=list(x.shape), dtype=x.dtype, like=plain_class(x))


def extract_sequences(x, sequence_length, sequence_stride):
    frames = (x.shape[-1] - sequence_length) // sequence_stride + 1
    return layerscope.gap('frames of a signal', convert(x), shape=list(x.shape[:-1]) + [frames, sequence_length], dtype=x.dtype, like=plain_class(x))


def _spectrum(x, shapes):
    return tuple([layerscope.gap('a Fourier transform', convert(part), shape=shape, dtype=part.dtype, like=plain_class(part)) for part, shape in zip(x, shapes)])


def fft(x):
    return _spectrum(x, [list(part.shape) for part in x])


fft2 = ifft2 = fft


def rfft(x, fft_length=None):
    size = (x.shape[-1] if fft_length is None else fft_length) // 2 + 1
    return _spectrum((x, x), [list(x.shape[:-1]) + [size]] * 2)


def irfft(x, fft_length=None):
    size = 2 * (x[0].shape[-1] - 1) if fft_length is None else fft_length
    return layerscope.gap('a Fourier transform', convert(x[0]), shape=list(x[0].shape[:-1]) + [size], dtype=x[0].dtype, like=plain_class(x[0]))


def stft(x, sequence_length, sequence_stride, fft_length, window='hann', center=True):
    length = x.shape[-1] + (fft_length if center else 0)
    frames = (length - fft_length) // sequence_stride + 1
    return _spectrum((x, x), [list(x.shape[:-1]) + [frames, fft_length // 2 + 1]] * 2)


def istft(x, *args, **kwargs):
    return layerscope.gap('an inverse transform', convert(x[0]), dtype=x[0].dtype, like=plain_class(x[0]))


def logdet(x):
    return layerscope.gap('a determinant', convert(x), shape=list(x.shape[:-2]), dtype=x.dtype, like=plain_class(x))
