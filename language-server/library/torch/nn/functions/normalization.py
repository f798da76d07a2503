"""Normalisation by statistics of the batch, of channels, groups and trailing dimensions."""
import layerscope

from ...operations.checks import gap, list_text, only_floating, operator, product, ranked
from ...operations.selecting import plain_class
from ...operations.shaping import reshape_to


def filled(count, value, like):
    """`count` equal numbers, of the type of `like`."""
    return layerscope.constant([float(value)] * count, dtype='float32', like=plain_class(like)) if layerscope.is_known(count) else \
        operator('Expand', layerscope.constant(float(value), dtype='float32', like=plain_class(like)), [count])


def _per_channel(name, vector, channels):
    if vector is not None and ranked(vector):
        layerscope.require(vector.shape[0] == channels, RuntimeError(f'{name} should contain {channels} elements not {vector.shape[0]}'))


def batch_norm(input, running_mean=None, running_var=None, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05):
    if ranked(input):
        if len(input.shape) < 2:
            raise IndexError('Dimension out of range (expected to be in range of [-1, 0], but got 1)')
        channels = input.shape[1]
        if training:
            if layerscope.is_known(eps) and eps <= 0:
                raise ValueError(f'batch_norm eps must be positive during training, but got {eps}')
            per_channel = input.shape[0] * product(list(input.shape)[2:])
            single = per_channel == 1
            if layerscope.is_known(single) and single:
                raise ValueError(f'Expected more than 1 value per channel when training, got input size {tuple(input.shape)!r}')
        for name, vector in (('running_mean', running_mean), ('running_var', running_var), ('weight', weight), ('bias', bias)):
            _per_channel(name, vector, channels)
    else:
        channels = next((vector.shape[0] for vector in (weight, running_mean) if vector is not None), None)
        if channels is None:
            return gap('batch_norm of a tensor of unknown rank', input)
    if running_mean is None or running_var is None:
        if not training:
            raise RuntimeError('Expected running_mean and running_var to be defined when training=False')
        axes = [axis for axis in range(len(input.shape)) if axis != 1]
        return _scaled(_standardised(input, axes, eps), weight, bias, 1)
    scale = weight if weight is not None else filled(channels, 1.0, input)
    shift = bias if bias is not None else filled(channels, 0.0, input)
    return operator('BatchNormalization', input, scale, shift, running_mean, running_var, epsilon=float(eps), momentum=1.0 - (momentum if momentum is not None else 0.1))


def _standardised(input, axes, eps):
    only_floating(input, 'batch_norm')
    centred = operator('Sub', input, operator('ReduceMean', input, axes, keepdims=1))
    variance = operator('ReduceMean', operator('Mul', centred, centred), axes, keepdims=1)
    return operator('Div', centred, operator('Sqrt', operator('Add', variance, float(eps))))


def _scaled(input, weight, bias, axis):
    """Scales and shifts along one dimension."""
    tail = [1] * (len(input.shape) - axis - 1)
    if weight is not None:
        input = operator('Mul', input, reshape_to(weight, list(weight.shape) + tail))
    if bias is not None:
        input = operator('Add', input, reshape_to(bias, list(bias.shape) + tail))
    return input


def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05):
    if not use_input_stats:
        return batch_norm(input, running_mean, running_var, weight, bias, False, momentum, eps)
    if ranked(input):
        if len(input.shape) < 3:
            raise ValueError(f'Expected more than 1 spatial element when training, got input size {tuple(input.shape)!r}')
        single = product(list(input.shape)[2:]) == 1
        if layerscope.is_known(single) and single:
            raise ValueError(f'Expected more than 1 spatial element when training, got input size {tuple(input.shape)!r}')
        channels = input.shape[1]
        _per_channel('weight', weight, channels)
    else:
        channels = next((vector.shape[0] for vector in (weight, running_mean) if vector is not None), None)
        if channels is None:
            return gap('instance_norm of a tensor of unknown rank', input)
    scale = weight if weight is not None else filled(channels, 1.0, input)
    shift = bias if bias is not None else filled(channels, 0.0, input)
    return operator('InstanceNormalization', input, scale, shift, epsilon=float(eps))


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    shape = list(normalized_shape) if isinstance(normalized_shape, (tuple, list)) else [normalized_shape]
    _trailing(input, shape)
    only_floating(input, 'LayerNormKernelImpl')
    if weight is None and bias is None and not all([layerscope.is_known(size) for size in shape]):
        return _standardised(input, list(range(-len(shape), 0)), eps)
    scale = weight if weight is not None else _ones(shape, input)
    return operator('LayerNormalization', input, scale, bias, axis=-len(shape), epsilon=float(eps))


