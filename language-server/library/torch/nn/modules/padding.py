"""Padding layers."""
from ..functions.resampling import pad
from .module import Module
from .utils import _ntuple


def _layer(name, rank, mode):
    class Pad(Module):
        def __init__(self, padding):
            super().__init__()
            self.padding = _ntuple(2 * rank)(padding)

        def forward(self, input):
            return pad(input, self.padding, mode=mode)
    Pad.__name__ = name
    return Pad


ReflectionPad1d, ReflectionPad2d, ReflectionPad3d = [_layer(f'ReflectionPad{rank}d', rank, 'reflect') for rank in (1, 2, 3)]
ReplicationPad1d, ReplicationPad2d, ReplicationPad3d = [_layer(f'ReplicationPad{rank}d', rank, 'replicate') for rank in (1, 2, 3)]
CircularPad1d, CircularPad2d, CircularPad3d = [_layer(f'CircularPad{rank}d', rank, 'circular') for rank in (1, 2, 3)]
ZeroPad1d, ZeroPad2d, ZeroPad3d = [_layer(f'ZeroPad{rank}d', rank, 'constant') for rank in (1, 2, 3)]


def _constant(name, rank):
    class Pad(Module):
        def __init__(self, padding, value):
            super().__init__()
            self.padding = _ntuple(2 * rank)(padding)
            self.value = value

        def forward(self, input):
            return pad(input, self.padding, 'constant', self.value)
    Pad.__name__ = name
    return Pad


ConstantPad1d, ConstantPad2d, ConstantPad3d = [_constant(f'ConstantPad{rank}d', rank) for rank in (1, 2, 3)]
