"""The base of all layers: names, weights, automatic build, checks of the input, the record of symbolic calls."""
import inspect

import layerscope

from keras.src import constraints, initializers, regularizers
from keras.src.backend import config
from keras.src.backend.dtypes import FLOATS, standardize_dtype
from keras.src.backend.tensors import KerasTensor, Tensor, Variable, cast, convert
from keras.src.layers.input_spec import InputSpec, assert_input_compatibility
from keras.src.operations.operation import Operation, calls, record, symbolic_tensors
from keras.src.tree import flatten, map_structure
from keras.src.utils.naming import auto_name

_SHAPE_ARGUMENTS = ('input_shape', 'batch_shape', 'batch_input_shape', 'input_dim', 'input_length', 'weights', 'batch_size', 'input_dtype')


# attributes that hold layers and weights which are not the layer's own
_OWN = ('_inbound_nodes', '_state', '_made_with')


class _State:
    """What the layer keeps for itself: apart from the user's attributes, which are searched for layers."""

    def __init__(self):
        self.weights = []
        self.losses = []
        self.metrics = []
        self.extra = []
        self.stated_by = None


class Layer(Operation):
    def __new__(cls, *args, **kwargs):
        made = super().__new__(cls)
        made._made_with = (args, kwargs)
        return made

    def __init__(self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs):
        if name is not None and not isinstance(name, str):
            raise ValueError(f"Argument `name` must be a string and cannot contain character `/`. Received: name={name} (of type {type(name)})")
        if layerscope.is_known(trainable) and not isinstance(trainable, bool):
            raise ValueError(f"Expected `trainable` to be a boolean. Received: trainable={trainable} (of type {type(trainable)})")
        self._inbound_nodes = []
        self._state = _State()
        self.name = name if name is not None else auto_name(self.__class__.__name__)
        self.built = False
        self._trainable = trainable
        self.autocast = autocast
        self.supports_masking = self.makes_mask = layerscope.in_user_code(self.__class__.compute_mask)
        self.input_spec = None
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self._dtype = dtype
        self._input_shape_arg = _input_shape(kwargs)
        for key in _SHAPE_ARGUMENTS:
            kwargs.pop(key, None)
        if kwargs and not layerscope.in_user_code(self.__class__):
            raise ValueError(f"Unrecognized keyword arguments passed to {self.__class__.__name__}: {kwargs}")

    # what it is made of

    @property
    def dtype(self):
        return self.variable_dtype

    @property
    def variable_dtype(self):
        return _policy(self._dtype)[1]

    @property
    def compute_dtype(self):
        return _policy(self._dtype)[0]

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
        return _layers_in([value for key, value in self.__dict__.items() if key not in _OWN]) + self._state.extra

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

    # calling it

    def build(self, input_shape=None):
        self.built = True

    def call(self, *args, **kwargs):
        raise NotImplementedError(f"Layer {self.__class__.__name__} does not have a `call()` method implemented.")

    def __call__(self, *args, **kwargs):
        if '_state' not in self.__dict__:
            raise RuntimeError(f"In layer '{self.__class__.__name__}', you forgot to call `super().__init__()` as the first statement in the "
                               "`__init__()` method. Go add it!")
        args = map_structure(self._convert_input, args)
        kwargs = map_structure(self._convert_input, kwargs)
        if not self.takes_plain_values:
            _require_tensors(args)
            self._check_positions(args, kwargs)
        first = args[0] if args else next(iter(kwargs.values())) if kwargs else None
        self._expect(first)
        self._assert_input_compatibility(first)
        if not self.built:
            self._build_from(args, kwargs)
            self.built = True
        given = kwargs
        if layerscope.in_user_code(self.__class__):
            kwargs = self._with_context_arguments(args, kwargs)
        symbolic = not calls.depth and symbolic_tensors((args, kwargs))
        mask = kwargs.get('mask') if kwargs.get('mask') is not None else self._mask_of(first)
        calls.depth += 1
        try:
            outputs = layerscope.call(self, self.call, args, kwargs)
            if self.supports_masking and (self.makes_mask or any([each is not None for each in flatten(mask)])):
                mask = self.compute_mask(first, mask)
        finally:
            calls.depth -= 1
        if symbolic:
            outputs = record(self, args, given, outputs)
        if self.supports_masking:
            for output, own in zip(flatten(outputs), flatten(mask)):
                if own is not None and isinstance(output, layerscope.Value) and getattr(output, '_keras_mask', None) is None:
                    output._keras_mask = own
        return outputs

    def _check_positions(self, args, kwargs):
        """Python's own errors about the arguments of `call`, and Keras's about those that it fills in itself."""
        parameters = inspect.signature(self.call).parameters
        needed = [name for name, parameter in parameters.items() if parameter.default is inspect.Parameter.empty and parameter.kind == inspect.Parameter.POSITIONAL_OR_KEYWORD]
        if not args and needed and not any([name in kwargs for name in needed]) and not any([parameter.kind == inspect.Parameter.VAR_KEYWORD for parameter in parameters.values()]):
            raise TypeError(f"missing a required argument: '{needed[0]}'")
        for name, value in list(zip(parameters, args))[1:]:
            if name == 'training' or name == 'mask' and value is None:
                raise TypeError(f"multiple values for argument '{name}'")

    # whether it may be called with numbers and texts by position
    takes_plain_values = False

    def _mask_of(self, x):
        """The mask of the input, those of several in the same structure."""
        return map_structure(lambda leaf: getattr(leaf, '_keras_mask', None) if isinstance(leaf, layerscope.Value) else None, x)

    def _convert_input(self, x):
        if isinstance(x, layerscope.Value):
            if not isinstance(x, Tensor):
                x = convert(x)
            return cast(x, self.compute_dtype) if self.autocast and x.dtype in FLOATS and x.dtype != self.compute_dtype else x
        return convert(x) if hasattr(x, '__array__') and not isinstance(x, (bool, int, float, str)) else x

    def _expect(self, x):
        """Tells an input that nobody gives what rank it needs."""
        if isinstance(x, layerscope.Value) and isinstance(self.input_spec, InputSpec):
            rank = self.input_spec.ndim or self.input_spec.min_ndim
            if rank:
                sizes = [None] * rank
                for axis, size in self.input_spec.axes.items():
                    sizes[axis] = size
                layerscope.expect(x, tuple(sizes))

    def _assert_input_compatibility(self, first):
        if self.input_spec is not None:
            assert_input_compatibility(self.input_spec, first, self)

    def _build_from(self, args, kwargs):
        """Calls `build` with the shapes of the arguments, as many as it takes."""
        if not layerscope.in_user_code(self.__class__):
            self.build(shapes_of(args[0] if args else next(iter(kwargs.values()))))
            return
        names = [name for name in inspect.signature(self.build).parameters]
        given = self._arguments(args, kwargs)
        tensors = {name: value for name, value in given.items() if any([isinstance(leaf, layerscope.Value) for leaf in flatten(value)])}
        if len(names) > 1 and all([name.endswith('_shape') and name[:-6] in tensors for name in names if name != 'kwargs']):
            self.build(**{name: shapes_of(tensors[name[:-6]]) for name in names})
        elif names:
            self.build(shapes_of(next(iter(tensors.values())) if tensors else None))
        else:
            self.build()

    def _arguments(self, args, kwargs):
        names = [name for name in inspect.signature(self.call).parameters if name not in ('args', 'kwargs')]
        given = {name: value for name, value in zip(names, args)}
        given.update(kwargs)
        return given

    def _with_context_arguments(self, args, kwargs):
        """`training` where the user's `call` demands it, and masks: `mask` of its only tensor, `x_mask` of `x` where it takes several."""
        parameters = inspect.signature(self.call).parameters
        if 'training' in kwargs and 'training' not in parameters and not any([each.kind == inspect.Parameter.VAR_KEYWORD for each in parameters.values()]):
            # a `call` that does not ask for it is not told
            kwargs = {name: value for name, value in kwargs.items() if name != 'training'}
        given = self._arguments(args, kwargs)
        added = {}
        if 'training' in parameters and 'training' not in given and parameters['training'].default is inspect.Parameter.empty:
            added['training'] = False
        tensors = {name: value for name, value in given.items() if value is not None and all([isinstance(leaf, layerscope.Value) for leaf in flatten(value)])}
        masks = {'mask': value for value in tensors.values()} if len(tensors) == 1 else {name + '_mask': value for name, value in tensors.items()}
        for name, value in masks.items():
            if name in parameters and given.get(name) is None:
                added[name] = self._mask_of(value)
        return {**kwargs, **added} if added else kwargs

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask

    def compute_output_shape(self, *args, **kwargs):
        shape = args[0] if args else next(iter(kwargs.values()))
        return shapes_of(self.compute_output_spec(_symbolic(shape, self.compute_dtype)))

    def compute_output_spec(self, *args, **kwargs):
        calls.depth += 1
        try:
            return self.call(*args, **kwargs)
        finally:
            calls.depth -= 1

    def stateless_call(self, trainable_variables, non_trainable_variables, *args, return_losses=False, **kwargs):
        return self(*args, **kwargs), non_trainable_variables

    @property
    def input_shape(self):
        return shapes_of(self.input)

    @property
    def output_shape(self):
        return shapes_of(self.output)

    def get_input_at(self, node_index):
        tensors = self._inbound_nodes[node_index].input_tensors
        return tensors[0] if len(tensors) == 1 else tensors

    def get_output_at(self, node_index):
        tensors = self._inbound_nodes[node_index].output_tensors
        return tensors[0] if len(tensors) == 1 else tensors

    def get_output_shape_at(self, node_index):
        return shapes_of(self.get_output_at(node_index))

    def quantize(self, mode, **kwargs):
        pass

    # its configuration

    fields = ()

    def get_config(self):
        made = {'name': self.name, 'trainable': self.trainable, 'dtype': self.variable_dtype}
        arguments = inspect.signature(self.__class__.__init__).parameters
        if layerscope.in_user_code(self.__class__) and not self.fields:
            made.update({name: serialize(value) for name, value in self._given().items() if name in arguments})
            return made if _takes(arguments, 'name') else {name: value for name, value in made.items() if name in arguments}
        for field in self.fields:
            made[field] = serialize(getattr(self, field))
        return made

    def _given(self):
        """The arguments that it was made with, by name."""
        args, kwargs = self._made_with
        names = [name for name, parameter in inspect.signature(self.__class__.__init__).parameters.items() if parameter.kind == inspect.Parameter.POSITIONAL_OR_KEYWORD][1:]
        return {**dict(zip(names, args)), **kwargs}

    def _again(self, **changes):
        """A layer that is made by the same arguments, with layers and weights of its own."""
        if layerscope.in_user_code(self.__class__.get_config):
            return self.__class__.from_config({**self.get_config(), **changes})
        given = {name: map_structure(_fresh, value) for name, value in self._given().items()}
        if _takes(inspect.signature(self.__class__.__init__).parameters, 'name'):
            given['name'] = self.name
        return self.__class__(**{**given, **changes})

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def get_build_config(self):
        return {}

    def __repr__(self):
        return f"<{self.__class__.__name__} name={self.name}, built={self.built}>"

    def __layerscope__(self):
        return {
            'name': self.name, 'type': self._obj_type(), 'framework': 'keras', 'configuration': self._configuration(),
            'parameters': _distinct(self._own_weights), 'children': _distinct(self._layers), 'listed': True, 'order': 'children',
            'separator': '/',
        }

    def _configuration(self):
        return {field: serialize(getattr(self, field)) for field in self.fields}

    def _obj_type(self):
        return self.__class__.__name__


