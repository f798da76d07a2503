"""`torch.autograd`: custom functions run their forward; gradients are not followed."""
import layerscope

from .._tensor import let_go
from ..operations.checks import gap
from .grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled


class FunctionCtx:
    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def mark_dirty(self, *args):
        return None

    def mark_non_differentiable(self, *args):
        return None

    def set_materialize_grads(self, value):
        return None


class Function(FunctionCtx):
    @classmethod
    def apply(cls, *args, **kwargs):
        # what comes out has the gradient that its backward gives it
        before = layerscope.recording(layerscope.unknown('the backward pass of a function of its own'))
        try:
            return cls.forward(FunctionCtx(), *args, **kwargs)
        finally:
            layerscope.recording(before)


class Variable:
    def __new__(cls, data, requires_grad=False, volatile=False):
        if requires_grad:
            data.requires_grad = True
        return data


def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, allow_unused=False, **options):
    for each in [outputs] if isinstance(outputs, layerscope.Value) else outputs:
        let_go(each, create_graph if retain_graph is None else retain_graph)
    wanted = [inputs] if isinstance(inputs, layerscope.Value) else list(inputs)
    return tuple([gap('gradients are not followed', each, shape=list(each.shape), dtype=each.dtype.name) for each in wanted])


def backward(tensors, grad_tensors=None, **options):
    return None


class detect_anomaly:
    def __init__(self, check_nan=True):
        self.check_nan = check_nan

    def __enter__(self):
        return None

    def __exit__(self, *error):
        return None


set_detect_anomaly = detect_anomaly
