"""Convolutions and pooling."""
import layerscope

from mxnet.gluon.block import HybridBlock
from mxnet.gluon.nn.basic import Activation
from mxnet.ndarray import network


def each(value, rank):
    return (value,) * rank if isinstance(value, int) else tuple(value)


class _Conv(HybridBlock):
    _rank, _transposed = 2, False

    def __init__(self, channels, kernel_size, strides=1, padding=0, dilation=1, groups=1, layout=None, activation=None, use_bias=True, weight_initializer=None,
                 bias_initializer='zeros', in_channels=0, prefix=None, params=None, output_padding=0):
        super().__init__(prefix, params)
        rank = self._rank
        if layout is not None and not layout.startswith('NC'):
            raise AssertionError(f'Only supports channels in front for now, not {layout}')
        self.channels, self.in_channels, self.groups = channels, in_channels, groups
        self.kernel_size, self.strides, self.padding, self.dilation = each(kernel_size, rank), each(strides, rank), each(padding, rank), each(dilation, rank)
        self.output_padding = each(output_padding, rank)
        self.weight = self.params.get('weight', shape=None, init=weight_initializer)
        if use_bias:
            self.bias = self.params.get('bias', shape=(channels,), init=bias_initializer)
        self.act = Activation(activation) if activation is not None else None

    def forward(self, x):
        layerscope.expect(x, (None, self.in_channels or None) + (None,) * self._rank)
        bias = self.bias.settle((self.channels,)) if 'bias' in self._reg_params else None
        inside = self.in_channels or (x.shape[1] if len(x.shape) > 1 else 1)
        options = {'kernel': self.kernel_size, 'stride': self.strides, 'pad': self.padding, 'dilate': self.dilation, 'num_group': self.groups, 'no_bias': bias is None}
        if self._transposed:
            made = network.Deconvolution(x, self.weight.settle((inside, self.channels // self.groups) + self.kernel_size), bias, adj=self.output_padding, **options)
        else:
            made = network.Convolution(x, self.weight.settle((self.channels, inside // self.groups) + self.kernel_size), bias, **options)
        return made if self.act is None else self.act(made)


class Conv1D(_Conv):
    _rank = 1


class Conv2D(_Conv):
    pass


class Conv3D(_Conv):
    _rank = 3


class _Transposed(_Conv):
    _transposed = True

    def __init__(self, channels, kernel_size, strides=1, padding=0, output_padding=0, dilation=1, groups=1, layout=None, activation=None, use_bias=True, weight_initializer=None,
                 bias_initializer='zeros', in_channels=0, prefix=None, params=None):
        super().__init__(channels, kernel_size, strides, padding, dilation, groups, layout, activation, use_bias, weight_initializer, bias_initializer, in_channels, prefix, params, output_padding)


class Conv1DTranspose(_Transposed):
    _rank = 1


class Conv2DTranspose(_Transposed):
    pass


class Conv3DTranspose(_Transposed):
    _rank = 3


class _Pool(HybridBlock):
    _rank, _kind, _global = 2, 'max', False

    def __init__(self, pool_size=2, strides=None, padding=0, layout=None, ceil_mode=False, count_include_pad=True, prefix=None, params=None):
        super().__init__(prefix, params)
        self.pool_size = each(pool_size, self._rank)
        self.strides = self.pool_size if strides is None else each(strides, self._rank)
        self.padding, self.ceil_mode, self.count_include_pad = each(padding, self._rank), ceil_mode, count_include_pad

    def forward(self, x):
        layerscope.expect(x, (None, None) + (None,) * self._rank)
        return network.Pooling(x, self.pool_size, self._kind, False, self.strides, self.padding, 'full' if self.ceil_mode else 'valid', self.count_include_pad)


class _GlobalPool(HybridBlock):
    _kind = 'max'

    def __init__(self, layout=None, prefix=None, params=None):
        super().__init__(prefix, params)

    def forward(self, x):
        return network.Pooling(x, pool_type=self._kind, global_pool=True)


class MaxPool1D(_Pool):
    _rank = 1


class MaxPool2D(_Pool):
    pass


class MaxPool3D(_Pool):
    _rank = 3


class AvgPool1D(_Pool):
    _rank, _kind = 1, 'avg'


class AvgPool2D(_Pool):
    _kind = 'avg'


class AvgPool3D(_Pool):
    _rank, _kind = 3, 'avg'


class GlobalMaxPool1D(_GlobalPool):
    pass


class GlobalMaxPool2D(_GlobalPool):
    pass


class GlobalMaxPool3D(_GlobalPool):
    pass


class GlobalAvgPool1D(_GlobalPool):
    _kind = 'avg'


class GlobalAvgPool2D(_GlobalPool):
    _kind = 'avg'


class GlobalAvgPool3D(_GlobalPool):
    _kind = 'avg'
