"""timm lies over the installed package: its models are read from their sources, one family at a time."""
__version__ = '1.0.31'
_from_layers = ('is_scriptable', 'is_exportable', 'set_scriptable', 'set_exportable')
_from_models = ('create_model', 'list_models', 'list_pretrained', 'is_model', 'list_modules', 'model_entrypoint', 'is_model_pretrained', 'get_pretrained_cfg', 'get_pretrained_cfg_value')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    import importlib
    if name in _from_layers:
        return getattr(importlib.import_module('timm.layers'), name)
    if name in _from_models:
        return getattr(importlib.import_module('timm.models'), name)
    if name in ('models', 'layers', 'data', 'utils', 'optim', 'scheduler', 'loss', 'task', 'version'):
        return importlib.import_module('timm.' + name)
    raise AttributeError(f"module 'timm' has no attribute '{name}'")
