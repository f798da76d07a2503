"""Convolutions in one, two and three dimensions."""
import layerscope

from keras.src import activations, constraints, initializers, regularizers
from keras.src.backend import config
from keras.src.backend.tensors import cast, plain_class, to_float
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.shapes import is_none, whole
from keras.src.layers.windows import channels_to_back, channels_to_front, check_window, padding_attributes, standardize_padding, standardize_tuple


class BaseConv(Layer):
    fields = ('filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'groups', 'activation', 'use_bias',
              'kernel_initializer', 'bias_initializer')

    def __init__(self, rank, filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True,
                 kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.rank = rank
        filters = whole(filters)
        self.filters = filters
        self.groups = groups
        self.kernel_size = standardize_tuple(kernel_size, rank, 'kernel_size')
        self.strides = standardize_tuple(strides, rank, 'strides')
        self.dilation_rate = standardize_tuple(dilation_rate, rank, 'dilation_rate')
        self.padding = standardize_padding(padding, causal=rank == 1)
        self.data_format = config.standardize_data_format(data_format)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=rank + 2)
        name = self.__class__.__name__
        if layerscope.is_known(filters) and filters is not None and filters <= 0:
            raise ValueError(f"Invalid value for argument `filters`. Expected a strictly positive value. Received filters={filters}.")
        if layerscope.is_known(groups) and groups <= 0:
            raise ValueError(f"The number of groups must be a positive integer. Received: groups={groups}.")
        if filters is not None and layerscope.is_known(filters) and layerscope.is_known(groups) and filters % groups != 0:
            raise ValueError("The number of filters must be evenly divisible by the number of groups. "
                             f"Received: groups={groups}, filters={filters}.")
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError("`strides > 1` not supported in conjunction with `dilation_rate > 1`. "
                             f"Received: strides={self.strides} and dilation_rate={self.dilation_rate}")

    @property
    def _last(self):
        return self.data_format == 'channels_last'

    def build(self, input_shape):
        if len(input_shape) > self.rank + 2:
            raise layerscope.related(ValueError(f'Kernel shape must have the same length as input, but the layer "{self.name}" has a window over {self.rank} axes and received input of shape {input_shape}.'),
                                     self, f'layer "{self.name}" is made here')
        axis = -1 if self._last else 1
        channels = input_shape[axis]
        if is_none(channels):
            raise ValueError(f"The channel dimension of the inputs should be defined. Found None. Full input shape received: input_shape={input_shape}")
        self.input_spec = InputSpec(min_ndim=self.rank + 2, axes={axis: channels})
        layerscope.require(channels % self.groups == 0, layerscope.related(ValueError(
            "The number of input channels must be evenly divisible by the number of groups. "
            f"Received groups={self.groups}, but the input has {channels} channels (full input shape is {input_shape})."), self, f'layer "{self.name}" is made here'))
        self._add_kernel(channels)
        self._add_bias()
        self.built = True

    def _add_kernel(self, channels):
        self.kernel = self.add_weight(name='kernel', shape=self.kernel_size + (channels // self.groups, self.filters), initializer=self.kernel_initializer)

    def _add_bias(self):
        self.bias = self.add_weight(name='bias', shape=(self.filters,), initializer=self.bias_initializer) if self.use_bias else None

    def _to_front(self, inputs):
        """The input in ONNX's layout."""
        x = to_float(inputs)
        return channels_to_front(x) if self._last else x

    def _to_back(self, x):
        return channels_to_back(x) if self._last else x

    def _convolve(self, x, kernel, bias, groups):
        sizes = x.shape[2:]
        check_window(self, x, sizes, self.kernel_size, self.strides, self.dilation_rate, self.padding, 'kernel_size')
        return layerscope.operator('Conv', x, kernel, bias, like=plain_class(x), group=groups, strides=list(self.strides), dilations=list(self.dilation_rate),
                                   kernel_shape=list(self.kernel_size), **padding_attributes(sizes, self.kernel_size, self.strides, self.dilation_rate, self.padding))

    def call(self, inputs):
        x = self._to_front(inputs)
        kernel = layerscope.operator('Transpose', cast(self.kernel, x.dtype), perm=[self.rank + 1, self.rank] + list(range(self.rank)))
        x = self._convolve(x, kernel, self.bias, self.groups)
        return self._activated(self._to_back(x))


class Conv1D(BaseConv):
    def __init__(self, filters=None, kernel_size=None, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True,
                 kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 kernel_constraint=None, bias_constraint=None, **kwargs):
        filters, kernel_size, strides, padding = _old(self, kwargs, filters, kernel_size, strides, padding)
        super().__init__(1, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer,
                         bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, **kwargs)


class Conv2D(BaseConv):
    def __init__(self, filters=None, kernel_size=None, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1), groups=1, activation=None, use_bias=True,
                 kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 kernel_constraint=None, bias_constraint=None, **kwargs):
        filters, kernel_size, strides, padding = _old(self, kwargs, filters, kernel_size, strides, padding)
        super().__init__(2, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer,
                         bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, **kwargs)


class Conv3D(BaseConv):
    def __init__(self, filters, kernel_size, strides=(1, 1, 1), padding='valid', data_format=None, dilation_rate=(1, 1, 1), groups=1, activation=None,
                 use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(3, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer,
                         bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, **kwargs)


_FORMER = ('border_mode', 'subsample', 'subsample_length', 'init', 'bias', 'dim_ordering', 'W_regularizer', 'b_regularizer', 'W_constraint', 'b_constraint')


def _old(layer, kwargs, filters, kernel_size, strides, padding):
    """(filters, kernel_size, strides, padding), also where they are given as Keras 1 had it: `Convolution2D(32, 3, 3, border_mode='same')`."""
    filters = kwargs.pop('nb_filter', filters)
    kernel_size = kwargs.pop('filter_length', kernel_size)
    if 'nb_row' in kwargs and 'nb_col' in kwargs:
        kernel_size = (kwargs.pop('nb_row'), kwargs.pop('nb_col'))
    former = {name: kwargs.pop(name) for name in _FORMER if name in kwargs}
    if former and isinstance(kernel_size, int) and isinstance(strides, int) and layer.__class__.__name__ == 'Conv2D':
        kernel_size, strides = (kernel_size, strides), 1
    missing = [f"'{name}'" for name, value in (('filters', filters), ('kernel_size', kernel_size)) if value is None]
    if missing:
        raise TypeError(f"{layer.__class__.__name__}.__init__() missing {len(missing)} required positional argument{'s' if len(missing) > 1 else ''}: {' and '.join(missing)}")
    return filters, kernel_size, former.get('subsample', former.get('subsample_length', strides)), former.get('border_mode', padding)


class BaseConvTranspose(BaseConv):
    fields = tuple([field for field in BaseConv.fields if field != 'groups']) + ('output_padding',)

    def __init__(self, rank, filters, kernel_size, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1, activation=None,
                 use_bias=True, **kwargs):
        super().__init__(rank, filters, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias, **kwargs)
        self.output_padding = None if output_padding is None else standardize_tuple(output_padding, rank, 'output_padding', zero=True)
        if self.output_padding is not None:
            for stride, extra in zip(self.strides, self.output_padding):
                if layerscope.is_known(extra) and extra >= stride:
                    raise ValueError(f"The value of `output_padding` must be less than the value of `strides`. Received: output_padding={output_padding}, strides={strides}")

    def _add_kernel(self, channels):
        self.kernel = self.add_weight(name='kernel', shape=self.kernel_size + (self.filters, channels), initializer=self.kernel_initializer)

    def call(self, inputs):
        x = self._to_front(inputs)
        kernel = layerscope.operator('Transpose', cast(self.kernel, x.dtype), perm=[self.rank + 1, self.rank] + list(range(self.rank)))
        before, after, extra = [], [], []
        for axis in range(self.rank):
            low, high, more = _transposed_padding(self.kernel_size[axis], self.strides[axis], self.dilation_rate[axis], self.padding,
                                                  None if self.output_padding is None else self.output_padding[axis])
            before.append(low)
            after.append(high)
            extra.append(more)
        x = layerscope.operator('ConvTranspose', x, kernel, self.bias, like=plain_class(x), strides=list(self.strides), dilations=list(self.dilation_rate),
                                kernel_shape=list(self.kernel_size), pads=before + after, output_padding=extra)
        return self._activated(self._to_back(x))


def _transposed_padding(kernel, stride, dilation, padding, output_padding):
    """(pads before, pads after, additional size after) of ONNX's ConvTranspose for Keras's output:
    `same` gives size * stride, `valid` gives size * stride + max(kernel - stride, 0); with an output padding p, `same` gives
    (size - 1) * stride + kernel - 2 * (kernel // 2) + p and `valid` (size - 1) * stride + kernel + p."""
    reach = (kernel - 1) * dilation + 1
    if output_padding is None:
        if padding == 'valid':
            return 0, 0, max(stride - reach, 0)
        total = reach - stride
        if total < 0:
            return 0, 0, -total
        return total // 2, total - total // 2, 0
    if padding == 'valid':
        return 0, 0, output_padding
    total = 2 * (kernel // 2) * dilation - output_padding
    return (0, 0, -total) if total < 0 else (total // 2, total - total // 2, 0)


class Conv1DTranspose(BaseConvTranspose):
    def __init__(self, filters, kernel_size, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1, activation=None, use_bias=True, **kwargs):
        super().__init__(1, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, **kwargs)


class Conv2DTranspose(BaseConvTranspose):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding='valid', output_padding=None, data_format=None, dilation_rate=(1, 1), activation=None,
                 use_bias=True, **kwargs):
        super().__init__(2, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, **kwargs)


class Conv3DTranspose(BaseConvTranspose):
    def __init__(self, filters, kernel_size, strides=(1, 1, 1), padding='valid', output_padding=None, data_format=None, dilation_rate=(1, 1, 1), activation=None,
                 use_bias=True, **kwargs):
        super().__init__(3, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, **kwargs)


class BaseDepthwiseConv(BaseConv):
    fields = ('kernel_size', 'strides', 'padding', 'depth_multiplier', 'data_format', 'dilation_rate', 'activation', 'use_bias')

    def __init__(self, rank, kernel_size, strides=1, padding='valid', depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True,
                 depthwise_initializer='glorot_uniform', bias_initializer='zeros', depthwise_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(rank, None, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias, depthwise_initializer,
                         bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint, bias_constraint, **kwargs)
        self.depth_multiplier = depth_multiplier

    def _add_kernel(self, channels):
        self.channels = channels
        self.kernel = self.add_weight(name='kernel', shape=self.kernel_size + (channels, self.depth_multiplier), initializer=self.kernel_initializer)

    def _add_bias(self):
        self.bias = self.add_weight(name='bias', shape=(self.channels * self.depth_multiplier,), initializer=self.bias_initializer) if self.use_bias else None

    def call(self, inputs):
        x = depthwise(self, self._to_front(inputs), self.kernel, self.bias)
        return self._activated(self._to_back(x))


def depthwise(layer, x, kernel, bias):
    """A convolution of each channel by itself: Keras's kernel (window, channels, multiplier) becomes ONNX's (channels * multiplier, 1, window)."""
    rank = layer.rank
    front = layerscope.operator('Transpose', cast(kernel, x.dtype), perm=[rank, rank + 1] + list(range(rank)))
    channels = layer.channels
    front = layerscope.operator('Reshape', front, [channels * layer.depth_multiplier, 1] + list(layer.kernel_size))
    return layer._convolve(x, front, bias, channels)


class DepthwiseConv1D(BaseDepthwiseConv):
    def __init__(self, kernel_size, strides=1, padding='valid', depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True, **kwargs):
        super().__init__(1, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, **kwargs)


class DepthwiseConv2D(BaseDepthwiseConv):
    def __init__(self, kernel_size, strides=(1, 1), padding='valid', depth_multiplier=1, data_format=None, dilation_rate=(1, 1), activation=None, use_bias=True, **kwargs):
        super().__init__(2, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, **kwargs)


class BaseSeparableConv(BaseConv):
    fields = ('filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'depth_multiplier', 'activation', 'use_bias')

    def __init__(self, rank, filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, depth_multiplier=1, activation=None,
                 use_bias=True, depthwise_initializer='glorot_uniform', pointwise_initializer='glorot_uniform', bias_initializer='zeros',
                 depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None,
                 pointwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(rank, filters, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias, depthwise_initializer,
                         bias_initializer, **kwargs)
        self.depth_multiplier = depth_multiplier
        self.pointwise_initializer = initializers.get(pointwise_initializer)

    def _add_kernel(self, channels):
        self.channels = channels
        self.depthwise_kernel = self.add_weight(name='depthwise_kernel', shape=self.kernel_size + (channels, self.depth_multiplier), initializer=self.kernel_initializer)
        self.pointwise_kernel = self.add_weight(name='pointwise_kernel', shape=(1,) * self.rank + (channels * self.depth_multiplier, self.filters),
                                                initializer=self.pointwise_initializer)

    def call(self, inputs):
        x = depthwise(self, self._to_front(inputs), self.depthwise_kernel, None)
        point = layerscope.operator('Transpose', cast(self.pointwise_kernel, x.dtype), perm=[self.rank + 1, self.rank] + list(range(self.rank)))
        x = layerscope.operator('Conv', x, point, self.bias, like=plain_class(x), kernel_shape=[1] * self.rank)
        return self._activated(self._to_back(x))


class SeparableConv1D(BaseSeparableConv):
    def __init__(self, filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, depth_multiplier=1, activation=None, use_bias=True, **kwargs):
        super().__init__(1, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, **kwargs)


class SeparableConv2D(BaseSeparableConv):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1), depth_multiplier=1, activation=None,
                 use_bias=True, **kwargs):
        super().__init__(2, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, **kwargs)


Convolution1D, Convolution2D, Convolution3D = Conv1D, Conv2D, Conv3D
Convolution1DTranspose, Convolution2DTranspose, Convolution3DTranspose = Conv1DTranspose, Conv2DTranspose, Conv3DTranspose
Deconvolution2D = Conv2DTranspose
DepthwiseConvolution1D, DepthwiseConvolution2D = DepthwiseConv1D, DepthwiseConv2D
SeparableConvolution1D, SeparableConvolution2D = SeparableConv1D, SeparableConv2D
