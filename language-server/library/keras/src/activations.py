"""Activation functions by name, lowered to ONNX."""
import layerscope

from keras.src.backend.tensors import convert, plain_class, to_float
from keras.src.operations.operation import record_function


def _apply(name, x, type, *more, **attributes):
    return record_function(name, lambda x: layerscope.operator(type, to_float(x), *more, like=plain_class(x), **attributes), (x,), {})


def linear(x):
    return x


def relu(x, negative_slope=0.0, max_value=None, threshold=0.0, alpha=None):
    slope = negative_slope if alpha is None else alpha
    if slope == 0.0 and max_value is None and threshold == 0.0:
        return _relu(x)
    return record_function('ReLU', _general_relu, (x, slope, max_value, threshold), {})


def _relu(x):
    return record_function('Relu', lambda x: layerscope.operator('Relu', convert(x), like=plain_class(x)), (x,), {})


def _general_relu(x, slope, max_value, threshold):
    x = to_float(x)
    like = plain_class(x)
    if slope == 0.0 and threshold == 0.0:
        return layerscope.operator('Clip', x, 0.0, float(max_value), like=like)
    negative = layerscope.operator('Mul', layerscope.operator('Sub', x, float(threshold), like=like), float(slope), like=like)
    kept = x if max_value is None else layerscope.operator('Min', x, float(max_value), like=like)
    return layerscope.operator('Where', layerscope.operator('Less', x, float(threshold), like=like), negative, kept, like=like)


def relu6(x):
    return _apply('Relu6', x, 'Clip', 0.0, 6.0)


def leaky_relu(x, negative_slope=0.2):
    return _apply('LeakyRelu', x, 'LeakyRelu', alpha=float(negative_slope))


def elu(x, alpha=1.0):
    return _apply('Elu', x, 'Elu', alpha=float(alpha))


def selu(x):
    return _apply('Selu', x, 'Selu', alpha=1.6732632423543772, gamma=1.0507009873554805)


def celu(x, alpha=1.0):
    return _apply('Celu', x, 'Celu', alpha=float(alpha))


def softplus(x):
    return _apply('Softplus', x, 'Softplus')


def softsign(x):
    return _apply('Softsign', x, 'Softsign')


def sigmoid(x):
    return _apply('Sigmoid', x, 'Sigmoid')


def tanh(x):
    return _apply('Tanh', x, 'Tanh')


def exponential(x):
    return _apply('Exp', x, 'Exp')


def hard_sigmoid(x):
    return _apply('HardSigmoid', x, 'HardSigmoid', alpha=1.0 / 6.0, beta=0.5)


def hard_silu(x):
    return _apply('HardSilu', x, 'HardSwish')


def hard_tanh(x):
    return _apply('HardTanh', x, 'Clip', -1.0, 1.0)


def gelu(x, approximate=False):
    return _apply('Gelu', x, 'Gelu', approximate='tanh' if approximate else 'none')


def silu(x):
    return record_function('Silu', _silu, (x,), {})


def _silu(x):
    x = to_float(x)
    return layerscope.operator('Mul', x, layerscope.operator('Sigmoid', x), like=plain_class(x))


def mish(x):
    return _apply('Mish', x, 'Mish')


def tanh_shrink(x):
    return x - tanh(x)


def soft_shrink(x, threshold=0.5):
    return _apply('SoftShrink', x, 'Shrink', bias=float(threshold), lambd=float(threshold))


def hard_shrink(x, threshold=0.5):
    return _apply('HardShrink', x, 'Shrink', bias=0.0, lambd=float(threshold))


def threshold(x, threshold, default_value):
    return record_function('Threshold', _threshold, (x, threshold, default_value), {})


def _threshold(x, threshold, default_value):
    x = to_float(x)
    like = plain_class(x)
    return layerscope.operator('Where', layerscope.operator('Greater', x, float(threshold), like=like), x, float(default_value), like=like)


def squareplus(x, b=4):
    return record_function('Squareplus', _squareplus, (x, b), {})


