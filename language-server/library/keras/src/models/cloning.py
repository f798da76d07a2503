"""clone_model: the same architecture with layers of its own."""
from keras.src.layers.core import Input, InputLayer
from keras.src.tree import flatten, map_structure, pack_sequence_as


def clone_model(model, input_tensors=None, clone_function=None, call_function=None, recursive=False, **kwargs):
    from keras.src.layers.layer import Layer
    from keras.src.models.model import Functional, Model
    from keras.src.models.sequential import Sequential
    copy = clone_function or (lambda layer: _copy(layer))
    if isinstance(model, Sequential):
        layers = [copy(layer) for layer in model.layers]
        if model._stack and isinstance(model._stack[0], InputLayer):
            first = model._stack[0]
            layers = [InputLayer(batch_shape=first.batch_shape, dtype=first._dtype, name=first.name)] + layers
        return Sequential(layers, name=model.name)
    graph = model._graph
    if graph is None:
        raise ValueError(f"Expected `model` argument to be a `Sequential` or `Functional` model. Received: model={model}")
    copies = {}
    values = {}
    for index, tensor in enumerate(graph.flat_inputs):
        if input_tensors is not None:
            values[id(tensor)] = flatten(input_tensors)[index]
        else:
            first = tensor._keras_history[0]
            values[id(tensor)] = Input(batch_shape=first.batch_shape, dtype=first._dtype, name=first.name)
    inputs = pack_sequence_as(graph.inputs, [values[id(tensor)] for tensor in graph.flat_inputs])
    for node in graph.nodes:
        if id(node.output_tensors[0]) in values:
            continue
        operation = node.operation
        if id(operation) not in copies:
            copies[id(operation)] = copy(operation) if isinstance(operation, Layer) else operation
        args = map_structure(lambda x: values.get(id(x), x), node.args)
        call_kwargs = map_structure(lambda x: values.get(id(x), x), node.kwargs)
        for tensor, value in zip(node.output_tensors, flatten(copies[id(operation)](*args, **call_kwargs))):
            values[id(tensor)] = value
    return Functional(inputs, pack_sequence_as(graph.outputs, [values[id(tensor)] for tensor in graph.flat_outputs]), name=model.name)


def _copy(layer):
    return layer._again()
