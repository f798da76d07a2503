"""`torch.nn.init`: fills tensors in place. What fills a parameter does not change its shape."""
import math

import layerscope

from ..operations.checks import is_tensor, ranked


def calculate_gain(nonlinearity, param=None):
    gains = {'tanh': 5.0 / 3, 'relu': math.sqrt(2.0), 'selu': 3.0 / 4, 'linear': 1, 'sigmoid': 1,
             'conv1d': 1, 'conv2d': 1, 'conv3d': 1, 'conv_transpose1d': 1, 'conv_transpose2d': 1, 'conv_transpose3d': 1}
    if nonlinearity == 'leaky_relu':
        slope = 0.01 if param is None else param
        return math.sqrt(2.0 / (1 + slope ** 2))
    if not layerscope.is_known(nonlinearity):
        return 1
    if nonlinearity not in gains:
        raise ValueError(f'Unsupported nonlinearity {nonlinearity}')
    return gains[nonlinearity]


def _calculate_fan_in_and_fan_out(tensor):
    shape = list(tensor.shape)
    if len(shape) < 2:
        raise ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 dimensions')
    field = 1
    for size in shape[2:]:
        field = field * size
    return shape[1] * field, shape[0] * field


def _calculate_correct_fan(tensor, mode):
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return fan_in if mode == 'fan_in' else fan_out


def _needs_tensor(tensor, generator=None):
    """What a layer without a bias has in its place is None."""
    if isinstance(generator, (int, float)):
        raise TypeError(f"argument 'generator' must be torch.Generator, not {type(generator).__name__}")
    if layerscope.is_known(tensor) and not is_tensor(tensor):
        raise AttributeError(f"'{type(tensor).__name__}' object is no tensor that can be filled")
    return tensor


def _matrix(tensor):
    if layerscope.is_known(_needs_tensor(tensor)) and ranked(tensor) and len(tensor.shape) < 2:
        raise ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 dimensions')
    return tensor


def _only_matrix(tensor):
    if layerscope.is_known(_needs_tensor(tensor)) and ranked(tensor) and len(tensor.shape) != 2:
        raise ValueError('Only tensors with 2 dimensions are supported')
    return tensor


def uniform_(tensor, a=0.0, b=1.0, generator=None):
    return _needs_tensor(tensor, generator)


def normal_(tensor, mean=0.0, std=1.0, generator=None):
    if layerscope.is_known(std) and std < 0:
        raise RuntimeError(f'normal expects std >= 0.0, but found std {std}')
    return _needs_tensor(tensor, generator)


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    return _needs_tensor(tensor, generator)


def constant_(tensor, val):
    return _needs_tensor(tensor)


def ones_(tensor):
    return _needs_tensor(tensor)


def zeros_(tensor):
    return _needs_tensor(tensor)


def eye_(tensor):
    return _only_matrix(tensor)


def sparse_(tensor, sparsity, std=0.01, generator=None):
    return _only_matrix(tensor)


def xavier_uniform_(tensor, gain=1.0, generator=None):
    return _matrix(tensor)


def xavier_normal_(tensor, gain=1.0, generator=None):
    return _matrix(tensor)


def _kaiming(tensor, mode, nonlinearity, a):
    if layerscope.is_known(mode) and mode not in ('fan_in', 'fan_out'):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    _matrix(tensor)
    calculate_gain(nonlinearity, a)
    return tensor


def kaiming_uniform_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None):
    return _kaiming(tensor, mode, nonlinearity, a)


def kaiming_normal_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None):
    return _kaiming(tensor, mode, nonlinearity, a)


def orthogonal_(tensor, gain=1, generator=None):
    if layerscope.is_known(_needs_tensor(tensor, generator)) and ranked(tensor) and len(tensor.shape) < 2:
        raise ValueError('Only tensors with 2 or more dimensions are supported')
    return tensor


def dirac_(tensor, groups=1):
    if len(tensor.shape) not in (3, 4, 5):
        raise ValueError('Only tensors with 3, 4, or 5 dimensions are supported')
    return tensor


uniform, normal, constant, eye, dirac = uniform_, normal_, constant_, eye_, dirac_
xavier_uniform, xavier_normal, kaiming_uniform, kaiming_normal, orthogonal, sparse = xavier_uniform_, xavier_normal_, kaiming_uniform_, kaiming_normal_, orthogonal_, sparse_


def _no_grad_trunc_normal_(tensor, mean, std, a, b, generator=None):
    return tensor
