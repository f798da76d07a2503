"""`torch.nn.quantized`: arithmetic as a module, so that observers can look at it."""
from ...operations import joining, pointwise
from ..modules.linear import Identity
from ..modules.module import Module


class FloatFunctional(Module):
    def __init__(self):
        super().__init__()
        self.activation_post_process = Identity()

    def forward(self, x):
        raise RuntimeError('FloatFunctional is not intended to use the \'forward\'. Please use the corresponding operation')

    def _observed(self, result):
        return self.activation_post_process(result)

    def add(self, x, y):
        return self._observed(pointwise.add(x, y))

    def add_scalar(self, x, y):
        return pointwise.add(x, y)

    def mul(self, x, y):
        return self._observed(pointwise.mul(x, y))

    def mul_scalar(self, x, y):
        return pointwise.mul(x, y)

    def cat(self, x, dim=0):
        return self._observed(joining.cat(x, dim))

    def add_relu(self, x, y):
        return self._observed(pointwise.relu(pointwise.add(x, y)))

    def matmul(self, x, y):
        return self._observed(x @ y)


class FXFloatFunctional(FloatFunctional):
    pass


QFunctional = FloatFunctional
