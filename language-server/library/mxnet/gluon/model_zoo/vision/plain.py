"""AlexNet, VGG (arXiv 1409.1556) and SqueezeNet (arXiv 1602.07360)."""
from mxnet.gluon import nn
from mxnet.gluon.contrib.nn import HybridConcurrent
from mxnet.gluon.model_zoo.vision.parts import Network, chain, initialized

__all__ = ['AlexNet', 'SqueezeNet', 'VGG', 'alexnet', 'get_vgg', 'squeezenet1_0', 'squeezenet1_1'] + [f'vgg{depth}{kind}' for kind in ('', '_bn') for depth in (11, 13, 16, 19)]


class AlexNet(Network):
    def __init__(self, classes=1000, **kwargs):
        super().__init__(**kwargs)
        with self.name_scope():
            self.features.add(nn.Conv2D(64, 11, 4, 2, activation='relu'), nn.MaxPool2D(3, 2), nn.Conv2D(192, 5, padding=2, activation='relu'), nn.MaxPool2D(3, 2),
                              nn.Conv2D(384, 3, padding=1, activation='relu'), nn.Conv2D(256, 3, padding=1, activation='relu'), nn.Conv2D(256, 3, padding=1, activation='relu'),
                              nn.MaxPool2D(3, 2), nn.Flatten(), nn.Dense(4096, activation='relu'), nn.Dropout(0.5), nn.Dense(4096, activation='relu'), nn.Dropout(0.5))
            self.output = nn.Dense(classes)


class VGG(Network):
    def __init__(self, layers, filters, classes=1000, batch_norm=False, **kwargs):
        super().__init__(**kwargs)
        with self.name_scope():
            for count, width in zip(layers, filters):
                for _ in range(count):
                    self.features.add(nn.Conv2D(width, 3, padding=1), *([nn.BatchNorm()] if batch_norm else []), nn.Activation('relu'))
                self.features.add(nn.MaxPool2D(strides=2))
            self.features.add(nn.Dense(4096, activation='relu'), nn.Dropout(0.5), nn.Dense(4096, activation='relu'), nn.Dropout(0.5))
            self.output = nn.Dense(classes)


def _fire(squeezed, expanded):
    relu_conv = lambda channels, size, padding=0: chain(nn.Conv2D(channels, size, padding=padding), nn.Activation('relu'))
    paths = HybridConcurrent(axis=1, prefix='')
    paths.add(relu_conv(expanded, 1), relu_conv(expanded, 3, 1))
    return chain(relu_conv(squeezed, 1), paths)


class SqueezeNet(Network):
    def __init__(self, version, classes=1000, **kwargs):
        super().__init__(**kwargs)
        if version not in ('1.0', '1.1'):
            raise AssertionError(f'Unsupported SqueezeNet version {version}:1.0 or 1.1 expected')
        pool = lambda: nn.MaxPool2D(3, 2, ceil_mode=True)
        with self.name_scope():
            fires = [_fire(16, 64), _fire(16, 64), _fire(32, 128), _fire(32, 128), _fire(48, 192), _fire(48, 192), _fire(64, 256), _fire(64, 256)]
            if version == '1.0':
                self.features.add(nn.Conv2D(96, 7, 2), nn.Activation('relu'), pool(), *fires[:3], pool(), *fires[3:7], pool(), *fires[7:])
            else:
                self.features.add(nn.Conv2D(64, 3, 2), nn.Activation('relu'), pool(), *fires[:2], pool(), *fires[2:4], pool(), *fires[4:])
            self.features.add(nn.Dropout(0.5))
            self.output = chain(nn.Conv2D(classes, 1), nn.Activation('relu'), nn.AvgPool2D(13), nn.Flatten())


def alexnet(pretrained=False, ctx=None, root=None, **kwargs):
    return initialized(AlexNet(**kwargs), pretrained)


_DEPTHS = {11: [1, 1, 2, 2, 2], 13: [2, 2, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4]}


def get_vgg(num_layers, pretrained=False, ctx=None, root=None, **kwargs):
    return initialized(VGG(_DEPTHS[num_layers], [64, 128, 256, 512, 512], **kwargs), pretrained)


def _vgg(depth, **options):
    return lambda **kwargs: get_vgg(depth, **options, **kwargs)


vgg11, vgg13, vgg16, vgg19 = [_vgg(depth) for depth in (11, 13, 16, 19)]
vgg11_bn, vgg13_bn, vgg16_bn, vgg19_bn = [_vgg(depth, batch_norm=True) for depth in (11, 13, 16, 19)]


def _squeezenet(version):
    return lambda pretrained=False, ctx=None, root=None, **kwargs: initialized(SqueezeNet(version, **kwargs), pretrained)


squeezenet1_0, squeezenet1_1 = _squeezenet('1.0'), _squeezenet('1.1')
