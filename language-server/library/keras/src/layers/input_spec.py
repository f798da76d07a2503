"""What a layer demands of its input, and the error where it does not get it."""
import layerscope

from keras.src.layers import advice
from keras.src.tree import flatten


class InputSpec:
    def __init__(self, dtype=None, shape=None, ndim=None, max_ndim=None, min_ndim=None, axes=None, allow_last_axis_squeeze=False, name=None, optional=False):
        self.dtype = dtype
        self.shape = None if shape is None else tuple(shape)
        self.ndim = ndim if shape is None else len(shape)
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.axes = {} if axes is None else {int(axis): value for axis, value in axes.items()}
        self.allow_last_axis_squeeze = allow_last_axis_squeeze
        self.name = name
        self.optional = optional

    def get_config(self):
        return {'dtype': self.dtype, 'shape': self.shape, 'ndim': self.ndim, 'max_ndim': self.max_ndim, 'min_ndim': self.min_ndim, 'axes': self.axes}


def assert_input_compatibility(spec, inputs, layer):
    if not spec:
        return
    specs = flatten(spec)
    if isinstance(inputs, dict):
        names = [spec.name for spec in specs]
        if all(names):
            for name in names:
                if name not in inputs:
                    raise ValueError(f'Missing data for input "{name}". You passed a data dictionary with keys {list(inputs)}. '
                                     f"Expected the following keys: {names}")
            inputs = [inputs[name] for name in names]
    inputs = flatten(inputs)
    if len(inputs) != len(specs):
        raise layerscope.related(ValueError(f'Layer "{layer.name}" expects {len(specs)} input(s), but it received {len(inputs)} input tensors. '
                                            f"Inputs received: {inputs}"), layer, f'{layer.name} is made here')
    for index, (x, spec) in enumerate(zip(inputs, specs)):
        if spec is not None and not (x is None and spec.optional):
            _check(index, x, spec, layer)


def _check(index, x, spec, layer):
    if not layerscope.is_known(x):
        return
    if not hasattr(x, 'shape'):
        raise ValueError(f"Inputs to a layer should be tensors. Got '{x}' (of type {type(x)}) as input for layer '{layer.name}'.")
    shape = x.shape
    if not layerscope.is_known(shape):
        return
    where = f'Input {index} of layer "{layer.name}" is incompatible with the layer: '
    ndim = len(shape)
    if spec.ndim is not None and not spec.allow_last_axis_squeeze and ndim != spec.ndim:
        raise _with_sequences(_explained(f"{where}expected ndim={spec.ndim}, found ndim={ndim}. Full shape received: {shape}.{advice.for_rank(spec.ndim, shape, _maker(x))}", x, layer), x, spec.ndim)
    if spec.max_ndim is not None and ndim > spec.max_ndim:
        raise _explained(f"{where}expected max_ndim={spec.max_ndim}, found ndim={ndim}", x, layer)
    if spec.min_ndim is not None and ndim < spec.min_ndim:
        raise _explained(f"{where}expected min_ndim={spec.min_ndim}, found ndim={ndim}. Full shape received: {shape}.{advice.for_rank(spec.min_ndim, shape, _maker(x))}", x, layer)
    for axis, value in spec.axes.items():
        if value is not None and layerscope.is_known(value):
            layerscope.require(shape[axis] == value, _explained(
                f"{where}expected axis {axis} of input shape to have value {value}, but received input with shape {shape}", x, layer))
    if spec.shape is not None:
        _check_shape(where, shape, spec, x, layer)


def _maker(x):
    """The layer that made a symbolic tensor, seen through those that only change numbers."""
    history = getattr(x, '_keras_history', None)
    while history is not None and history[0].__class__.__name__ in ('Dropout', 'BatchNormalization', 'LayerNormalization', 'Activation', 'ReLU', 'LeakyReLU'):
        given = history[0]._inbound_nodes[history[1]].input_tensors
        history = getattr(given[0], '_keras_history', None) if given else None
    return history[0] if history is not None else None


def _with_sequences(error, x, ndim):
    """Offers return_sequences=True on the recurrent layer that gave the last step alone."""
    maker = _maker(x)
    if ndim == 3 and len(x.shape) == 2 and getattr(maker, 'return_sequences', None) is False:
        return layerscope.hint_fix(error, 'return_sequences=True', 'return_sequences', True, maker)
    return error


def _check_shape(where, shape, spec, x, layer):
    expected, found = spec.shape, shape
    if spec.allow_last_axis_squeeze:
        if found and layerscope.is_known(found[-1]) and found[-1] == 1:
            found = found[:-1]
        if expected and expected[-1] == 1:
            expected = expected[:-1]
    for wanted, size in zip(expected, found):
        if wanted is not None and layerscope.is_known(wanted) and layerscope.is_known(size) and wanted != size:
            raise _explained(f"{where}expected shape={spec.shape}, found shape={shape}.{advice.for_input(spec.shape, shape)}", x, layer)


def _explained(message, x, layer):
    error = layerscope.related(ValueError(message), layer, f'layer "{layer.name}" is made here')
    source = getattr(x, '_source', x)
    return layerscope.related(error, source, f'the input of shape {source.shape} is made here')
