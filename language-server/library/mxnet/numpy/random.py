"""mx.np.random."""
import numpy as _numpy

from mxnet.numpy.arrays import own


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    drawn = getattr(_numpy.random, name)

    def draw(*args, **kwargs):
        for option in ('ctx', 'device', 'out'):
            kwargs.pop(option, None)
        dtype = kwargs.pop('dtype', None)
        made = own(drawn(*args, **kwargs))
        return made if dtype is None else made.astype(dtype)
    return draw
