"""Preprocessing layers: scaling, images, categories and text."""
import layerscope

from keras.src.backend import config
from keras.src.backend.tensors import Tensor, cast, convert, plain_class, to_float
from keras.src.layers.layer import Layer
from keras.src.operations.core import emit
from keras.src.operations.image import resize
from keras.src.operations.nn import one_hot


class DataLayer(Layer):
    """Layers that also work on data outside of a model: on numbers, texts and lists of them."""
    takes_plain_values = True


class Rescaling(DataLayer):
    fields = ('scale', 'offset')

    def __init__(self, scale, offset=0.0, **kwargs):
        super().__init__(**kwargs)
        self.scale, self.offset = scale, offset
        self.built = True

    def call(self, inputs):
        x = to_float(inputs)
        return x * self._number(self.scale) + self._number(self.offset)

    def _number(self, value):
        return convert(list(value), 'float32') if isinstance(value, (list, tuple)) else float(value) if isinstance(value, int) else value


class Resizing(DataLayer):
    fields = ('height', 'width', 'interpolation')

    def __init__(self, height, width, interpolation='bilinear', crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant', fill_value=0.0,
                 antialias=False, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.height, self.width, self.interpolation, self.data_format = height, width, interpolation, data_format

    def call(self, data):
        return resize(to_float(data), (self.height, self.width), interpolation=self.interpolation, data_format=self.data_format)


class CenterCrop(DataLayer):
    fields = ('height', 'width')

    def __init__(self, height, width, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.height, self.width = height, width

    def call(self, inputs):
        x = to_float(inputs)
        rank = len(x.shape)
        size = x.shape[rank - 3:rank - 1]
        if not all([layerscope.is_known(length) and length >= wanted for length, wanted in zip(size, (self.height, self.width))]):
            return resize(x, (self.height, self.width))
        top, left = (size[0] - self.height) // 2, (size[1] - self.width) // 2
        return emit('Slice', x, [top, left], [top + self.height, left + self.width], [rank - 3, rank - 2], [1, 1])


class RandomCrop(CenterCrop):
    def __init__(self, height, width, seed=None, data_format=None, name=None, **kwargs):
        super().__init__(height, width, name=name, **kwargs)


class _RandomImage(DataLayer):
    """Changes images at random in training; in inference it passes them on."""

    def __init__(self, *args, **kwargs):
        known = {key: kwargs[key] for key in ('name', 'dtype', 'trainable', 'input_shape', 'batch_input_shape') if key in kwargs}
        super().__init__(**known)
        self.built = True

    def call(self, inputs, training=False):
        return emit('Identity', to_float(inputs))


class RandomFlip(_RandomImage):
    pass


class RandomRotation(_RandomImage):
    pass


class RandomZoom(_RandomImage):
    pass


class RandomTranslation(_RandomImage):
    pass


class RandomContrast(_RandomImage):
    pass


class RandomBrightness(_RandomImage):
    pass


class RandomHue(_RandomImage):
    pass


class RandomSaturation(_RandomImage):
    pass


class RandomSharpness(_RandomImage):
    pass


class RandomShear(_RandomImage):
    pass


class RandomColorJitter(_RandomImage):
    pass


class RandomColorDegeneration(_RandomImage):
    pass


class RandomErasing(_RandomImage):
    pass


class RandomGaussianBlur(_RandomImage):
    pass


class RandomGrayscale(_RandomImage):
    pass


class RandomInvert(_RandomImage):
    pass


class RandomPerspective(_RandomImage):
    pass


class RandomPosterization(_RandomImage):
    pass


class RandomElasticTransform(_RandomImage):
    pass


class RandomHeight(_RandomImage):
    pass


class RandomWidth(_RandomImage):
    pass


class AutoContrast(_RandomImage):
    pass


class Equalization(_RandomImage):
    pass


class Solarization(_RandomImage):
    pass


class RandAugment(_RandomImage):
    pass


class AugMix(_RandomImage):
    pass


class MixUp(_RandomImage):
    pass


class CutMix(_RandomImage):
    pass


class Normalization(DataLayer):
    fields = ('axis', 'invert')

    def __init__(self, axis=-1, mean=None, variance=None, invert=False, **kwargs):
        super().__init__(**kwargs)
        self.axis, self.input_mean, self.input_variance, self.invert = axis, mean, variance, invert
        self.mean = self.variance = None

    def build(self, input_shape):
        if input_shape is None:
            return
        if self.input_mean is None:
            axes = () if self.axis is None else self.axis if isinstance(self.axis, (list, tuple)) else (self.axis,)
            shape = tuple([input_shape[axis] for axis in axes])
            self.mean = self.add_weight(name='mean', shape=shape, initializer='zeros', trainable=False)
            self.variance = self.add_weight(name='variance', shape=shape, initializer='ones', trainable=False)
            self.count = self.add_weight(name='count', shape=(), dtype='int32', initializer='zeros', trainable=False)
        self.built = True

    def adapt(self, data):
        if hasattr(data, 'shape') and layerscope.is_known(data.shape) and not self.built:
            self.build((None,) + tuple(data.shape)[1:] if len(data.shape) > 1 else (None, 1))

    def call(self, inputs):
        x = to_float(inputs)
        if self.mean is None:
            mean, variance = convert(self.input_mean, 'float32'), convert(self.input_variance, 'float32')
        else:
            mean, variance = self.mean, self.variance
            if isinstance(self.axis, int) and self.axis % len(x.shape) != len(x.shape) - 1:
                shape = [1] * len(x.shape)
                shape[self.axis] = x.shape[self.axis]
                mean, variance = emit('Reshape', mean, shape), emit('Reshape', variance, shape)
        deviation = emit('Max', emit('Sqrt', variance), 1e-7)
        return mean + x * deviation if self.invert else (x - mean) / deviation


class CategoryEncoding(DataLayer):
    fields = ('num_tokens', 'output_mode')

    def __init__(self, num_tokens=None, output_mode='multi_hot', sparse=False, **kwargs):
        super().__init__(**kwargs)
        self.num_tokens, self.output_mode = num_tokens, output_mode

    def call(self, inputs, count_weights=None):
        x = convert(inputs)
        encoded = one_hot(x, self.num_tokens)
        if self.output_mode == 'one_hot':
            return emit('Squeeze', encoded, [len(x.shape) - 1]) if len(x.shape) and layerscope.is_known(x.shape[-1]) and x.shape[-1] == 1 else encoded
        if len(x.shape) <= 1:
            return encoded
        return emit('ReduceMax' if self.output_mode == 'multi_hot' else 'ReduceSum', encoded, [-2], keepdims=0)


class Discretization(DataLayer):
    fields = ('bin_boundaries', 'num_bins', 'output_mode')

    def __init__(self, bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode='int', sparse=False, **kwargs):
        super().__init__(**kwargs)
        if num_bins is None and bin_boundaries is None:
            raise ValueError("You need to set either `num_bins` or `bin_boundaries`.")
        self.bin_boundaries, self.num_bins, self.output_mode = bin_boundaries, num_bins, output_mode

    def adapt(self, data, steps=None):
        pass

    def call(self, inputs):
        x = convert(inputs)
        size = self.num_bins if self.num_bins is not None else len(self.bin_boundaries) + 1
        if self.output_mode == 'int':
            return layerscope.gap('bins of numbers', x, shape=list(x.shape), dtype='int32', like=plain_class(x))
        return layerscope.gap('bins of numbers', x, shape=list(x.shape[:-1]) + [size], dtype='float32', like=plain_class(x))


class _Lookup(DataLayer):
    fields = ('max_tokens', 'output_mode')

    def __init__(self, max_tokens=None, num_oov_indices=1, mask_token=None, oov_token=None, vocabulary=None, idf_weights=None, invert=False, output_mode='int',
                 pad_to_max_tokens=False, sparse=False, **kwargs):
        kwargs.pop('encoding', None), kwargs.pop('vocabulary_dtype', None)
        super().__init__(**kwargs)
        self.max_tokens, self.output_mode, self.vocabulary, self.invert = max_tokens, output_mode, vocabulary, invert
        self.num_oov_indices, self.mask_token = num_oov_indices, mask_token
        self.built = True

    def adapt(self, data, batch_size=None, steps=None):
        pass

    def get_vocabulary(self, include_special_tokens=True):
        return layerscope.unknown('a vocabulary')

    def vocabulary_size(self):
        if isinstance(self.vocabulary, (list, tuple)):
            return len(self.vocabulary) + self.num_oov_indices + (0 if self.mask_token is None else 1)
        return layerscope.symbol('vocabulary')

    vocab_size = vocabulary_size
    set_vocabulary = adapt

    def call(self, inputs):
        x = convert(inputs)
        if self.output_mode == 'int':
            return layerscope.gap('a look-up of words', x, shape=list(x.shape) if layerscope.is_known(x.shape) else None, dtype='string' if self.invert else 'int64', like=plain_class(x))
        size = self.max_tokens if self.max_tokens is not None else self.vocabulary_size()
        lead = list(x.shape[:-1]) if layerscope.is_known(x.shape) else []
        return layerscope.gap('a look-up of words', x, shape=lead + [size], dtype='float32', like=plain_class(x))


class StringLookup(_Lookup):
    pass


class IntegerLookup(_Lookup):
    pass


class TextVectorization(DataLayer):
    fields = ('max_tokens', 'output_mode', 'output_sequence_length')

    def __init__(self, max_tokens=None, standardize='lower_and_strip_punctuation', split='whitespace', ngrams=None, output_mode='int', output_sequence_length=None,
                 pad_to_max_tokens=False, vocabulary=None, idf_weights=None, sparse=False, ragged=False, encoding='utf-8', **kwargs):
        super().__init__(**kwargs)
        self.max_tokens, self.output_mode, self.output_sequence_length, self.vocabulary = max_tokens, output_mode, output_sequence_length, vocabulary
        self.built = True

    def adapt(self, data, batch_size=None, steps=None):
        pass

    set_vocabulary = adapt

    def get_vocabulary(self, include_special_tokens=True):
        return layerscope.unknown('a vocabulary')

    def vocabulary_size(self):
        return layerscope.symbol('vocabulary')

    def call(self, inputs):
        x = convert(inputs)
        lead = list(x.shape) if layerscope.is_known(x.shape) else []
        if len(lead) > 1 and layerscope.is_known(lead[-1]):
            if lead[-1] != 1:
                raise ValueError("When using `TextVectorization` to tokenize strings, the input rank must be 1 or the last shape dimension must be 1. "
                                 f"Received: inputs.shape={tuple(x.shape)} with rank={len(lead)}")
            lead = lead[:-1]
        if self.output_mode == 'int':
            size = self.output_sequence_length if self.output_sequence_length is not None else layerscope.symbol('length', none=True)
            return layerscope.gap('text as numbers', x, shape=lead + [size], dtype='int64', like=plain_class(x))
        size = self.max_tokens if self.max_tokens is not None else layerscope.symbol('vocabulary')
        return layerscope.gap('text as numbers', x, shape=lead + [size], dtype='float32', like=plain_class(x))


class Hashing(DataLayer):
    fields = ('num_bins', 'output_mode')

    def __init__(self, num_bins, mask_value=None, salt=None, output_mode='int', sparse=False, **kwargs):
        super().__init__(**kwargs)
        self.num_bins, self.output_mode = num_bins, output_mode

    def call(self, inputs):
        x = convert(inputs)
        if self.output_mode == 'int':
            return layerscope.gap('hashes', x, shape=list(x.shape), dtype='int64', like=plain_class(x))
        return layerscope.gap('hashes', x, shape=list(x.shape[:-1]) + [self.num_bins], dtype='float32', like=plain_class(x))


class HashedCrossing(DataLayer):
    fields = ('num_bins', 'output_mode')

    def __init__(self, num_bins, output_mode='int', sparse=False, name=None, dtype=None, **kwargs):
        super().__init__(name=name)
        self.num_bins, self.output_mode = num_bins, output_mode

    def call(self, inputs):
        x = convert(inputs[0])
        shape = list(x.shape) if self.output_mode == 'int' else list(x.shape[:-1]) + [self.num_bins]
        return layerscope.gap('hashes', x, shape=shape, dtype='int64' if self.output_mode == 'int' else 'float32', like=plain_class(x))


class MelSpectrogram(DataLayer):
    def __init__(self, fft_length=2048, sequence_stride=512, sequence_length=None, num_mel_bins=128, **kwargs):
        super().__init__(name=kwargs.get('name'))
        self.fft_length, self.sequence_stride, self.num_mel_bins = fft_length, sequence_stride, num_mel_bins

    def call(self, inputs):
        frames = inputs.shape[-1] // self.sequence_stride + 1
        return layerscope.gap('a spectrogram', convert(inputs), shape=list(inputs.shape[:-1]) + [self.num_mel_bins, frames], dtype='float32', like=plain_class(inputs))
