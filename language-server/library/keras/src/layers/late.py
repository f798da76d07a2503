"""Faults that Keras meets when data runs, not when layers are joined: of some layers it states the shape of the output without computing it."""
import layerscope


def meets_late(layer, message):
    """Warns where the layer is called; `raise_late` says the same as an error where data first runs."""
    layerscope.warn('shape-mismatch', f"{message} Keras notices when data first runs through '{layer.name}'.", layer)
    layer._late_fault = layerscope.related(ValueError(f"Exception encountered when calling {layer.__class__.__name__}.call(). {message}"), layer, 'the layer is made here')


def raise_late(graph):
    """Raises what a layer of a model has met, models inside it included."""
    for operation in graph.operations:
        fault = getattr(operation, '_late_fault', None)
        if fault is not None:
            raise fault
        if getattr(operation, '_graph', None) is not None:
            raise_late(operation._graph)
