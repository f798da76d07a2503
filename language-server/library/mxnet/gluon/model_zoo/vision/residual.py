"""ResNet, with the normalisation behind the convolutions (v1: arXiv 1512.03385) or before them (v2: arXiv 1603.05027)."""
from mxnet.gluon import nn
from mxnet.gluon.block import HybridBlock
from mxnet.gluon.model_zoo.vision.parts import Network, chain, initialized, normalised
from mxnet.ndarray import relu

__all__ = ['BasicBlockV1', 'BasicBlockV2', 'BottleneckV1', 'BottleneckV2', 'ResNetV1', 'ResNetV2', 'get_resnet'] + [f'resnet{depth}_v{version}' for version in (1, 2) for depth in (18, 34, 50, 101, 152)]


def _conv3x3(channels, stride, in_channels):
    return nn.Conv2D(channels, 3, stride, 1, use_bias=False, in_channels=in_channels)


class _BlockV1(HybridBlock):
    def __init__(self, channels, stride, downsample=False, in_channels=0, **kwargs):
        super().__init__(**kwargs)
        self.body = chain(*self._layers(channels, stride, in_channels))
        self.downsample = chain(nn.Conv2D(channels, 1, stride, use_bias=False, in_channels=in_channels), nn.BatchNorm()) if downsample else None

    def forward(self, x):
        made = self.body(x)
        return relu(made + (x if self.downsample is None else self.downsample(x)))


class BasicBlockV1(_BlockV1):
    def _layers(self, channels, stride, in_channels):
        return [_conv3x3(channels, stride, in_channels), nn.BatchNorm(), nn.Activation('relu'), _conv3x3(channels, 1, channels), nn.BatchNorm()]


class BottleneckV1(_BlockV1):
    def _layers(self, channels, stride, in_channels):
        inner = channels // 4
        return [*normalised(inner, 1, stride, use_bias=True), _conv3x3(inner, 1, inner), nn.BatchNorm(), nn.Activation('relu'), *normalised(channels, use_bias=True, active=False)]


class _BlockV2(HybridBlock):
    def __init__(self, channels, stride, downsample=False, in_channels=0, **kwargs):
        super().__init__(**kwargs)
        self._make(channels, stride, in_channels)
        self.downsample = nn.Conv2D(channels, 1, stride, use_bias=False, in_channels=in_channels) if downsample else None

    def forward(self, x):
        first = relu(self.bn1(x))
        return self._body(first) + (x if self.downsample is None else self.downsample(first))


class BasicBlockV2(_BlockV2):
    def _make(self, channels, stride, in_channels):
        self.bn1 = nn.BatchNorm()
        self.conv1 = _conv3x3(channels, stride, in_channels)
        self.bn2 = nn.BatchNorm()
        self.conv2 = _conv3x3(channels, 1, channels)

    def _body(self, x):
        return self.conv2(relu(self.bn2(self.conv1(x))))


class BottleneckV2(_BlockV2):
    def _make(self, channels, stride, in_channels):
        self.bn1 = nn.BatchNorm()
        self.conv1 = nn.Conv2D(channels // 4, 1, use_bias=False)
        self.bn2 = nn.BatchNorm()
        self.conv2 = _conv3x3(channels // 4, stride, channels // 4)
        self.bn3 = nn.BatchNorm()
        self.conv3 = nn.Conv2D(channels, 1, use_bias=False)

    def _body(self, x):
        return self.conv3(relu(self.bn3(self.conv2(relu(self.bn2(self.conv1(x)))))))


class _ResNet(Network):
    def _begin(self, channels, thumbnail):
        if thumbnail:
            self.features.add(_conv3x3(channels, 1, 0))
        else:
            self.features.add(*normalised(channels, 7, 2, 3), nn.MaxPool2D(3, 2, 1))

    def _stages(self, block, layers, channels):
        for stage, count in enumerate(layers):
            made = nn.HybridSequential(prefix=f'stage{stage + 1}_')
            before, width = channels[stage], channels[stage + 1]
            with made.name_scope():
                made.add(block(width, 1 if stage == 0 else 2, width != before, in_channels=before, prefix=''))
                for _ in range(count - 1):
                    made.add(block(width, 1, False, in_channels=width, prefix=''))
            self.features.add(made)


class ResNetV1(_ResNet):
    def __init__(self, block, layers, channels, classes=1000, thumbnail=False, **kwargs):
        super().__init__(**kwargs)
        with self.name_scope():
            self._begin(channels[0], thumbnail)
            self._stages(block, layers, channels)
            self.features.add(nn.GlobalAvgPool2D())
            self.output = nn.Dense(classes, in_units=channels[-1])


class ResNetV2(_ResNet):
    def __init__(self, block, layers, channels, classes=1000, thumbnail=False, **kwargs):
        super().__init__(**kwargs)
        with self.name_scope():
            self.features.add(nn.BatchNorm(scale=False, center=False))
            self._begin(channels[0], thumbnail)
            self._stages(block, layers, channels)
            self.features.add(nn.BatchNorm(), nn.Activation('relu'), nn.GlobalAvgPool2D(), nn.Flatten())
            self.output = nn.Dense(classes, in_units=channels[-1])


_SHALLOW, _DEEP = [64, 64, 128, 256, 512], [64, 256, 512, 1024, 2048]
_SPECIFICATIONS = {18: (False, [2, 2, 2, 2]), 34: (False, [3, 4, 6, 3]), 50: (True, [3, 4, 6, 3]), 101: (True, [3, 4, 23, 3]), 152: (True, [3, 8, 36, 3])}


def get_resnet(version, num_layers, pretrained=False, ctx=None, root=None, **kwargs):
    if num_layers not in _SPECIFICATIONS:
        raise AssertionError(f'Invalid number of layers: {num_layers}. Options are {str(list(_SPECIFICATIONS))}')
    if version not in (1, 2):
        raise AssertionError(f'Invalid resnet version: {version}. Options are 1 and 2.')
    deep, layers = _SPECIFICATIONS[num_layers]
    block = ((BottleneckV1, BottleneckV2) if deep else (BasicBlockV1, BasicBlockV2))[version - 1]
    return initialized((ResNetV1, ResNetV2)[version - 1](block, layers, _DEEP if deep else _SHALLOW, **kwargs), pretrained)


def _resnet(version, depth):
    return lambda **kwargs: get_resnet(version, depth, **kwargs)


resnet18_v1, resnet34_v1, resnet50_v1, resnet101_v1, resnet152_v1 = [_resnet(1, depth) for depth in (18, 34, 50, 101, 152)]
resnet18_v2, resnet34_v2, resnet50_v2, resnet101_v2, resnet152_v2 = [_resnet(2, depth) for depth in (18, 34, 50, 101, 152)]
