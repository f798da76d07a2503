"""MXNet as models use it: arrays, Gluon, symbols."""
import layerscope

from mxnet import autograd, base, gluon, io, module, module as mod, ndarray, ndarray as nd, numpy, numpy as np, numpy_extension, numpy_extension as npx, symbol, symbol as sym
from mxnet.base import MXNetError

__version__ = '1.9.1'
random = nd.random


def _device(*args, **kwargs):
    return layerscope.unknown('a device')


cpu = gpu = cpu_pinned = Context = current_context = _device


def num_gpus():
    return 0


init = initializer = layerscope.unknown('mxnet.init')
metric = layerscope.unknown('mxnet.metric')
optimizer = lr_scheduler = layerscope.unknown('mxnet.optimizer')
recordio = image = layerscope.unknown('mxnet.image')
callback = viz = visualization = test_utils = profiler = kv = model = rnn = contrib = layerscope.unknown('mxnet')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('mxnet.' + name)
