"""Operators registered by other libraries: what they compute is not followed."""
import layerscope

from .operations.checks import gap


class _Operator:
    """Also each of its overloads: `torch.ops.library.operator.default`."""

    def __init__(self, name):
        self._name = name
        self.__name__ = name.split('.')[-1]

    def __getattr__(self, overload):
        if overload.startswith('__'):
            raise AttributeError(overload)
        return self

    def __call__(self, *args, **kwargs):
        tensors = [each for each in args if isinstance(each, layerscope.Value)]
        reason = f'{self._name} is compiled code'
        return gap(reason, *tensors) if tensors else layerscope.unknown(reason)


class _Namespace:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, operator):
        if operator.startswith('__'):
            raise AttributeError(operator)
        return _Operator(f'torch.ops.{self._name}.{operator}')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _Namespace(name)


def load_library(path):
    return None
