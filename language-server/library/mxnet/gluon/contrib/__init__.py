"""mx.gluon.contrib."""
import layerscope

from mxnet.gluon.contrib import nn


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('mxnet.gluon.contrib.' + name)
