"""Dropout layers: outside of training they pass their input on."""
from ..functions.activation import dropout, feature_dropout
from .module import Module


class _DropoutNd(Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')
        self.p = p
        self.inplace = inplace

    _function = staticmethod(dropout)

    def forward(self, input):
        return self._function(input, self.p, self.training, self.inplace)


class Dropout(_DropoutNd):
    pass


class Dropout1d(_DropoutNd):
    _function = staticmethod(feature_dropout)


class Dropout2d(_DropoutNd):
    _function = staticmethod(feature_dropout)


class Dropout3d(_DropoutNd):
    _function = staticmethod(feature_dropout)


class AlphaDropout(_DropoutNd):
    pass


class FeatureAlphaDropout(_DropoutNd):
    _function = staticmethod(feature_dropout)
