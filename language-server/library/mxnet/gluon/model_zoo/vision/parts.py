"""What the architectures have in common: features, then an output; and functions that make one of a kind."""
from mxnet.gluon import nn
from mxnet.gluon.block import HybridBlock


class Network(HybridBlock):
    """`features` and `output`, one after the other."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        with self.name_scope():
            self.features = nn.HybridSequential(prefix='')

    def forward(self, x):
        return self.output(self.features(x))


def initialized(network, pretrained):
    if pretrained:
        network.initialize()
    return network


def chain(*layers, prefix=''):
    made = nn.HybridSequential(prefix=prefix)
    made.add(*layers)
    return made


def normalised(channels, kernel_size=1, strides=1, padding=0, groups=1, use_bias=False, epsilon=1e-5, active=True):
    """A convolution, batch normalisation and ReLU."""
    layers = [nn.Conv2D(channels, kernel_size, strides, padding, groups=groups, use_bias=use_bias), nn.BatchNorm(epsilon=epsilon)]
    return layers + [nn.Activation('relu')] if active else layers
