"""Pooling over windows, over whole axes and to fixed sizes."""
import layerscope

from keras.src.backend import config
from keras.src.backend.tensors import plain_class, to_float
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.windows import channels_to_back, channels_to_front, check_window, padding_attributes, standardize_padding, standardize_tuple


class BasePooling(Layer):
    fields = ('pool_size', 'strides', 'padding', 'data_format')
    rank = 2
    mode = 'MaxPool'

    def __init__(self, pool_size=2, strides=None, padding='valid', data_format=None, name=None, **kwargs):
        padding = kwargs.pop('border_mode', padding)
        pool_size = kwargs.pop('pool_length', pool_size)
        super().__init__(name=name, **kwargs)
        self.pool_size = standardize_tuple(pool_size, self.rank, 'pool_size')
        self.strides = standardize_tuple(pool_size if strides is None else strides, self.rank, 'strides')
        self.padding = standardize_padding(padding)
        self.data_format = config.standardize_data_format(data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)
        self.built = True

    def call(self, inputs):
        x = to_float(inputs)
        last = self.data_format == 'channels_last'
        x = channels_to_front(x) if last else x
        ones = (1,) * self.rank
        check_window(self, inputs, x.shape[2:], self.pool_size, self.strides, ones, self.padding, 'pool_size')
        x = layerscope.operator(self.mode, x, like=plain_class(x), kernel_shape=list(self.pool_size), strides=list(self.strides),
                                **padding_attributes(x.shape[2:], self.pool_size, self.strides, ones, self.padding))
        return channels_to_back(x) if last else x


class MaxPooling1D(BasePooling):
    rank = 1


class MaxPooling2D(BasePooling):
    rank = 2


class MaxPooling3D(BasePooling):
    rank = 3


class BaseAveragePooling(BasePooling):
    mode = 'AveragePool'


class AveragePooling1D(BaseAveragePooling):
    rank = 1


class AveragePooling2D(BaseAveragePooling):
    rank = 2


class AveragePooling3D(BaseAveragePooling):
    rank = 3


class BaseGlobalPooling(Layer):
    fields = ('data_format', 'keepdims')
    rank = 2
    mode = 'ReduceMean'

    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.data_format = config.standardize_data_format(data_format)
        self.keepdims = keepdims
        self.input_spec = InputSpec(ndim=self.rank + 2)
        self.supports_masking = True
        self.built = True

    def call(self, inputs):
        x = to_float(inputs)
        first = 1 if self.data_format == 'channels_last' else 2
        return layerscope.operator(self.mode, x, list(range(first, first + self.rank)), keepdims=int(self.keepdims), like=plain_class(x))


class GlobalAveragePooling1D(BaseGlobalPooling):
    rank = 1

    def call(self, inputs, mask=None):
        return super().call(inputs)


class GlobalAveragePooling2D(BaseGlobalPooling):
    rank = 2


class GlobalAveragePooling3D(BaseGlobalPooling):
    rank = 3


class GlobalMaxPooling1D(BaseGlobalPooling):
    rank = 1
    mode = 'ReduceMax'


class GlobalMaxPooling2D(BaseGlobalPooling):
    rank = 2
    mode = 'ReduceMax'


class GlobalMaxPooling3D(BaseGlobalPooling):
    rank = 3
    mode = 'ReduceMax'


class BaseAdaptivePooling(Layer):
    fields = ('output_size', 'data_format')
    rank = 2
    mode = 'AveragePool'

    def __init__(self, output_size, data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.output_size = standardize_tuple(output_size, self.rank, 'output_size')
        self.data_format = config.standardize_data_format(data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs):
        x = to_float(inputs)
        last = self.data_format == 'channels_last'
        x = channels_to_front(x) if last else x
        for axis, target in enumerate(self.output_size):
            x = self._pool_axis(x, axis, target)
        return channels_to_back(x) if last else x

    def _pool_axis(self, x, axis, target):
        """One axis to `target` windows, window i being [floor(i * size / target), ceil((i + 1) * size / target))."""
        size = x.shape[axis + 2]
        like = plain_class(x)
        if not layerscope.is_known(size):
            shape = list(x.shape)
            shape[axis + 2] = target
            return layerscope.gap('adaptive pooling of an axis of unknown size', x, shape=shape, dtype=x.dtype, like=like)
        if size % target == 0:
            window = [1] * self.rank
            window[axis] = size // target
            return layerscope.operator(self.mode, x, kernel_shape=window, strides=window, like=like)
        reduce = 'ReduceMean' if self.mode == 'AveragePool' else 'ReduceMax'
        parts = []
        for index in range(target):
            window = layerscope.operator('Slice', x, [index * size // target], [-(-(index + 1) * size // target)], [axis + 2], [1], like=like)
            parts.append(layerscope.operator(reduce, window, [axis + 2], keepdims=1, like=like))
        return layerscope.operator('Concat', *parts, axis=axis + 2, like=like)


class AdaptiveAveragePooling1D(BaseAdaptivePooling):
    rank = 1


class AdaptiveAveragePooling2D(BaseAdaptivePooling):
    rank = 2


class AdaptiveAveragePooling3D(BaseAdaptivePooling):
    rank = 3


class AdaptiveMaxPooling1D(BaseAdaptivePooling):
    rank = 1
    mode = 'MaxPool'


class AdaptiveMaxPooling2D(BaseAdaptivePooling):
    rank = 2
    mode = 'MaxPool'


class AdaptiveMaxPooling3D(BaseAdaptivePooling):
    rank = 3
    mode = 'MaxPool'


MaxPool1D, MaxPool2D, MaxPool3D = MaxPooling1D, MaxPooling2D, MaxPooling3D
AvgPool1D, AvgPool2D, AvgPool3D = AveragePooling1D, AveragePooling2D, AveragePooling3D
GlobalAvgPool1D, GlobalAvgPool2D, GlobalAvgPool3D = GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalAveragePooling3D
GlobalMaxPool1D, GlobalMaxPool2D, GlobalMaxPool3D = GlobalMaxPooling1D, GlobalMaxPooling2D, GlobalMaxPooling3D
