"""tf.nn."""
import layerscope

from keras.src.activations import elu as _elu, gelu as _gelu, leaky_relu as _leaky_relu, log_softmax as _log_softmax, relu as _relu, relu6 as _relu6, selu as _selu, sigmoid as _sigmoid, silu as _silu
from keras.src.activations import softmax as _softmax
from keras.src.backend.tensors import Tensor, check_types, plain_class, same_shape, to_float
from keras.src.backend.tensors import cast as _cast
from keras.src.layers.cells import LSTMCell as _LSTMCell
from keras.src.operations import nn as _nn
from keras.src.operations import numpy as knp
from tensorflow.conversion import convert, require_whole, taking
from tensorflow.functions import softplus, softsign, tanh


elu, gelu = taking(_elu), taking(_gelu)


def relu(features, name=None):
    return _relu(convert(features))


def relu6(features, name=None):
    return _relu6(convert(features))


def selu(features, name=None):
    return _selu(convert(features))


def sigmoid(x, name=None):
    return _sigmoid(convert(x))


def silu(features, beta=1.0):
    return _silu(convert(features))


swish = silu


def leaky_relu(features, alpha=0.2, name=None):
    return _leaky_relu(convert(features), alpha)


def softmax(logits, axis=None, name=None, dim=None):
    return _softmax(convert(logits), -1 if axis is None else axis)


def log_softmax(logits, axis=None, name=None):
    return _log_softmax(convert(logits), -1 if axis is None else axis)


def dropout(x, rate=None, noise_shape=None, seed=None, name=None, keep_prob=None):
    return knp.copy(convert(x))


def bias_add(value, bias, data_format=None, name=None):
    value, bias = convert(value), convert(bias)
    axis = 1 if data_format in ('NCHW', 'NCW') else -1
    layerscope.require(value.shape[axis] == bias.shape[0], ValueError(f"Dimensions must be equal, but are {value.shape[axis]} and {bias.shape[0]} for BiasAdd with input shapes: {list(value.shape)}, {list(bias.shape)}."))
    return value + (bias if axis == -1 else knp.reshape(bias, [-1] + [1] * (len(value.shape) - 2)))


def _spatial(value, rank, data_format):
    """The sizes of a window or stride over the spatial axes, from TensorFlow's list over all axes."""
    if value is None or isinstance(value, int):
        return value
    value = list(value)
    if len(value) == rank + 2:
        value = value[2:] if data_format is not None and data_format.startswith('NC') else value[1:-1]
    return tuple(value) if len(value) == rank else value[0]


def _format(data_format):
    return 'channels_first' if data_format is not None and data_format.startswith('NC') else 'channels_last'


def conv2d(input, filters=None, strides=1, padding='VALID', data_format='NHWC', dilations=None, name=None, filter=None):
    x, kernel = convert(input), convert(filters if filters is not None else filter)
    channels = x.shape[-1 if _format(data_format) == 'channels_last' else 1]
    if isinstance(padding, (list, tuple)):
        x, padding = knp.pad(x, padding), 'VALID'
    layerscope.require(channels % kernel.shape[2] == 0, ValueError(
        f"Depth of input ({channels}) is not a multiple of input depth of filter ({kernel.shape[2]}) for Conv2D with input shapes: {list(x.shape)}, {list(kernel.shape)}."))
    return _nn.conv(x, kernel, _spatial(strides, 2, data_format), padding.lower(), _format(data_format), _spatial(dilations, 2, data_format) or 1)


def conv1d(input, filters, stride=1, padding='VALID', data_format='NWC', dilations=None, name=None):
    return _nn.conv(convert(input), convert(filters), _spatial(stride, 1, data_format), padding.lower(), _format(data_format), _spatial(dilations, 1, data_format) or 1)


def conv3d(input, filters, strides, padding, data_format='NDHWC', dilations=None, name=None):
    return _nn.conv(convert(input), convert(filters), _spatial(strides, 3, data_format), padding.lower(), _format(data_format), _spatial(dilations, 3, data_format) or 1)


def conv2d_transpose(input, filters, output_shape, strides, padding='SAME', data_format='NHWC', dilations=None, name=None):
    return _nn.conv_transpose(convert(input), convert(filters), _spatial(strides, 2, data_format), padding.lower(), None, _format(data_format))


def depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None):
    return _nn.depthwise_conv(convert(input), convert(filter), _spatial(strides, 2, data_format), padding.lower(), _format(data_format), dilations or 1)


def _pooling(function, rank):
    def pool(input, ksize, strides, padding, data_format=None, name=None):
        return function(convert(input), _spatial(ksize, rank, data_format), _spatial(strides, rank, data_format), padding.lower(), _format(data_format))
    return pool


max_pool2d, avg_pool2d = _pooling(_nn.max_pool, 2), _pooling(_nn.average_pool, 2)
max_pool, avg_pool = max_pool2d, avg_pool2d
max_pool1d, avg_pool1d, max_pool3d, avg_pool3d = _pooling(_nn.max_pool, 1), _pooling(_nn.average_pool, 1), _pooling(_nn.max_pool, 3), _pooling(_nn.average_pool, 3)


