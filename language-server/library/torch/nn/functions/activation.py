"""Activations."""
import layerscope

from ... import types
from ..._in_place import put
from ...operations import pointwise
from ...operations.checks import cast, dimension, gap, operator, ranked, typed


def _inplace(result, input, inplace):
    if inplace:
        put(input, result)
        return input
    return result


def _activation(type):
    def activation(input, inplace=False):
        return _inplace(operator(type, input), input, inplace)
    return activation


relu = _activation('Relu')
mish, hardswish = _activation('Mish'), _activation('HardSwish')
sigmoid, tanh = pointwise.sigmoid, pointwise.tanh


def softsign(input):
    return operator('Softsign', input)


def relu6(input, inplace=False):
    return _inplace(operator('Clip', input, 0.0, 6.0), input, inplace)


def silu(input, inplace=False):
    return _inplace(operator('Mul', input, operator('Sigmoid', input)), input, inplace)


def gelu(input, approximate='none'):
    if approximate not in ('none', 'tanh'):
        raise RuntimeError('approximate argument must be either none or tanh.')
    return operator('Gelu', input, approximate=approximate)


def leaky_relu(input, negative_slope=0.01, inplace=False):
    return _inplace(operator('LeakyRelu', input, alpha=float(negative_slope)), input, inplace)


def elu(input, alpha=1.0, inplace=False):
    return _inplace(operator('Elu', input, alpha=float(alpha)), input, inplace)


def celu(input, alpha=1.0, inplace=False):
    return _inplace(operator('Celu', input, alpha=float(alpha)), input, inplace)


def selu(input, inplace=False):
    return _inplace(operator('Selu', input), input, inplace)


def rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False):
    # outside of training the slope is the middle of its range
    return leaky_relu(input, (lower + upper) / 2, inplace)


def hardsigmoid(input, inplace=False):
    return _inplace(operator('HardSigmoid', input, alpha=1 / 6, beta=0.5), input, inplace)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    return _inplace(operator('Clip', input, float(min_val), float(max_val)), input, inplace)


def softplus(input, beta=1.0, threshold=20.0):
    scaled = input if beta == 1 else operator('Mul', input, float(beta))
    smooth = operator('Softplus', scaled)
    smooth = smooth if beta == 1 else operator('Div', smooth, float(beta))
    if threshold >= 20:
        # behind the default threshold the two branches differ by less than float32 shows
        return smooth
    return operator('Where', operator('Greater', scaled, float(threshold)), input, smooth)


def logsigmoid(input):
    return operator('Neg', operator('Softplus', operator('Neg', input)))


def softshrink(input, lambd=0.5):
    return operator('Shrink', input, bias=float(lambd), lambd=float(lambd))


def hardshrink(input, lambd=0.5):
    return operator('Shrink', input, bias=0.0, lambd=float(lambd))


def tanhshrink(input):
    return operator('Sub', input, operator('Tanh', input))


def threshold(input, threshold, value, inplace=False):
    result = pointwise.where(pointwise.gt(input, threshold), input, float(value))
    return _inplace(result, input, inplace)


def prelu(input, weight):
    count = weight.shape[0] if len(weight.shape) else 1
    if ranked(input) and layerscope.is_known(count) and count != 1:
        if len(input.shape) == 0:
            raise RuntimeError('Not allow zero-dim input tensor.')
        channels = input.shape[1] if len(input.shape) > 1 else 1
        layerscope.require(channels == count, RuntimeError(f'Mismatch of parameter numbers and input channel size. Found parameter numbers = {count} and channel size = {channels}.'))
        weight = operator('Reshape', weight, [count] + [1] * (len(input.shape) - 2))
    elif ranked(input) and len(input.shape) == 0:
        weight = operator('Squeeze', weight)
    return operator('PRelu', input, weight)


def glu(input, dim=-1):
    if not ranked(input):
        return gap('glu of a tensor of unknown rank', input)
    dim = dimension(dim, len(input.shape))
    size = input.shape[dim]
    layerscope.require(size % 2 == 0, RuntimeError(f'Halving dimension must be even, but dimension {dim} is size {size}'))
    left, right = operator('Split', input, axis=dim, num_outputs=2, outputs=2)
    return operator('Mul', left, operator('Sigmoid', right))


def _axis(input, dim):
    if dim is None:
        # the old rule for a dimension that is not given
        rank = len(input.shape)
        return 0 if rank in (0, 1, 3) else 1
    return dimension(dim, len(input.shape)) if ranked(input) else dim


def _of_real(input, dtype, name):
    if dtype is not None:
        return cast(input, dtype)
    if typed(input) and input.dtype.category < 2:
        from ...operations.checks import dtype_name
        raise NotImplementedError(f'"{name}" not implemented for \'{dtype_name(input)}\'')
    return input


def _normalised(type, input, dim):
    axis = _axis(input, dim)
    if ranked(input) and len(input.shape) == 0:
        return operator('Squeeze', operator(type, operator('Unsqueeze', input, [0]), axis=0), [0])
    return operator(type, input, axis=axis)


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _normalised('Softmax', _of_real(input, dtype, 'softmax_lastdim_kernel_impl'), dim)


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    return softmax(operator('Neg', input), dim, dtype=dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _normalised('LogSoftmax', _of_real(input, dtype, 'log_softmax_lastdim_kernel_impl'), dim)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    drawn = operator('RandomUniformLike', logits, low=1e-10, high=1.0)
    noise = operator('Neg', operator('Log', operator('Neg', operator('Log', drawn))))
    soft = softmax(pointwise.div(pointwise.add(logits, noise), tau), dim)
    if not hard:
        return soft
    highest = operator('ReduceMax', soft, [_axis(soft, dim)], keepdims=1)
    return cast(operator('Equal', soft, highest), logits.dtype)


def dropout(input, p=0.5, training=True, inplace=False):
    if p < 0.0 or p > 1.0:
        raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')
    return operator('Dropout', input, layerscope.constant(float(p), dtype='float32', like=layerscope.Value))


def feature_dropout(input, p=0.5, training=True, inplace=False):
    if ranked(input) and len(input.shape) < 2:
        raise RuntimeError('Feature dropout requires at least 2 dimensions in the input')
    return dropout(input, p, training, inplace)


alpha_dropout = dropout
feature_alpha_dropout = dropout1d = dropout2d = dropout3d = feature_dropout


def relu_(input):
    return relu(input, True)


def elu_(input, alpha=1.0):
    return elu(input, alpha, True)


def selu_(input):
    return selu(input, True)


def celu_(input, alpha=1.0):
    return celu(input, alpha, True)


def leaky_relu_(input, negative_slope=0.01):
    return leaky_relu(input, negative_slope, True)


def hardtanh_(input, min_val=-1.0, max_val=1.0):
    return hardtanh(input, min_val, max_val, True)


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    from ...operations.reducing import norm
    length = operator('Max', norm(input, p, dim, True), layerscope.constant(eps, dtype=input.dtype.name if typed(input) else types.float32.name, like=layerscope.Value))
    return pointwise.combine('Div', input, length)
