"""`torch.fx`: graphs of the framework's own are not made here."""
import layerscope

from ..nn.modules.module import Module


def wrap(function):
    return function


class Node:
    pass


class Graph:
    pass


class Proxy:
    pass


class GraphModule(Module):
    pass


class Tracer:
    def __init__(self, *args, **options):
        pass


class Interpreter:
    pass


class Transformer(Interpreter):
    pass


def symbolic_trace(root, concrete_args=None):
    return layerscope.unknown('torch.fx graphs are not followed')
