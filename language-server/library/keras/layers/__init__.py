"""keras.layers: the layers of keras.src.layers, where those that fewer programs use are read when they are asked for."""
from keras.src.layers import *
from keras.src import layers as _source

__all__ = [name for name in globals() if not name.startswith('_')] + list(_source._HOMES)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return getattr(_source, name)
