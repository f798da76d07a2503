"""`torch.nn.utils`."""
import layerscope

from ...operations import joining
from ...operations.shaping import reshape_to
from . import parametrizations, parametrize, rnn
from .parametrizations import remove_spectral_norm, remove_weight_norm, spectral_norm, weight_norm


def _check_parameters(parameters):
    """Gradients are clipped of tensors: one, or several."""
    if not layerscope.is_known(parameters) or isinstance(parameters, layerscope.Value):
        return
    for each in parameters:
        if layerscope.is_known(each) and not isinstance(each, layerscope.Value):
            raise AttributeError(f"'{type(each).__name__}' object has no attribute 'grad'")


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    _check_parameters(parameters)
    from ...operations.creation import tensor
    return layerscope.data((), 'float32', reason='the norm of gradients', like=tensor(0.0).__class__)


clip_grad_norm = get_total_norm = clip_grad_norm_


def clip_grad_value_(parameters, clip_value, foreach=None):
    _check_parameters(parameters)


def parameters_to_vector(parameters):
    return joining.cat([reshape_to(parameter, [-1]) for parameter in parameters])


def vector_to_parameters(vec, parameters):
    return None


def fuse_conv_bn_eval(conv, bn, transpose=False):
    return conv
