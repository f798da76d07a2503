"""The graph of a Functional model: its operations in Keras's order, and running it on other inputs."""
import layerscope

from keras.src.backend.tensors import KerasTensor
from keras.src.layers.core import InputLayer
from keras.src.operations.operation import calls
from keras.src.tree import flatten, map_structure, pack_sequence_as


class NotFollowed(Exception):
    """A tensor on the way differs between branches that are both possible: what made it is not known."""


class Graph:
    """All nodes between inputs and outputs. Deeper operations come first; within a depth, in the order of discovery."""

    def __init__(self, inputs, outputs, name):
        self.inputs = inputs
        self.outputs = outputs
        self.flat_inputs = flatten(inputs)
        self.flat_outputs = flatten(outputs)
        self.name = name
        self._found = {}
        self._finished = []
        self._in_progress = set()
        self._input_ids = set([id(tensor) for tensor in self.flat_inputs])
        for tensor in self.flat_outputs:
            self._visit(tensor)
        self._order()

    def _visit(self, tensor):
        history = getattr(tensor, '_keras_history', None)
        if history is None:
            raise NotFollowed()
        operation, index = history[0], history[1]
        node = operation._inbound_nodes[index]
        if id(node) in self._in_progress:
            return
        self._in_progress.add(id(node))
        if id(operation) not in self._found:
            self._found[id(operation)] = (len(self._found), operation)
        if not node.is_input and id(tensor) not in self._input_ids:
            for source in node.input_tensors:
                self._visit(source)
        elif node.is_input and id(tensor) not in self._input_ids:
            raise ValueError(f"`inputs` not connected to `outputs`. The output depends on the input '{operation.name}', which is not among `inputs`.")
        self._finished.append(node)

    def _order(self):
        depths, operation_depths = {}, {}
        for node in reversed(self._finished):
            depth = max(depths.get(id(node), 0), operation_depths.get(id(node.operation), 0))
            depths[id(node)] = operation_depths[id(node.operation)] = depth
            for tensor in node.input_tensors:
                if id(node.output_tensors[0]) in self._input_ids:
                    break
                parent = tensor._keras_history[0]._inbound_nodes[tensor._keras_history[1]]
                depths[id(parent)] = max(depth + 1, depths.get(id(parent), 0))
        for tensor in self.flat_inputs:
            operation = tensor._keras_history[0]
            if id(operation) not in operation_depths:
                operation_depths[id(operation)] = 0
                self._found[id(operation)] = (-1, operation)
        ranked = sorted([(-operation_depths[key], position, key) for key, (position, _) in self._found.items()])
        self.operations = [self._found[key][1] for _, _, key in ranked]
        self.nodes = [node for _, _, node in sorted([(-depths[id(node)], position, node) for position, node in enumerate(self._finished)], key=_by_depth)]

    def run(self, inputs, flat=True):
        """The outputs for other inputs, given in the order of `flat_inputs`."""
        values = {}
        for tensor, value in zip(self.flat_inputs, inputs):
            values[id(tensor)] = value
        for node in self.nodes:
            if node.is_input or id(node.output_tensors[0]) in values:
                continue

            def given(x):
                return values.get(id(x), x) if isinstance(x, KerasTensor) else x

            args, kwargs = map_structure(given, node.args), map_structure(given, node.kwargs)
            for tensor, value in zip(node.output_tensors, flatten(node.operation(*args, **kwargs))):
                values[id(tensor)] = value
        return pack_sequence_as(self.outputs, [values[id(tensor)] for tensor in self.flat_outputs])


def given_inputs(graph):
    """The graph's inputs before their input layers."""
    return [tensor._keras_history[0].given for tensor in graph.flat_inputs]


def _by_depth(entry):
    return entry[0], entry[1]


def from_inputs(inputs, outputs, name):
    """A graph that begins at new inputs where the given ones are results of layers."""
    if all([isinstance(tensor._keras_history[0], InputLayer) for tensor in flatten(inputs)]):
        return Graph(inputs, outputs, name)
    original = Graph(inputs, outputs, name)

    def fresh(tensor):
        if isinstance(tensor._keras_history[0], InputLayer):
            return tensor
        return InputLayer(batch_shape=tuple(tensor.shape), dtype=tensor.dtype, name=f'{tensor._keras_history[0].name}_input').output

    begun = map_structure(fresh, inputs)
    return Graph(begun, original.run(flatten(begun)), name)