def l2_normalize(x, axis=None, epsilon=1e-12, name=None, dim=None):
    return _nn.normalize(convert(x), -1 if axis is None else axis)


def moments(x, axes, shift=None, keepdims=False, name=None):
    return _nn.moments(convert(x), axes, keepdims)


def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None):
    made = (x - mean) * knp.rsqrt(variance + variance_epsilon)
    made = made if scale is None else made * scale
    return made if offset is None else made + offset


def embedding_lookup(params, ids, max_norm=None, name=None):
    return knp.take(convert(params), ids, 0)


def l2_loss(t, name=None):
    return knp.sum(knp.square(convert(t))) / 2.0


def _same(labels, logits):
    labels, logits = convert(labels), convert(logits)
    if layerscope.is_known(labels.shape) and layerscope.is_known(logits.shape):
        if len(labels.shape) != len(logits.shape) or not same_shape(labels.shape, logits.shape):
            error = ValueError(f"`logits` and `labels` must have the same shape, received ({logits.shape} vs {labels.shape}).")
            raise layerscope.related(layerscope.related(error, logits, f'the logits of shape {logits.shape} are made here'), labels, f'the labels of shape {labels.shape} are made here')
    return labels, to_float(logits)


def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None):
    labels, logits = _same(labels, logits)
    check_types('Mul', [logits, labels])
    return knp.maximum(logits, 0.0) - logits * labels + knp.log1p(knp.exp(-knp.abs(logits)))


def softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None):
    logits = to_float(logits)
    labels = _cast(labels, logits.dtype) if logits.dtype is not None else convert(labels)
    if layerscope.is_known(labels.shape) and layerscope.is_known(logits.shape) and len(labels.shape) == len(logits.shape):
        for a, b in zip(labels.shape, logits.shape):
            if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1 and b != 1:
                raise ValueError(f"logits and labels must be broadcastable: logits_size={list(logits.shape)} labels_size={list(labels.shape)}")
    return -knp.sum(labels * _log_softmax(logits), axis)


softmax_cross_entropy_with_logits_v2 = softmax_cross_entropy_with_logits


def sparse_softmax_cross_entropy_with_logits(labels=None, logits=None, name=None):
    labels, logits = require_whole(labels, 'the labels', ('int32', 'int64')), to_float(logits)
    if layerscope.is_known(labels.shape) and layerscope.is_known(logits.shape):
        if len(labels.shape) != len(logits.shape) - 1:
            raise ValueError(f"`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: labels.shape={labels.shape} of rank {len(labels.shape)} and logits.shape={logits.shape} of rank {len(logits.shape)}")
        for a, b in zip(labels.shape, logits.shape):
            layerscope.require(a == b, ValueError(f"`labels.shape` must equal `logits.shape` except for the last dimension. Received: labels.shape={labels.shape} and logits.shape={logits.shape}"))
    return -knp.squeeze(knp.take_along_axis(_log_softmax(logits), knp.expand_dims(labels, -1), -1), -1)


def top_k(input, k=1, sorted=True, name=None):
    return knp.top_k(input, k)


def in_top_k(predictions, targets, k, name=None):
    from keras.src.operations.math import in_top_k
    return in_top_k(targets, predictions, k)


def ctc_loss(*args, **kwargs):
    return layerscope.unknown('a CTC loss')


ctc_greedy_decoder = ctc_beam_search_decoder = nce_loss = sampled_softmax_loss = ctc_loss


def space_to_depth(input, block_size, data_format='NHWC', name=None):
    x = convert(input)
    b, h, w, c = x.shape
    made = knp.reshape(x, [b, h // block_size, block_size, w // block_size, block_size, c])
    return knp.reshape(knp.transpose(made, [0, 1, 3, 2, 4, 5]), [b, h // block_size, w // block_size, block_size * block_size * c])


def depth_to_space(input, block_size, data_format='NHWC', name=None):
    x = convert(input)
    b, h, w, c = x.shape
    made = knp.reshape(x, [b, h, w, block_size, block_size, c // (block_size * block_size)])
    return knp.reshape(knp.transpose(made, [0, 1, 3, 2, 4, 5]), [b, h * block_size, w * block_size, c // (block_size * block_size)])


def zero_fraction(value, name=None):
    return knp.mean(convert(value))


def local_response_normalization(input, *args, **kwargs):
    return layerscope.gap('local response normalisation', convert(input), shape=list(input.shape), dtype=input.dtype, like=plain_class(input))


lrn = local_response_normalization


def __getattr__(name):
    if name in ('rnn_cell', 'dynamic_rnn'):
        from tensorflow.compat.v1 import nn as first
        return getattr(first, name)
    return layerscope.missing('tensorflow.nn', name)