def _squareplus(x, b):
    x = to_float(x)
    root = layerscope.operator('Sqrt', layerscope.operator('Add', layerscope.operator('Mul', x, x), float(b)))
    return layerscope.operator('Div', layerscope.operator('Add', x, root), 2.0, like=plain_class(x))


def sparse_plus(x):
    x = to_float(x)
    middle = (x + 1.0) * (x + 1.0) * 0.25
    like = plain_class(x)
    return layerscope.operator('Where', layerscope.operator('LessOrEqual', x, -1.0), 0.0,
                               layerscope.operator('Where', layerscope.operator('GreaterOrEqual', x, 1.0), x, middle), like=like)


def sparse_sigmoid(x):
    x = to_float(x)
    return layerscope.operator('Clip', (x + 1.0) * 0.5, 0.0, 1.0, like=plain_class(x))


def log_sigmoid(x):
    x = to_float(x)
    return -softplus(-x)


def softmax(x, axis=-1):
    return record_function('Softmax', _softmax, ('Softmax', x, axis), {})


def log_softmax(x, axis=-1):
    return record_function('LogSoftmax', _softmax, ('LogSoftmax', x, axis), {})


def _softmax(type, x, axis):
    x = to_float(x)
    like = plain_class(x)
    if axis is None:
        flat = layerscope.operator('Reshape', x, [-1], like=like)
        return layerscope.operator('Reshape', layerscope.operator(type, flat, axis=-1, like=like), list(x.shape), like=like)
    if isinstance(axis, (tuple, list)):
        shifted = layerscope.operator('Exp', layerscope.operator('Sub', x, layerscope.operator('ReduceMax', x, list(axis), keepdims=1)))
        made = layerscope.operator('Div', shifted, layerscope.operator('ReduceSum', shifted, list(axis), keepdims=1), like=like)
        return made if type == 'Softmax' else layerscope.operator('Log', made, like=like)
    return layerscope.operator(type, x, axis=axis, like=like)


def sparsemax(x, axis=-1):
    return layerscope.gap('sparsemax is not modelled', convert(x), shape=list(x.shape), dtype=x.dtype, like=plain_class(x))


def glu(x, axis=-1):
    x = to_float(x)
    a, b = layerscope.operator('Split', x, outputs=2, axis=axis, num_outputs=2)
    return a * sigmoid(b)


swish = silu
hard_swish = hard_silu
_BY_NAME = {
    'relu': relu, 'relu6': relu6, 'leaky_relu': leaky_relu, 'elu': elu, 'selu': selu, 'celu': celu, 'softplus': softplus, 'softsign': softsign,
    'sigmoid': sigmoid, 'tanh': tanh, 'exponential': exponential, 'hard_sigmoid': hard_sigmoid, 'hard_silu': hard_silu, 'hard_swish': hard_silu,
    'hard_tanh': hard_tanh, 'gelu': gelu, 'silu': silu, 'swish': silu, 'mish': mish, 'tanh_shrink': tanh_shrink, 'soft_shrink': soft_shrink,
    'hard_shrink': hard_shrink, 'threshold': threshold, 'squareplus': squareplus, 'sparse_plus': sparse_plus, 'sparse_sigmoid': sparse_sigmoid,
    'log_sigmoid': log_sigmoid, 'softmax': softmax, 'log_softmax': log_softmax, 'sparsemax': sparsemax, 'glu': glu, 'linear': linear,
}


def get(identifier):
    if identifier is None:
        return linear
    if isinstance(identifier, dict):
        identifier = identifier.get('config', identifier.get('class_name'))
    if isinstance(identifier, str):
        if identifier not in _BY_NAME:
            from keras.src.saving import custom_object
            custom = custom_object(identifier)
            if custom is None:
                raise ValueError(f"Could not interpret activation function identifier: {identifier}")
            return custom
        return _BY_NAME[identifier]
    if layerscope.is_known(identifier) and not callable(identifier):
        raise ValueError(f"Could not interpret activation function identifier: {identifier}")
    return identifier


def serialize(activation):
    return getattr(activation, '__name__', activation.__class__.__name__)


def deserialize(config, custom_objects=None):
    return get(config)
