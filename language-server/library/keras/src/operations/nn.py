"""keras.ops: the functions of networks."""
import layerscope

from keras.src.activations import (
    celu, elu, gelu as gelu_activation, glu, hard_shrink, hard_sigmoid, hard_silu, hard_swish, hard_tanh, leaky_relu, log_sigmoid, log_softmax, relu, relu6, selu, sigmoid, silu,
    soft_shrink, softmax, softplus, softsign, sparse_plus, sparse_sigmoid, sparsemax, squareplus, swish, tanh_shrink, threshold)
from keras.src.backend import config
from keras.src.backend.tensors import Tensor, cast as cast_tensor, convert, plain_class, to_float
from keras.src.operations import numpy as knp
from keras.src.operations.core import emit, operation


def gelu(x, approximate=True):
    # unlike the activation of the same name, the function takes the approximation unless told otherwise
    return gelu_activation(x, approximate)


def _made(cls, inputs, *args, **kwargs):
    """A layer's computation without its name: the operators of a pooling layer, applied."""
    from keras.src.operations.operation import within
    from keras.src.utils.naming import _counters
    before = dict(_counters)
    layer = cls(*args, **kwargs)
    _counters.clear()
    _counters.update(before)
    return within(layer.call, (inputs,), {})


def _pool(kind, inputs, pool_size, strides, padding, data_format):
    from keras.src.layers import pooling
    rank = len(inputs.shape) - 2
    return _made(getattr(pooling, f'{kind}Pooling{rank}D'), inputs, pool_size, strides, padding, data_format)


@operation('MaxPool')
def max_pool(inputs, pool_size, strides=None, padding='valid', data_format=None):
    return _pool('Max', convert(inputs), pool_size, strides, padding, data_format)


@operation('AveragePool')
def average_pool(inputs, pool_size, strides=None, padding='valid', data_format=None):
    return _pool('Average', convert(inputs), pool_size, strides, padding, data_format)


def _convolve(cls, inputs, arguments, **weights):
    """The call of a convolution layer whose weights are given."""
    from keras.src.operations.operation import within
    from keras.src.utils.naming import _counters
    before = dict(_counters)
    layer = cls(**arguments)
    _counters.clear()
    _counters.update(before)
    layer.bias = None
    for name, value in weights.items():
        setattr(layer, name, value)
    layer.built = True
    return within(layer.call, (inputs,), {})


