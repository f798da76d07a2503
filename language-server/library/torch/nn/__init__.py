"""`torch.nn`: each layer lives in the file of its family under `modules`, read when it is first asked for."""
from .modules.container import ModuleDict, ModuleList, ParameterDict, ParameterList, Sequential
from .modules.module import Module
from .parameter import Buffer, Parameter, UninitializedParameter
from .modules import family_of as _family_of

_submodules = ('attention', 'functional', 'init', 'intrinsic', 'modules', 'parallel', 'parameter', 'qat', 'quantized', 'utils')


def __getattr__(name):
    import importlib
    if name in _submodules:
        return importlib.import_module('torch.nn.' + name)
    if name in _family_of:
        found = getattr(importlib.import_module('torch.nn.modules.' + _family_of[name]), name)
        globals()[name] = found
        return found
    if name == 'DataParallel':
        from .parallel import DataParallel
        return DataParallel
    import layerscope
    return layerscope.missing('torch.nn', name)


def factory_kwargs(kwargs):
    return dict(kwargs or {})
