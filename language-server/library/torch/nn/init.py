"""`torch.nn.init`: fills tensors in place. What fills a parameter does not change its shape."""
import math

from ..operations.checks import is_tensor


def calculate_gain(nonlinearity, param=None):
    gains = {'tanh': 5.0 / 3, 'relu': math.sqrt(2.0), 'selu': 3.0 / 4}
    if nonlinearity == 'leaky_relu':
        slope = 0.01 if param is None else param
        return math.sqrt(2.0 / (1 + slope ** 2))
    return gains.get(nonlinearity, 1)


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


def _filling(check=None):
    def fill(tensor, *args, **kwargs):
        if check is not None and is_tensor(tensor):
            check(tensor)
        return tensor
    return fill


def _matrix(tensor):
    if len(tensor.shape) < 2:
        raise ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 dimensions')


def _only_matrix(tensor):
    if len(tensor.shape) != 2:
        raise ValueError('Only tensors with 2 dimensions are supported')


uniform_ = normal_ = trunc_normal_ = constant_ = ones_ = zeros_ = _filling()
xavier_uniform_ = xavier_normal_ = kaiming_uniform_ = kaiming_normal_ = orthogonal_ = _filling(_matrix)
eye_ = sparse_ = _filling(_only_matrix)


def dirac_(tensor, groups=1):
    if len(tensor.shape) not in (3, 4, 5):
        raise ValueError('Only tensors with 3, 4, or 5 dimensions are supported')
    return tensor


uniform, normal, constant, eye, dirac = uniform_, normal_, constant_, eye_, dirac_
xavier_uniform, xavier_normal, kaiming_uniform, kaiming_normal, orthogonal, sparse = xavier_uniform_, xavier_normal_, kaiming_uniform_, kaiming_normal_, orthogonal_, sparse_


def _no_grad_trunc_normal_(tensor, mean, std, a, b, generator=None):
    return tensor
