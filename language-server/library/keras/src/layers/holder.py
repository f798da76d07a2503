"""What a layer holds: its weights, its inner layers, its losses, its types; Keras finds them in the layer's attributes."""
import layerscope

from keras.src import constraints, initializers, regularizers
from keras.src.backend.dtypes import FLOATS, standardize_dtype
from keras.src.backend.tensors import Variable
from keras.src.layers.shapes import whole
from keras.src.operations.operation import Operation

# attributes that hold layers and weights which are not the layer's own
OWN = ('_inbound_nodes', '_state', '_made_with')


class State:
    """What the layer keeps for itself: apart from the user's attributes, which are searched for layers."""

    def __init__(self):
        self.weights = []
        self.losses = []
        self.metrics = []
        self.extra = []
        self.stated_by = None


class Holder(Operation):
    @property
    def dtype(self):
        return self.variable_dtype

    @property
    def variable_dtype(self):
        return policy(self._dtype)[1]

    @property
    def compute_dtype(self):
        return policy(self._dtype)[0]

    @property
    def dtype_policy(self):
        from keras.src.dtype_policies import get
        return get(self._dtype)

    input_dtype = compute_dtype

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        self._trainable = bool(value)
        for layer in self._flatten_layers(False):
            layer._trainable = bool(value)

    @property
    def _layers(self):
        return _layers_in([value for key, value in self.__dict__.items() if key not in OWN]) + self._state.extra

    def _flatten_layers(self, include_self=True, recursive=True):
        found = [self] if include_self else []
        for layer in self._layers:
            found.append(layer)
            if recursive:
                found.extend(layer._flatten_layers(False))
        return found

    @property
    def submodules(self):
        return self._flatten_layers(False)

    @property
    def _own_weights(self):
        held = [value for value in _variables_in(self.__dict__) if not any([value is weight for weight in self._state.weights])]
        own = self._state.weights + held
        return [w for w in own if w.trainable] + [w for w in own if not w.trainable]

    @property
    def weights(self):
        found = list(self._own_weights)
        for layer in self._layers:
            for weight in layer.weights:
                if not any([weight is known for known in found]):
                    found.append(weight)
        return found

    variables = weights

    @property
    def trainable_weights(self):
        if not self.trainable:
            return []
        found = [w for w in self._own_weights if w.trainable]
        for layer in self._layers:
            found.extend([w for w in layer.trainable_weights if not any([w is known for known in found])])
        return found

    trainable_variables = trainable_weights

    @property
    def non_trainable_weights(self):
        trainable = self.trainable_weights
        return [w for w in self.weights if not any([w is known for known in trainable])]

    non_trainable_variables = non_trainable_weights

    @property
    def metrics(self):
        return list(self._state.metrics)

    @property
    def losses(self):
        return list(self._state.losses)

    @property
    def path(self):
        return self.name

    def add_weight(self, shape=None, initializer=None, dtype=None, trainable=True, autocast=True, regularizer=None, constraint=None,
                   aggregation='none', overwrite_with_gradient=False, name=None, **kwargs):
        if isinstance(shape, str):  # Keras 2: the name comes first
            name, shape = shape, initializer if isinstance(initializer, (list, tuple)) else None
            initializer = kwargs.get('initializer')
        shape = () if shape is None else tuple([whole(size) for size in shape]) if isinstance(shape, (list, tuple)) else (whole(shape),)
        for size in shape:
            if size is None:
                raise ValueError(f"Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: shape={shape} for variable path='{self.name}/{name}'")
        dtype = standardize_dtype(dtype) if dtype is not None else self.variable_dtype
        if initializer is None:
            initializer = 'glorot_uniform' if dtype in FLOATS else 'zeros'
        rule = initializers.get(initializer)
        weight = layerscope.parameter(shape, dtype, initializers.initial_of(rule, shape), trainable, like=Variable)
        weight.name = name or 'variable'
        weight.path = f'{self.name}/{weight.name}'
        weight.trainable = trainable
        weight.regularizer = regularizers.get(regularizer)
        weight.constraint = constraints.get(constraint)
        self._state.weights.append(weight)
        return weight

    add_variable = add_weight

    def add_loss(self, loss, **kwargs):
        self._state.losses.append(loss)

    def add_metric(self, value=None, name=None, aggregation=None):
        pass

    def add_update(self, updates=None, inputs=None):
        pass

    def get_weights(self):
        import numpy
        return [layerscope.cast_class(weight, numpy.ndarray) for weight in self.weights]

    def set_weights(self, weights):
        own = self.weights
        if not layerscope.is_known(weights):
            return
        if len(own) != len(weights):
            raise ValueError(f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of length {len(weights)}, "
                             f"but the layer was expecting {len(own)} weights.")
        for variable, value in zip(own, weights):
            if hasattr(value, 'shape') and layerscope.is_known(value.shape) and tuple(value.shape) != tuple(variable.shape):
                raise ValueError(f"Layer {self.name} weight shape {variable.shape} is not compatible with provided weight shape {value.shape}.")

    def count_params(self):
        if not self.built:
            raise ValueError(f"You tried to call `count_params` on layer '{self.name}', but the layer isn't built. "
                             f"You can build it manually via: `layer.build(input_shape)`.")
        return count(self.weights)


def count(weights):
    total = 0
    for weight in weights:
        size = 1
        for length in weight.shape:
            size = size * length
        total = total + size
    return total


def policy(dtype):
    """(compute type, variable type) of a dtype, a policy or its name."""
    if dtype is None:
        from keras.src.dtype_policies import dtype_policy
        dtype = dtype_policy()
    if hasattr(dtype, 'compute_dtype'):
        return dtype.compute_dtype, dtype.variable_dtype
    if isinstance(dtype, str) and dtype.startswith('mixed_'):
        return dtype[6:], 'float32'
    dtype = standardize_dtype(dtype)
    return dtype, dtype


def _layers_in(values):
    found = []
    for value in values:
        if isinstance(value, Holder):
            if not any([value is layer for layer in found]):
                found.append(value)
        elif isinstance(value, (list, tuple)):
            found.extend([layer for layer in _layers_in(value) if not any([layer is known for known in found])])
        elif isinstance(value, dict):
            found.extend([layer for layer in _layers_in(list(value.values())) if not any([layer is known for known in found])])
    return found


def _variables_in(attributes):
    found = []
    for key, value in attributes.items():
        if key in OWN:
            continue
        if isinstance(value, Variable):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found.extend([item for item in value if isinstance(item, Variable)])
    return found


def distinct(items):
    """Weights or layers by name; a second one of the same name is counted."""
    named = {}
    for item in items:
        name = item.name
        number = 1
        while name in named:
            name = f'{item.name}_{number}'
            number += 1
        named[name] = item
    return named
