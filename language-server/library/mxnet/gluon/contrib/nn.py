"""mx.gluon.contrib.nn: blocks side by side."""
import layerscope

from mxnet.gluon.nn.basic import BatchNorm, HybridSequential, Identity
from mxnet.ndarray import concat


class HybridConcurrent(HybridSequential):
    """Every child on the same input; the results joined along an axis."""

    def __init__(self, axis=-1, prefix=None, params=None):
        super().__init__(prefix, params)
        self.axis = axis

    def forward(self, x):
        return concat(*[block(x) for block in self._children.values()], dim=self.axis)


Concurrent = HybridConcurrent


class SyncBatchNorm(BatchNorm):
    def __init__(self, in_channels=0, num_devices=None, momentum=0.9, epsilon=1e-5, center=True, scale=True, use_global_stats=False, prefix=None, params=None, **kwargs):
        super().__init__(1, momentum, epsilon, center, scale, use_global_stats, in_channels=in_channels, prefix=prefix, params=params)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('mxnet.gluon.contrib.nn.' + name)
