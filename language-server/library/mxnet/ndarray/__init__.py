"""mx.nd: arrays, at once."""
import layerscope

from mxnet.ndarray.array import NDArray
from mxnet.ndarray.creation import *
from mxnet.ndarray.network import *
from mxnet.ndarray.pointwise import *
from mxnet.ndarray.pointwise import abs, max, min, round, sum
from mxnet.ndarray.shaping import *


def waitall():
    pass


def save(fname, data):
    pass


def load(fname):
    return layerscope.unknown('arrays of a file')


class contrib:
    pass


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('mx.nd.' + name)
