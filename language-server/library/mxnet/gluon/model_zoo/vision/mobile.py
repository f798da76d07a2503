"""MobileNet (arXiv 1704.04861) and its second version (arXiv 1801.04381)."""
from mxnet.gluon import nn
from mxnet.gluon.block import HybridBlock
from mxnet.gluon.model_zoo.vision.parts import Network, initialized, normalised
from mxnet.ndarray import clip

__all__ = ['MobileNet', 'MobileNetV2'] + [f'mobilenet{version}{width}' for version in ('', '_v2_') for width in ('1_0', '0_75', '0_5', '0_25')]


class RELU6(HybridBlock):
    def forward(self, x):
        return clip(x, 0, 6)


def _clipped(channels, active=True, **options):
    """A convolution, batch normalisation and a ReLU that ends at six."""
    layers = normalised(channels, active=False, **options)
    return layers + [RELU6()] if active else layers


class MobileNet(Network):
    def __init__(self, multiplier=1.0, classes=1000, **kwargs):
        super().__init__(**kwargs)
        widths = [int(width * multiplier) for width in [32, 64] + [128] * 2 + [256] * 2 + [512] * 6 + [1024] * 2]
        with self.name_scope():
            with self.features.name_scope():
                self.features.add(*normalised(widths[0], 3, 2, 1))
                for before, width, stride in zip(widths, widths[1:], [1, 2] * 3 + [1] * 5 + [2, 1]):
                    self.features.add(*normalised(before, 3, stride, 1, groups=before), *normalised(width))
                self.features.add(nn.GlobalAvgPool2D(), nn.Flatten())
            self.output = nn.Dense(classes)


class LinearBottleneck(HybridBlock):
    def __init__(self, in_channels, channels, t, stride, **kwargs):
        super().__init__(**kwargs)
        self.use_shortcut = stride == 1 and in_channels == channels
        inner = in_channels * t
        with self.name_scope():
            self.out = nn.HybridSequential()
            self.out.add(*_clipped(inner), *_clipped(inner, kernel_size=3, strides=stride, padding=1, groups=inner), *_clipped(channels, active=False))

    def forward(self, x):
        return self.out(x) + x if self.use_shortcut else self.out(x)


class MobileNetV2(Network):
    def __init__(self, multiplier=1.0, classes=1000, **kwargs):
        super().__init__(**kwargs)
        widths = [int(width * multiplier) for width in [32, 16] + [24] * 2 + [32] * 3 + [64] * 4 + [96] * 3 + [160] * 3 + [320]]
        strides = [1, 2] * 2 + [1, 1, 2] + [1] * 6 + [2] + [1] * 3
        last = int(1280 * multiplier) if multiplier > 1.0 else 1280
        with self.name_scope():
            with self.features.name_scope():
                self.features.add(*_clipped(widths[0], kernel_size=3, strides=2, padding=1))
                for stage, stride in enumerate(strides):
                    self.features.add(LinearBottleneck(widths[stage], widths[stage + 1], 1 if stage == 0 else 6, stride))
                self.features.add(*_clipped(last), nn.GlobalAvgPool2D())
            self.output = nn.HybridSequential(prefix='output_')
            with self.output.name_scope():
                self.output.add(nn.Conv2D(classes, 1, use_bias=False, prefix='pred_'), nn.Flatten())


def _mobilenet(kind, multiplier):
    return lambda pretrained=False, ctx=None, root=None, **kwargs: initialized(kind(multiplier, **kwargs), pretrained)


mobilenet1_0, mobilenet0_75, mobilenet0_5, mobilenet0_25 = [_mobilenet(MobileNet, multiplier) for multiplier in (1.0, 0.75, 0.5, 0.25)]
mobilenet_v2_1_0, mobilenet_v2_0_75, mobilenet_v2_0_5, mobilenet_v2_0_25 = [_mobilenet(MobileNetV2, multiplier) for multiplier in (1.0, 0.75, 0.5, 0.25)]
