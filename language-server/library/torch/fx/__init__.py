"""`torch.fx`: graphs of the framework's own are not made here."""
import layerscope


def wrap(function):
    return function


class Proxy:
    """What symbolic tracing passes instead of tensors: no tensor here is one, so that `isinstance` says no."""

    def __new__(cls, *args, **kwargs):
        return layerscope.unknown('graphs of torch.fx are not followed')


def __getattr__(name):
    """Graph, Node, Tracer, GraphModule, ...: what is made with them, or derived from them, is not followed."""
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('graphs of torch.fx are not followed')