def _require_tensors(args):
    """Numbers are let pass: Keras 2 made tensors of them."""
    for arg in flatten(args):
        if arg is not None and layerscope.is_known(arg) and not isinstance(arg, (layerscope.Value, int, float)):
            raise ValueError("Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword argument: "
                             f"{arg} (of type {type(arg)})")


def _takes(parameters, name):
    return name in parameters or any([parameter.kind == inspect.Parameter.VAR_KEYWORD for parameter in parameters.values()])


def _fresh(value):
    return value._again() if isinstance(value, Layer) else value


def whole(size):
    """A size as Python's number where a program gives it as an array of one number."""
    return layerscope.elements(size) if isinstance(size, layerscope.Value) else size


def is_none(size):
    """Whether a size is one that Keras does not know: None, or a symbol that prints so."""
    return size is None or not layerscope.is_known(size) and repr(size) == 'None'


def shapes_of(structure):
    """The shapes of nested tensors; None for what is not a tensor."""
    return map_structure(lambda x: tuple(x.shape) if hasattr(x, 'shape') else None, structure)


def count(weights):
    total = 0
    for weight in weights:
        size = 1
        for length in weight.shape:
            size = size * length
        total = total + size
    return total


def serialize(value):
    """A configuration value as plain data."""
    if isinstance(value, (initializers.Initializer, regularizers.Regularizer, constraints.Constraint)):
        return {'class_name': value.__class__.__name__, 'config': value.get_config()}
    if isinstance(value, (list, tuple)):
        return [serialize(item) for item in value]
    if isinstance(value, dict):
        return {key: serialize(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return getattr(value, '__name__', None) or value.__class__.__name__


def _input_shape(kwargs):
    """The shape that Keras 2 and 3 let the first layer of a model state, without its batch axis."""
    if kwargs.get('batch_input_shape') is not None:
        return tuple(kwargs['batch_input_shape'])[1:]
    if kwargs.get('batch_shape') is not None:
        return tuple(kwargs['batch_shape'])[1:]
    shape = kwargs.get('input_shape')
    if shape is not None:
        return tuple(shape) if isinstance(shape, (list, tuple)) else (shape,)
    if kwargs.get('input_dim') is not None:
        size = kwargs['input_dim']
        return (kwargs['input_length'], size) if kwargs.get('input_length') is not None else (size,)
    return None


def _policy(dtype):
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
        if isinstance(value, Layer):
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
        if key in _OWN:
            continue
        if isinstance(value, Variable):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found.extend([item for item in value if isinstance(item, Variable)])
    return found


def _distinct(items):
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


def _symbolic(shape, dtype):
    from keras.src.tree import is_shape
    if is_shape(shape):
        return layerscope.data(tuple(shape), dtype, 'a shape is asked for', like=KerasTensor)
    if isinstance(shape, dict):
        return {key: _symbolic(item, dtype) for key, item in shape.items()}
    return [_symbolic(item, dtype) for item in shape]
