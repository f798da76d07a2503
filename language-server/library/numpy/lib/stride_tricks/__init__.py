import layerscope

from numpy.array import layerscope_type, ndarray
from numpy.conversion import asarray


def as_strided(x, shape=None, strides=None, subok=False, writeable=True):
    return layerscope.data(shape, layerscope_type(asarray(x)), 'a view', like=ndarray)


def sliding_window_view(x, window_shape, axis=None, **kwargs):
    x = asarray(x)
    window = (window_shape,) if isinstance(window_shape, int) else tuple(window_shape)
    shape = list(x.shape)
    axes = list(range(len(shape))) if axis is None else [axis] if isinstance(axis, int) else list(axis)
    for place, size in zip(axes, window):
        shape[place] = shape[place] - size + 1
    return layerscope.data(shape + list(window), layerscope_type(x), 'windows', like=ndarray)
