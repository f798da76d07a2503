"""Models, each module read when one of its names is first asked for: there are hundreds, and reading all of them takes long."""
from . import _where

_own = ('_registry', '_factory', '_builder', '_features', '_hub', '_helpers', '_manipulate', '_pretrained', '_prune', '_input', '_efficientnet_builder', '_efficientnet_blocks', '_features_fx')


def _imported(name):
    import importlib
    module = importlib.import_module('timm.models.' + name)
    globals()[name] = getattr(module, name, module)
    return module


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name in _own:
        return _imported(name)
    place = _where.module_of(name)
    for module in ((place,) if place is not None else ()) + _own:
        found = getattr(_imported(module), name, _own)
        if found is not _own:
            globals()[name] = found
            return found
    if name in _where.module_names():
        return _imported(name)
    raise AttributeError(f"module 'timm.models' has no attribute '{name}'")


def _everything():
    for name in _where.module_names():
        _imported(name)
    return _imported('_registry')


def create_model(model_name, *args, **kwargs):
    if isinstance(model_name, str) and ':' not in model_name:
        place = _where.module_of(model_name.split('.')[0])
        if place is None:
            _everything()
        else:
            _imported(place)
    return _imported('_factory').create_model(model_name, *args, **kwargs)


def list_models(*args, **kwargs):
    return _everything().list_models(*args, **kwargs)


def list_pretrained(*args, **kwargs):
    return _everything().list_pretrained(*args, **kwargs)


def is_model(model_name):
    return _everything().is_model(model_name)


def model_entrypoint(model_name, module_filter=None):
    place = _where.module_of(model_name.split('.')[0])
    if place is not None:
        _imported(place)
    return _imported('_registry').model_entrypoint(model_name, module_filter)
