"""Normalisation over trailing dimensions, groups of channels and neighbouring channels."""
import layerscope

from ..functions import normalization as functions
from ...operations.checks import list_text, ranked
from ..parameter import made
from .module import Module


def _shape(normalized_shape):
    return tuple(normalized_shape) if isinstance(normalized_shape, (tuple, list)) else (normalized_shape,)


def _check_trailing(layer, input):
    """Says which layer gets which last dimensions, before PyTorch's own words."""
    wanted = layer.normalized_shape
    layerscope.expect(input, (None,) + wanted)
    if not ranked(input) or len(input.shape) < len(wanted):
        return
    got = tuple(input.shape)[-len(wanted):]
    error = RuntimeError(f'{type(layer).__name__} normalises {", ".join([str(size) for size in wanted])} features but gets {", ".join([str(size) for size in got])}: '
                         f'Given normalized_shape={list_text(wanted)}, expected input with shape [*, {", ".join([str(size) for size in wanted])}], '
                         f'but got input of size{list_text(input.shape)}')
    error = layerscope.related(error, input, f'the tensor of shape {tuple(input.shape)} is made here')
    if all([layerscope.is_known(size) for size in got]):
        value = got[0] if len(got) == 1 else got
        error = layerscope.hint_fix(error, f'normalized_shape={value}', 'normalized_shape', value, layer)
    for size, own in zip(wanted, got):
        layerscope.require(own == size, error)


class LayerNorm(Module):
    def __init__(self, normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = _shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        if elementwise_affine:
            self.weight = made(self.normalized_shape, dtype, 1.0)
        else:
            self.register_parameter('weight', None)
        if elementwise_affine and bias:
            self.bias = made(self.normalized_shape, dtype, 0.0)
        else:
            self.register_parameter('bias', None)

    def reset_parameters(self):
        return None

    def forward(self, input):
        _check_trailing(self, input)
        return functions.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)


class RMSNorm(Module):
    def __init__(self, normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = _shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        if elementwise_affine:
            self.weight = made(self.normalized_shape, dtype, 1.0)
        else:
            self.register_parameter('weight', None)

    def forward(self, input):
        _check_trailing(self, input)
        return functions.rms_norm(input, self.normalized_shape, self.weight, self.eps)


class GroupNorm(Module):
    def __init__(self, num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None):
        super().__init__()
        layerscope.require(num_channels % num_groups == 0, ValueError(f'num_channels ({num_channels}) must be divisible by num_groups ({num_groups})'))
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        if affine:
            self.weight = made((num_channels,), dtype, 1.0)
            self.bias = made((num_channels,), dtype, 0.0)
        else:
            self.register_parameter('weight', None)
            self.register_parameter('bias', None)

    def reset_parameters(self):
        return None

    def forward(self, input):
        layerscope.expect(input, (None, self.num_channels, None, None))
        if ranked(input) and self.affine and len(input.shape) > 1:
            got = input.shape[1]
            error = RuntimeError(f'GroupNorm expects {self.num_channels} channels but gets {got}: Expected weight to be a vector of size equal to the number of channels in input, '
                                 f'but got weight of shape [{self.num_channels}] and input of shape {list_text(input.shape)}')
            error = layerscope.related(error, input, f'the tensor of shape {tuple(input.shape)} is made here')
            if layerscope.is_known(got):
                error = layerscope.hint_fix(error, f'num_channels={got}', 'num_channels', got, self)
            layerscope.require(got == self.num_channels, error)
        return functions.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)


class LocalResponseNorm(Module):
    def __init__(self, size, alpha=0.0001, beta=0.75, k=1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input):
        return functions.local_response_norm(input, self.size, self.alpha, self.beta, self.k)


class CrossMapLRN2d(LocalResponseNorm):
    pass
