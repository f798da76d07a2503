"""DenseNet (arXiv 1608.06993)."""
from mxnet.gluon import nn
from mxnet.gluon.contrib.nn import HybridConcurrent, Identity
from mxnet.gluon.model_zoo.vision.parts import Network, chain, initialized, normalised

__all__ = ['DenseNet', 'densenet121', 'densenet161', 'densenet169', 'densenet201']


def _dense_layer(growth, bottleneck, dropout):
    new = chain(nn.BatchNorm(), nn.Activation('relu'), nn.Conv2D(bottleneck * growth, 1, use_bias=False), nn.BatchNorm(), nn.Activation('relu'),
                nn.Conv2D(growth, 3, padding=1, use_bias=False), *([nn.Dropout(dropout)] if dropout else []))
    both = HybridConcurrent(axis=1, prefix='')
    both.add(Identity(), new)
    return both


class DenseNet(Network):
    def __init__(self, num_init_features, growth_rate, block_config, bn_size=4, dropout=0, classes=1000, **kwargs):
        super().__init__(**kwargs)
        with self.name_scope():
            self.features.add(*normalised(num_init_features, 7, 2, 3), nn.MaxPool2D(3, 2, 1))
            width = num_init_features
            for stage, count in enumerate(block_config):
                block = nn.HybridSequential(prefix=f'stage{stage + 1}_')
                with block.name_scope():
                    block.add(*[_dense_layer(growth_rate, bn_size, dropout) for _ in range(count)])
                self.features.add(block)
                width = width + count * growth_rate
                if stage != len(block_config) - 1:
                    width = width // 2
                    self.features.add(chain(nn.BatchNorm(), nn.Activation('relu'), nn.Conv2D(width, 1, use_bias=False), nn.AvgPool2D(2, 2)))
            self.features.add(nn.BatchNorm(), nn.Activation('relu'), nn.AvgPool2D(7), nn.Flatten())
            self.output = nn.Dense(classes)


def _densenet(*specification):
    return lambda pretrained=False, ctx=None, root=None, **kwargs: initialized(DenseNet(*specification, **kwargs), pretrained)


densenet121, densenet161 = _densenet(64, 32, [6, 12, 24, 16]), _densenet(96, 48, [6, 12, 36, 24])
densenet169, densenet201 = _densenet(64, 32, [6, 12, 32, 32]), _densenet(64, 32, [6, 12, 48, 32])
