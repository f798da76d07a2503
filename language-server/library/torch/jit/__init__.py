"""`torch.jit`: scripting and tracing change no shape; the function or module itself stands for the result."""
from typing import Final

import layerscope

from ..nn.modules.module import Module as ScriptModule


def _scripted(obj):
    """The module itself, with what a scripted one has besides."""
    if isinstance(obj, ScriptModule):
        object.__setattr__(obj, 'save', lambda *args, **options: None)
        for name in ('graph', 'code'):
            object.__setattr__(obj, name, layerscope.unknown('scripts of torch.jit are not followed'))
    return obj


def script(obj=None, *args, **options):
    if obj is None:
        return lambda function: function
    return _scripted(obj)


def trace(func, example_inputs=None, *args, **options):
    return _scripted(func)


def ignore(drop=False, **options):
    return drop if callable(drop) else lambda function: function


export = unused = _script_if_tracing = script_if_tracing = interface = script
freeze = optimize_for_inference = script


def script_method(function):
    return function


def is_scripting():
    return False


is_tracing = is_scripting


def save(module, f, **options):
    return None


def load(f, map_location=None, **options):
    import layerscope
    return layerscope.unknown('a compiled model is not read')


def annotate(the_type, the_value):
    return the_value


def isinstance(obj, target_type):
    import builtins
    return builtins.isinstance(obj, target_type)


def fork(function, *args, **kwargs):
    return function(*args, **kwargs)


def wait(future):
    return future


def _overload(function):
    return function


_overload_method = _overload

