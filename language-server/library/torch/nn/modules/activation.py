"""Activation layers."""
from ..functions import activation as functions
from ..parameter import made
from .module import Module


def _layer(name, function, inplace=False):
    """A layer without parameters: `function`, with an `inplace` option where PyTorch has one."""
    if inplace:
        class Activation(Module):
            def __init__(self, inplace=False):
                super().__init__()
                self.inplace = inplace

            def forward(self, input):
                return function(input, inplace=self.inplace)
    else:
        class Activation(Module):
            def forward(self, input):
                return function(input)
    Activation.__name__ = name
    Activation.__qualname__ = name
    return Activation


ReLU, ReLU6, SiLU, Mish = _layer('ReLU', functions.relu, True), _layer('ReLU6', functions.relu6, True), _layer('SiLU', functions.silu, True), _layer('Mish', functions.mish, True)
SELU, Hardswish, Hardsigmoid = _layer('SELU', functions.selu, True), _layer('Hardswish', functions.hardswish, True), _layer('Hardsigmoid', functions.hardsigmoid, True)
Sigmoid, Tanh, Softsign = _layer('Sigmoid', functions.sigmoid), _layer('Tanh', functions.tanh), _layer('Softsign', functions.softsign)
LogSigmoid, Tanhshrink = _layer('LogSigmoid', functions.logsigmoid), _layer('Tanhshrink', functions.tanhshrink)


class LeakyReLU(Module):
    def __init__(self, negative_slope=0.01, inplace=False):
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input):
        return functions.leaky_relu(input, self.negative_slope, self.inplace)


class RReLU(Module):
    def __init__(self, lower=0.125, upper=0.3333333333333333, inplace=False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input):
        return functions.rrelu(input, self.lower, self.upper, self.training, self.inplace)


class PReLU(Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = made((num_parameters,), dtype, float(init))

    def forward(self, input):
        return functions.prelu(input, self.weight)


class ELU(Module):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input):
        return functions.elu(input, self.alpha, self.inplace)


class CELU(Module):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input):
        return functions.celu(input, self.alpha, self.inplace)


class GELU(Module):
    def __init__(self, approximate='none'):
        super().__init__()
        self.approximate = approximate

    def forward(self, input):
        return functions.gelu(input, self.approximate)


class GLU(Module):
    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return functions.glu(input, self.dim)


class Hardtanh(Module):
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        self.min_val = min_val
        self.max_val = max_val
        self.inplace = inplace
        if not max_val > min_val:
            raise AssertionError('max_val must be larger than min_val')

    def forward(self, input):
        return functions.hardtanh(input, self.min_val, self.max_val, self.inplace)


class Hardshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return functions.hardshrink(input, self.lambd)


class Softshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return functions.softshrink(input, self.lambd)


class Softplus(Module):
    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input):
        return functions.softplus(input, self.beta, self.threshold)


class Threshold(Module):
    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input):
        return functions.threshold(input, self.threshold, self.value, self.inplace)


class Softmax(Module):
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return functions.softmax(input, self.dim)


class Softmin(Softmax):
    def forward(self, input):
        return functions.softmin(input, self.dim)


class LogSoftmax(Softmax):
    def forward(self, input):
        return functions.log_softmax(input, self.dim)


class Softmax2d(Module):
    def forward(self, input):
        if len(input.shape) not in (3, 4):
            raise ValueError(f'Softmax2d: expected input to be 3D or 4D, got {len(input.shape)}D instead')
        return functions.softmax(input, -3)


def __getattr__(name):
    if name == 'MultiheadAttention':
        from .attention import MultiheadAttention
        return MultiheadAttention
    raise AttributeError(name)
