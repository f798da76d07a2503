"""Inception v3 (arXiv 1512.00567)."""
from mxnet.gluon import nn
from mxnet.gluon.contrib.nn import HybridConcurrent
from mxnet.gluon.model_zoo.vision.parts import Network, chain, initialized, normalised

__all__ = ['Inception3', 'inception_v3']


def _conv(channels, kernel_size=1, strides=1, padding=0):
    return chain(*normalised(channels, kernel_size, strides, padding, epsilon=0.001))


def _average():
    return nn.AvgPool2D(3, 1, 1)


def _beside(prefix, *branches):
    made = HybridConcurrent(axis=1, prefix=prefix)
    made.add(*branches)
    return made


def _grid35(pooled, prefix):
    return _beside(prefix, chain(_conv(64)), chain(_conv(48), _conv(64, 5, 1, 2)), chain(_conv(64), _conv(96, 3, 1, 1), _conv(96, 3, 1, 1)), chain(_average(), _conv(pooled)))


def _to_grid17(prefix):
    return _beside(prefix, chain(_conv(384, 3, 2)), chain(_conv(64), _conv(96, 3, 1, 1), _conv(96, 3, 2)), chain(nn.MaxPool2D(3, 2)))


def _grid17(width, prefix):
    row, column = {'kernel_size': (1, 7), 'padding': (0, 3)}, {'kernel_size': (7, 1), 'padding': (3, 0)}
    return _beside(prefix, chain(_conv(192)), chain(_conv(width), _conv(width, **row), _conv(192, **column)),
                   chain(_conv(width), _conv(width, **column), _conv(width, **row), _conv(width, **column), _conv(192, **row)), chain(_average(), _conv(192)))


def _to_grid8(prefix):
    return _beside(prefix, chain(_conv(192), _conv(320, 3, 2)), chain(_conv(192), _conv(192, (1, 7), 1, (0, 3)), _conv(192, (7, 1), 1, (3, 0)), _conv(192, 3, 2)), chain(nn.MaxPool2D(3, 2)))


def _split():
    return _beside('', chain(_conv(384, (1, 3), 1, (0, 1))), chain(_conv(384, (3, 1), 1, (1, 0))))


def _grid8(prefix):
    return _beside(prefix, chain(_conv(320)), chain(chain(_conv(384)), _split()), chain(chain(_conv(448), _conv(384, 3, 1, 1)), _split()), chain(_average(), _conv(192)))


class Inception3(Network):
    def __init__(self, classes=1000, **kwargs):
        super().__init__(**kwargs)
        with self.name_scope():
            self.features.add(_conv(32, 3, 2), _conv(32, 3), _conv(64, 3, 1, 1), nn.MaxPool2D(3, 2), _conv(80), _conv(192, 3), nn.MaxPool2D(3, 2),
                              _grid35(32, 'A1_'), _grid35(64, 'A2_'), _grid35(64, 'A3_'), _to_grid17('B_'),
                              _grid17(128, 'C1_'), _grid17(160, 'C2_'), _grid17(160, 'C3_'), _grid17(192, 'C4_'), _to_grid8('D_'),
                              _grid8('E1_'), _grid8('E2_'), nn.AvgPool2D(8), nn.Dropout(0.5))
            self.output = nn.Dense(classes)


def inception_v3(pretrained=False, ctx=None, root=None, **kwargs):
    return initialized(Inception3(**kwargs), pretrained)