@operation('Conv')
def conv(inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1):
    from keras.src.layers import convolutional
    inputs, kernel = to_float(inputs), to_float(kernel)
    rank = len(inputs.shape) - 2
    channels = inputs.shape[-1 if config.standardize_data_format(data_format) == 'channels_last' else 1]
    inner = kernel.shape[-2]
    layerscope.require(channels % inner == 0, ValueError(
        f"The number of input channels must be evenly divisible by kernel's in_channels. Received input channels {channels} and kernel in_channels {inner}."))
    return _convolve(getattr(convolutional, f'Conv{rank}D'), inputs, {
        'filters': kernel.shape[-1], 'kernel_size': tuple(kernel.shape[:rank]), 'strides': strides, 'padding': padding, 'data_format': data_format,
        'dilation_rate': dilation_rate, 'groups': channels // inner}, kernel=kernel)


@operation('DepthwiseConv')
def depthwise_conv(inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1):
    from keras.src.layers import convolutional
    inputs, kernel = to_float(inputs), to_float(kernel)
    rank = len(inputs.shape) - 2
    return _convolve(getattr(convolutional, f'DepthwiseConv{rank}D'), inputs, {
        'kernel_size': tuple(kernel.shape[:rank]), 'strides': strides, 'padding': padding, 'data_format': data_format, 'dilation_rate': dilation_rate,
        'depth_multiplier': kernel.shape[-1]}, kernel=kernel, channels=kernel.shape[-2])


@operation('ConvTranspose')
def conv_transpose(inputs, kernel, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1):
    from keras.src.layers import convolutional
    inputs, kernel = to_float(inputs), to_float(kernel)
    rank = len(inputs.shape) - 2
    return _convolve(getattr(convolutional, f'Conv{rank}DTranspose'), inputs, {
        'filters': kernel.shape[-2], 'kernel_size': tuple(kernel.shape[:rank]), 'strides': strides, 'padding': padding, 'output_padding': output_padding,
        'data_format': data_format, 'dilation_rate': dilation_rate}, kernel=kernel)


def separable_conv(inputs, depthwise_kernel, pointwise_kernel, strides=1, padding='valid', data_format=None, dilation_rate=1):
    made = depthwise_conv(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    return conv(made, pointwise_kernel, 1, 'valid', data_format)


@operation('OneHot')
def one_hot(x, num_classes, axis=-1, dtype=None, sparse=False):
    x = convert(x)
    made = emit('OneHot', cast_tensor(x, 'int64'), [num_classes], layerscope.constant([0.0, 1.0], 'float32'), axis=axis)
    return cast_tensor(made, dtype) if dtype is not None else made


def multi_hot(inputs, num_classes, axis=-1, dtype=None, sparse=False):
    return knp.max(one_hot(inputs, num_classes), axis=-2)


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    from keras.src import losses
    return losses.categorical_crossentropy(target, output, from_logits, axis=axis)


def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    from keras.src import losses
    return losses.sparse_categorical_crossentropy(target, output, from_logits, axis=axis)


def binary_crossentropy(target, output, from_logits=False):
    from keras.src.losses.matching import require_same_shape
    require_same_shape(convert(target), convert(output))
    return -(target * knp.log(output))


def moments(x, axes, keepdims=False, synchronized=False):
    return knp.mean(x, axes, keepdims), knp.var(x, axes, keepdims)


@operation('BatchNorm')
def batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=1e-3):
    x = to_float(x)
    shape = [1] * len(x.shape)
    shape[axis] = x.shape[axis]
    made = (x - knp.reshape(mean, shape)) / knp.sqrt(knp.reshape(variance, shape) + epsilon)
    if scale is not None:
        made = made * knp.reshape(scale, shape)
    return made if offset is None else made + knp.reshape(offset, shape)


@operation('LayerNorm')
def layer_normalization(x, gamma=None, beta=None, axis=-1, epsilon=None, **kwargs):
    from keras.src.layers.normalization import normalize
    x = to_float(x)
    return normalize(x, [axis % len(x.shape)] if isinstance(axis, int) else sorted([one % len(x.shape) for one in axis]), epsilon or 1e-3, gamma, beta)


@operation('RMSNorm')
def rms_normalization(x, scale=None, axis=-1, epsilon=None):
    from keras.src.layers.normalization import _scaled
    return _scaled(to_float(x), [axis % len(x.shape)], epsilon or 1e-6, scale)


@operation('Normalize')
def normalize(x, axis=-1, order=2, epsilon=None):
    x = to_float(x)
    if order == 1:
        size = knp.sum(knp.absolute(x), axis, True)
    else:
        size = knp.sqrt(knp.sum(x * x, axis, True))
    return x / knp.maximum(size, 1e-12)


def l2_normalize(x, axis=-1, epsilon=None):
    return normalize(x, axis)


def psnr(x1, x2, max_val):
    return layerscope.gap('psnr', convert(x1), convert(x2), shape=[], dtype='float32', like=plain_class(x1, x2))


def ctc_loss(target, output, target_length, output_length, mask_index=0):
    return layerscope.gap('a CTC loss', convert(output), shape=[output.shape[0]], dtype='float32', like=plain_class(output))


def ctc_decode(*args, **kwargs):
    return layerscope.unknown('what ctc_decode returns')


@operation('DotProductAttention')
def dot_product_attention(query, key, value, bias=None, mask=None, scale=None, is_causal=False, flash_attention=None, attn_logits_soft_cap=None):
    query, key, value = to_float(query), to_float(key), to_float(value)
    scale = 1.0 / query.shape[-1] ** 0.5 if scale is None else scale
    scores = knp.einsum('btnh,bsnh->bnts', query, key) * scale
    if bias is not None:
        scores = scores + bias
    if mask is not None:
        scores = knp.where(mask, scores, -1e30)
    return knp.einsum('bnts,bsnh->btnh', softmax(scores), value)


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    return layerscope.gap('unfold', convert(input), dtype=input.dtype, like=plain_class(input))


def polar(abs_, angle):
    return layerscope.gap('complex numbers', convert(abs_), shape=list(abs_.shape), dtype='complex64', like=plain_class(abs_))
