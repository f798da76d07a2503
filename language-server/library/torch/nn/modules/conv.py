"""Convolutional layers."""
import math

import layerscope

from ..functions import convolution as functions
from ..functions.resampling import pad
from ...operations.checks import list_text, ranked
from ..parameter import made
from .module import Module
from .utils import _pair, _reverse_repeat_tuple, _single, _triple

_tuples = (_single, _pair, _triple)


class _ConvNd(Module):
    _rank = 2
    _is_transposed = False

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None,
                 output_padding=0):
        super().__init__()
        as_tuple = _tuples[self._rank - 1]
        if groups <= 0:
            raise ValueError('groups must be a positive integer')
        layerscope.require(in_channels % groups == 0, ValueError('in_channels must be divisible by groups'))
        layerscope.require(out_channels % groups == 0, ValueError('out_channels must be divisible by groups'))
        if isinstance(padding, str):
            if padding not in ('same', 'valid'):
                raise ValueError(f"Invalid padding string {padding!r}, should be one of {{'same', 'valid'}}")
            if padding == 'same' and any([size != 1 for size in as_tuple(stride)]):
                raise ValueError("padding='same' is not supported for strided convolutions")
        if padding_mode not in ('zeros', 'reflect', 'replicate', 'circular'):
            raise ValueError(f"padding_mode must be one of {{'zeros', 'reflect', 'replicate', 'circular'}}, but got padding_mode='{padding_mode}'")
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = as_tuple(kernel_size)
        self.stride = as_tuple(stride)
        self.padding = padding if isinstance(padding, str) else as_tuple(padding)
        self.dilation = as_tuple(dilation)
        self.output_padding = as_tuple(output_padding)
        self.groups = groups
        self.padding_mode = padding_mode
        self.transposed = self._is_transposed
        self._make_parameters(bias, dtype)

    def _make_parameters(self, bias, dtype):
        if self._is_transposed:
            shape = (self.in_channels, self.out_channels // self.groups) + self.kernel_size
        else:
            shape = (self.out_channels, self.in_channels // self.groups) + self.kernel_size
        fan = shape[1]
        for size in self.kernel_size:
            fan = fan * size
        bound = 1 / math.sqrt(fan) if layerscope.is_known(fan) and fan > 0 else 0.0
        self.weight = made(shape, dtype, ('uniform', -bound, bound))
        if bias:
            self.bias = made((self.out_channels,), dtype, ('uniform', -bound, bound))
        else:
            self.register_parameter('bias', None)

    @property
    def _reversed_padding_repeated_twice(self):
        if isinstance(self.padding, str):
            amounts = [0, 0] * self._rank
            if self.padding == 'same':
                for position, (dilation, kernel) in enumerate(reversed(list(zip(self.dilation, self.kernel_size)))):
                    total = dilation * (kernel - 1)
                    amounts[2 * position], amounts[2 * position + 1] = total // 2, total - total // 2
            return amounts
        return list(_reverse_repeat_tuple(self.padding, 2))

    def reset_parameters(self):
        return None

    def _check_channels(self, input):
        """Says which layer gets how many channels, before PyTorch's own words."""
        layerscope.expect(input, (None, self.in_channels) + (None,) * self._rank)
        if not ranked(input) or len(input.shape) not in (self._rank + 1, self._rank + 2):
            return
        got = input.shape[-self._rank - 1]
        name = type(self).__name__
        transposed = 'transposed=1' if self._is_transposed else f'groups={self.groups}'
        error = RuntimeError(f'{name} expects {self.in_channels} input channels but gets {got}: Given {transposed}, weight of size {list_text(self.weight.shape)}, '
                             f'expected input{list_text(input.shape)} to have {self.in_channels} channels, but got {got} channels instead')
        error = layerscope.related(error, input, f'the tensor of shape {tuple(input.shape)} is made here')
        if layerscope.is_known(got):
            error = layerscope.hint_fix(error, f'in_channels={got}', 'in_channels', got, self)
        layerscope.require(got == self.in_channels, error)

    def extra_repr(self):
        return f'{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}'


class _Conv(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None):
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype)

    def forward(self, input):
        self._check_channels(input)
        return self._conv_forward(input, self.weight, self.bias)

    def _conv_forward(self, input, weight, bias):
        padding = self.padding
        if self.padding_mode != 'zeros':
            input = pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode)
            padding = 0
        return functions.convolution(f'conv{self._rank}d', self._rank, input, weight, bias, self.stride, padding, self.dilation, self.groups)


class Conv1d(_Conv):
    _rank = 1


class Conv2d(_Conv):
    _rank = 2


class Conv3d(_Conv):
    _rank = 3


class _ConvTransposeNd(_ConvNd):
    _is_transposed = True

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None):
        if padding_mode != 'zeros':
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype, output_padding)

    def forward(self, input, output_size=None):
        self._check_channels(input)
        extra = self.output_padding if output_size is None else self._extra(input, list(output_size))
        return functions.transposed(f'conv_transpose{self._rank}d', self._rank, input, self.weight, self.bias, self.stride, self.padding, extra, self.groups, self.dilation)

    def _extra(self, input, output_size):
        """The output padding that reaches a stated size."""
        sizes = output_size[-self._rank:]
        extra = []
        for axis in range(self._rank):
            smallest = (input.shape[axis - self._rank] - 1) * self.stride[axis] - 2 * self.padding[axis] + self.dilation[axis] * (self.kernel_size[axis] - 1) + 1
            error = ValueError(f'requested an output size of {output_size}, but valid sizes range from {smallest} to {smallest + self.stride[axis] - 1} '
                               f'(for an input of {list(input.shape)[2:]})')
            layerscope.require(sizes[axis] >= smallest, error)
            layerscope.require(sizes[axis] < smallest + self.stride[axis], error)
            extra.append(sizes[axis] - smallest)
        return extra


class ConvTranspose1d(_ConvTransposeNd):
    _rank = 1


class ConvTranspose2d(_ConvTransposeNd):
    _rank = 2


class ConvTranspose3d(_ConvTransposeNd):
    _rank = 3


def _lazy(base):
    """A layer that learns its input channels from its first input, and is then an ordinary one."""
    class Lazy(base):
        def __init__(self, out_channels, kernel_size, *args, **kwargs):
            super().__init__(kwargs.get('groups', 1), out_channels, kernel_size, *args, **kwargs)
            object.__setattr__(self, 'in_channels', 0)

        def forward(self, input, *args):
            if self.in_channels == 0:
                self.in_channels = input.shape[-self._rank - 1]
                self._make_parameters(self.bias is not None, None)
                self.__class__ = base
            return base.forward(self, input, *args)
    Lazy.__name__ = 'Lazy' + base.__name__
    return Lazy


LazyConv1d, LazyConv2d, LazyConv3d = _lazy(Conv1d), _lazy(Conv2d), _lazy(Conv3d)
LazyConvTranspose1d, LazyConvTranspose2d, LazyConvTranspose3d = _lazy(ConvTranspose1d), _lazy(ConvTranspose2d), _lazy(ConvTranspose3d)
