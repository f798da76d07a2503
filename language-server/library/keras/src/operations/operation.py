"""Operations and the nodes that they leave behind when they are called on symbolic tensors: from these a Functional model is made."""
import layerscope

from keras.src.tree import flatten, map_structure
from keras.src.utils.naming import auto_name


class _Calls:
    """How deep layer calls are nested: only the outermost is recorded."""
    depth = 0
    # the element type that the weights of the layer that is called are cast to
    autocast = None


calls = _Calls()


class Node:
    """One call of an operation on symbolic tensors."""

    def __init__(self, operation, args, kwargs, outputs):
        self.operation = operation
        self.args = args
        self.kwargs = kwargs
        self.output_tensors = flatten(outputs)
        self.outputs = outputs
        self.input_tensors = symbolic_tensors((args, kwargs))
        operation._inbound_nodes.append(self)
        for index, tensor in enumerate(self.output_tensors):
            tensor._keras_history = (operation, len(operation._inbound_nodes) - 1, index)

    @property
    def is_input(self):
        return not self.input_tensors


class Operation:
    def __init__(self, name=None):
        self.name = name if name is not None else auto_name(self.__class__.__name__)
        self._inbound_nodes = []

    def __call__(self, *args, **kwargs):
        if not symbolic_tensors((args, kwargs)) or calls.depth:
            return self.call(*args, **kwargs)
        return record(self, args, kwargs, within(self.call, args, kwargs))

    def symbolic_call(self, *args, **kwargs):
        return self.call(*args, **kwargs)

    @property
    def input(self):
        return self._tensors('input_tensors', 'input')

    @property
    def output(self):
        return self._tensors('output_tensors', 'output')

    def _tensors(self, of, word):
        if not self._inbound_nodes:
            raise ValueError(f"The layer {self.name} has never been called and thus has no defined {word}.")
        tensors = getattr(self._inbound_nodes[0], of)
        return tensors[0] if len(tensors) == 1 else tensors

    def get_config(self):
        return {'name': self.name}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


class FunctionOperation(Operation):
    """A function of `keras.ops` or an operator of Python that was applied to symbolic tensors."""

    def __init__(self, type, function):
        self.name = auto_name(type)
        self._inbound_nodes = []
        self.function = function

    def call(self, *args, **kwargs):
        return self.function(*args, **kwargs)


def symbolic_tensors(structure):
    from keras.src.backend.tensors import KerasTensor
    return [leaf for leaf in flatten(structure) if isinstance(leaf, KerasTensor)]


def within(function, args, kwargs):
    """The result of a call whose own inner calls leave no nodes."""
    calls.depth += 1
    try:
        return function(*args, **kwargs)
    finally:
        calls.depth -= 1


def record(operation, args, kwargs, outputs):
    """Makes the outputs symbolic tensors of their own that remember how they were made."""
    from keras.src.backend.tensors import KerasTensor
    inputs = symbolic_tensors((args, kwargs))

    def own(output):
        if not isinstance(output, layerscope.Value):
            return output
        if any([output is given for given in inputs]) or hasattr(output, '_keras_history'):
            return layerscope.operator('Identity', output, like=KerasTensor)
        return output if isinstance(output, KerasTensor) else layerscope.cast_class(output, KerasTensor)

    outputs = map_structure(own, outputs)
    if any([isinstance(output, KerasTensor) for output in flatten(outputs)]):
        Node(operation, args, kwargs, outputs)
    return outputs


def record_function(type, function, args, kwargs):
    """Applies a function of `keras.ops` and records it where an argument is symbolic."""
    if calls.depth or not symbolic_tensors((args, kwargs)):
        return function(*args, **kwargs)
    outputs = within(function, args, kwargs)
    return record(FunctionOperation(type, function), args, kwargs, outputs)
