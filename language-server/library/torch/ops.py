"""Operators registered by other libraries: what they compute is not followed."""
import layerscope


class _Namespace:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, operator):
        name = f'torch.ops.{self._name}.{operator}'
        if operator.startswith('__'):
            raise AttributeError(operator)
        return lambda *args, **kwargs: layerscope.gap(f'{name} is compiled code', *[each for each in args if isinstance(each, layerscope.Value)])


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _Namespace(name)


def load_library(path):
    return None
