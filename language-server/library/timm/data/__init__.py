"""Data for timm's models: the constants; everything else is read when it is asked for."""
from .constants import *

_families = ('config', 'auto_augment', 'dataset', 'dataset_factory', 'dataset_info', 'imagenet_info', 'loader', 'mixup', 'transforms', 'transforms_factory', 'readers', 'model_config', 'real_labels')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    import importlib
    if name in _families:
        return importlib.import_module('timm.data.' + name)
    for family in _families:
        module = importlib.import_module('timm.data.' + family)
        if hasattr(module, name):
            globals()[name] = getattr(module, name)
            return globals()[name]
    raise AttributeError(f"module 'timm.data' has no attribute '{name}'")
