"""Linear layers."""
import math

import layerscope

from ..functions import linear as functions
from ...operations.checks import product, ranked
from ..parameter import UninitializedParameter, made
from .module import Module


class Identity(Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input):
        return input


class Linear(Module):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        for name, value in (('in_features', in_features), ('out_features', out_features)):
            if isinstance(value, float):
                raise TypeError("empty() received an invalid combination of arguments - got (tuple, dtype=NoneType, device=NoneType), but expected ints: "
                                f'Linear\'s {name} is the float {value}')
            layerscope.require(value >= 0, RuntimeError(f'Trying to create tensor with negative dimension {value}: Linear\'s {name} is {value}'))
        bound = _bound(in_features)
        self.weight = made((out_features, in_features), dtype, ('uniform', -bound, bound))
        if bias:
            self.bias = made((out_features,), dtype, ('uniform', -bound, bound))
        else:
            self.register_parameter('bias', None)

    def reset_parameters(self):
        return None

    def forward(self, input):
        if ranked(input):
            check_features(self, input, self.in_features)
        return functions.linear(input, self.weight, self.bias)

    def extra_repr(self):
        return f'in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}'


class NonDynamicallyQuantizableLinear(Linear):
    pass


def _bound(features):
    return 1 / math.sqrt(features) if layerscope.is_known(features) and features > 0 else 0.0


def check_features(layer, input, expected):
    """Says which layer gets how many features, before PyTorch's own words."""
    if len(input.shape) == 0:
        return
    got = input.shape[-1]
    where = layerscope.made(layer)
    name = type(layer).__name__
    folded = [product(list(input.shape)[:-1]), got]
    error = RuntimeError(f'{name} expects {expected} input features but gets {got}{f" ({name} of {where})" if where else ""}: '
                         f'mat1 and mat2 shapes cannot be multiplied ({folded[0]}x{got} and {expected}x{layer.out_features})')
    error = layerscope.related(error, input, f'the tensor of shape {tuple(input.shape)} is made here')
    if layerscope.is_known(got):
        error = layerscope.hint_fix(error, f'in_features={got}', 'in_features', got, layer)
    layerscope.require(got == expected, error)


class Bilinear(Module):
    def __init__(self, in1_features, in2_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        if in1_features <= 0:
            raise ValueError(f'in1_features must be > 0, but got {in1_features}')
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        bound = _bound(in1_features)
        self.weight = made((out_features, in1_features, in2_features), dtype, ('uniform', -bound, bound))
        if bias:
            self.bias = made((out_features,), dtype, ('uniform', -bound, bound))
        else:
            self.register_parameter('bias', None)

    def forward(self, input1, input2):
        return functions.bilinear(input1, input2, self.weight, self.bias)


class LazyLinear(Linear):
    def __init__(self, out_features, bias=True, device=None, dtype=None):
        super().__init__(0, 0, False)
        self.out_features = out_features
        self.weight = UninitializedParameter()
        self._wants_bias = bias

    def forward(self, input):
        if self.in_features == 0:
            features = input.shape[-1]
            bound = _bound(features)
            self.in_features = features
            self.weight = made((self.out_features, features), None, ('uniform', -bound, bound))
            if self._wants_bias:
                self.bias = made((self.out_features,), None, ('uniform', -bound, bound))
            self.__class__ = Linear
        return functions.linear(input, self.weight, self.bias)
