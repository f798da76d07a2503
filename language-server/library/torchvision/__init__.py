"""torchvision: models and operators are those of the installed package, over which this lies; data sets and transforms are read from here,
so that a program that only loads data needs neither."""
from . import utils

__version__ = '0.29.2'
_submodules = ('models', 'ops', 'transforms', 'datasets', 'io', 'utils', 'extension', 'tv_tensors')


def __getattr__(name):
    if name in _submodules:
        import importlib
        return importlib.import_module('torchvision.' + name)
    raise AttributeError(f"module 'torchvision' has no attribute '{name}'")


def disable_beta_transforms_warning():
    return None


def set_image_backend(backend):
    return None


def get_image_backend():
    return 'PIL'


def _is_tracing():
    return False
