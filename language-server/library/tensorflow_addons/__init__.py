"""tensorflow_addons: its normalisations; what else comes from it is unknown."""
import layerscope

from tensorflow_addons import layers


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tensorflow_addons.' + name)