def _ones(shape, input):
    return operator('Expand', layerscope.constant(1.0, dtype='float32', like=plain_class(input)), shape)


def _trailing(input, shape):
    layerscope.expect(input, (None,) + tuple(shape))
    if not ranked(input):
        return
    own = list(input.shape)
    error = RuntimeError(f'Given normalized_shape={list_text(shape)}, expected input with shape [*, {", ".join([str(size) for size in shape])}], but got input of size{list_text(own)}')
    if len(own) < len(shape):
        raise error
    for size, wanted in zip(own[-len(shape):], shape):
        layerscope.require(size == wanted, layerscope.related(error, input, f'the input of shape {tuple(own)}'))


def rms_norm(input, normalized_shape, weight=None, eps=None):
    shape = list(normalized_shape) if isinstance(normalized_shape, (tuple, list)) else [normalized_shape]
    _trailing(input, shape)
    only_floating(input, 'rms_norm')
    eps = 1.1920928955078125e-07 if eps is None else eps
    square = operator('ReduceMean', operator('Mul', input, input), list(range(-len(shape), 0)), keepdims=1)
    result = operator('Div', input, operator('Sqrt', operator('Add', square, float(eps))))
    return result if weight is None else operator('Mul', result, weight)


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05):
    """Each group of channels as one channel of an instance norm, then scaled channel by channel."""
    channels = weight.shape[0] if weight is not None else None
    if not ranked(input):
        layerscope.expect(input, (None, channels))
        if not ranked(input):
            return input
    if len(input.shape) < 2:
        raise RuntimeError(f'Expected at least 2 dimensions for input tensor but received {len(input.shape)}')
    if num_groups <= 0:
        raise RuntimeError('Expected num groups to be greater than 0, got ' + str(num_groups))
    only_floating(input, 'GroupNormKernelImpl')
    channels = input.shape[1]
    layerscope.require(channels % num_groups == 0, RuntimeError(
        f'Expected number of channels in input to be divisible by num_groups, but got input of shape {list_text(input.shape)} and num_groups={num_groups}'))
    _weights_of(weight, channels, 'weight')
    _weights_of(bias, channels, 'bias')
    shape = list(input.shape)
    grouped = operator('Reshape', input, [shape[0], num_groups, -1])
    like = plain_class(input)
    ones = layerscope.constant([1.0] * num_groups, dtype='float32', like=like)
    zeros = layerscope.constant([0.0] * num_groups, dtype='float32', like=like)
    normal = operator('Reshape', operator('InstanceNormalization', grouped, ones, zeros, epsilon=float(eps)), shape)
    return _scaled(normal, weight, bias, 1)


def _weights_of(vector, channels, name):
    if vector is not None and ranked(vector):
        layerscope.require(vector.shape[0] == channels, RuntimeError(
            f'Expected {name} to be a vector of size equal to the number of channels in input, but got {name} of shape {list_text(vector.shape)} and input of shape with {channels} channels'))


def local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0):
    if ranked(input) and len(input.shape) < 3:
        raise ValueError(f'Expected 3D or higher dimensionality input (got {len(input.shape)} dimensions)')
    if size % 2 == 1 and ranked(input) and len(input.shape) == 4:
        return operator('LRN', input, size=size, alpha=float(alpha), beta=float(beta), bias=float(k))
    shape = list(input.shape)
    squares = operator('Reshape', operator('Mul', input, input), [shape[0], 1, shape[1], -1])
    padded = operator('Pad', squares, [0, 0, size // 2, 0, 0, 0, (size - 1) // 2, 0])
    means = operator('Reshape', operator('AveragePool', padded, kernel_shape=[size, 1], strides=[1, 1]), shape)
    return operator('Div', input, operator('Pow', operator('Add', operator('Mul', means, float(alpha)), float(k)), float(beta)))
