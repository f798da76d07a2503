"""mx.npx: the operators of networks on arrays of mx.np."""
import layerscope

from mxnet import ndarray as _ndarray
from mxnet.ndarray.array import NDArray
from mxnet.numpy.arrays import ndarray


def set_np(shape=True, array=True, dtype=False):
    pass


def reset_np():
    pass


def is_np_array():
    return True


is_np_shape = is_np_array


def use_np(function):
    return function


use_np_shape = use_np_array = use_np


def num_gpus():
    return 0


def cpu(*args):
    return layerscope.unknown('a device')


gpu = cpu_pinned = current_context = current_device = cpu


def waitall():
    pass


def save(file, arr):
    pass


def load(file):
    return layerscope.unknown('arrays of a file')


def seed(seed, ctx=None):
    pass


# what mx.nd calls them
_NAMES = {'fully_connected': 'FullyConnected', 'convolution': 'Convolution', 'deconvolution': 'Deconvolution', 'pooling': 'Pooling', 'batch_norm': 'BatchNorm', 'layer_norm': 'LayerNorm',
          'dropout': 'Dropout', 'embedding': 'Embedding', 'activation': 'Activation', 'leaky_relu': 'LeakyReLU', 'sequence_mask': 'SequenceMask', 'gelu': 'gelu'}


def _as_own(value):
    if isinstance(value, NDArray):
        return layerscope.cast_class(value, ndarray)
    return [_as_own(item) for item in value] if isinstance(value, list) else value


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    found = getattr(_ndarray, _NAMES.get(name, name))
    if not layerscope.is_known(found):
        return layerscope.unknown('mx.npx.' + name)

    def operator(*args, **kwargs):
        plain = [layerscope.cast_class(item, NDArray) if isinstance(item, ndarray) else item for item in args]
        return _as_own(found(*plain, **{key: layerscope.cast_class(item, NDArray) if isinstance(item, ndarray) else item for key, item in kwargs.items()}))
    return operator
