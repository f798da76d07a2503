"""mx.gluon.nn."""
import layerscope

from mxnet.gluon.block import Block, HybridBlock, SymbolBlock
from mxnet.gluon.nn.basic import *
from mxnet.gluon.nn.conv import *


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('mxnet.gluon.nn.' + name)
