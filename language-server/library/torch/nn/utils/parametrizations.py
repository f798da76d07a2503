"""Weights that are computed from other parameters before each call."""
from ...operations import pointwise
from ...operations.checks import operator
from ...operations.reducing import norm
from ..parameter import Parameter, buffer, made


def _split_name(module, name):
    weight = getattr(module, name)
    module._parameters.pop(name)
    return weight


def _computed(module, name, compute):
    """Sets the attribute anew before each call."""
    object.__setattr__(module, name, compute(module))
    module.register_forward_pre_hook(lambda layer, args: object.__setattr__(layer, name, compute(layer)))
    return module


def _weight_norm(suffixes, dim_default):
    def apply(module, name='weight', dim=dim_default):
        weight = _split_name(module, name)
        rank = len(weight.shape)
        sizes = [weight.shape[axis] if dim is not None and axis == dim % rank else 1 for axis in range(rank)] if dim is not None else []
        names = [name + suffix for suffix in suffixes]
        module.register_parameter(names[0], made(sizes, weight.dtype))
        module.register_parameter(names[1], Parameter(weight))
        axes = [axis for axis in range(rank) if dim is None or axis != dim % rank]

        def compute(layer):
            g, v = getattr(layer, names[0]), getattr(layer, names[1])
            return pointwise.mul(v, pointwise.div(g, norm(v, 2, axes, True)))
        return _computed(module, name, compute)
    return apply


weight_norm = _weight_norm(('_g', '_v'), 0)


def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    weight = _split_name(module, name)
    module.register_parameter(name + '_orig', Parameter(weight))
    rows = weight.shape[0]
    columns = 1
    for size in list(weight.shape)[1:]:
        columns = columns * size
    module.register_buffer(name + '_u', buffer((rows,), weight.dtype, ('normal', 0.0, 1.0)))
    module.register_buffer(name + '_v', buffer((columns,), weight.dtype, ('normal', 0.0, 1.0)))

    def compute(layer):
        original = getattr(layer, name + '_orig')
        matrix = operator('Reshape', original, [rows, columns])
        u, v = getattr(layer, name + '_u'), getattr(layer, name + '_v')
        sigma = operator('MatMul', u, operator('MatMul', matrix, v))
        return operator('Div', original, sigma)
    return _computed(module, name, compute)


def orthogonal(module, name='weight', orthogonal_map=None, *, use_trivialization=True):
    return module


def remove_weight_norm(module, name='weight'):
    return module


remove_spectral_norm = remove_weight_norm
