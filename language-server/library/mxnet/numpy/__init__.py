"""mx.np: NumPy's functions on MXNet's arrays, whose floats have 32 bits."""
import numpy as _numpy

import layerscope

from mxnet.numpy.arrays import ndarray, own
from mxnet.numpy import random

newaxis, pi, e, inf, nan = None, _numpy.pi, _numpy.e, _numpy.inf, _numpy.nan
float16, float32, float64, uint8, int8, int32, int64, bool_ = _numpy.float16, _numpy.float32, _numpy.float64, _numpy.uint8, _numpy.int8, _numpy.int32, _numpy.int64, _numpy.bool_

# these make floats of 32 bits where no type is given
_CREATE = ('array', 'zeros', 'ones', 'full', 'empty', 'arange', 'linspace', 'logspace', 'eye', 'identity')


def _function(name, function):
    def wrapped(*args, **kwargs):
        kwargs.pop('ctx', None)
        kwargs.pop('device', None)
        made = function(*args, **kwargs)
        if name in _CREATE and kwargs.get('dtype') is None:
            return own(made, 'float32')
        return own(made)
    return wrapped


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name in ('linalg', 'fft'):
        return _Functions(getattr(_numpy, name))
    found = getattr(_numpy, name)
    return _function(name, found) if callable(found) and not isinstance(found, type) else found


class _Functions:
    """A module of NumPy's whose functions give arrays of MXNet's."""

    def __init__(self, module):
        self._module = module

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return _function(name, getattr(self._module, name))
