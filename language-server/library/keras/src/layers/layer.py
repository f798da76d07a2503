"""The base of all layers: names, weights, automatic build, checks of the input, the record of symbolic calls."""
import inspect

import layerscope

from keras.src import regularizers
from keras.src.backend.dtypes import FLOATS
from keras.src.backend.tensors import Tensor, cast, convert
from keras.src.layers.holder import Holder, State, distinct
from keras.src.layers.input_spec import InputSpec, assert_input_compatibility
from keras.src.layers.serialization import serialize
from keras.src.layers.shapes import SHAPE_ARGUMENTS, shapes_of, stated_input_shape, symbolic
from keras.src.operations.operation import calls, record, symbolic_tensors
from keras.src.tree import flatten, map_structure
from keras.src.utils.naming import auto_name


class Layer(Holder):
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
        self._state = State()
        self.name = name if name is not None else auto_name(self.__class__.__name__)
        self.built = False
        self._trainable = trainable
        self.autocast = autocast
        self.supports_masking = self.makes_mask = layerscope.in_user_code(self.__class__.compute_mask)
        self.input_spec = None
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self._dtype = dtype
        self._input_shape_arg = stated_input_shape(kwargs)
        for key in SHAPE_ARGUMENTS:
            kwargs.pop(key, None)
        if kwargs and not layerscope.in_user_code(self.__class__):
            raise ValueError(f"Unrecognized keyword arguments passed to {self.__class__.__name__}: {kwargs}")

    # calling it

    def build(self, input_shape=None):
        self.built = True

    def call(self, *args, **kwargs):
        raise NotImplementedError(f"Layer {self.__class__.__name__} does not have a `call()` method implemented.")

    def __call__(self, *args, **kwargs):
        if '_state' not in self.__dict__:
            raise RuntimeError(f"In layer '{self.__class__.__name__}', you forgot to call `super().__init__()` as the first statement in the "
                               "`__init__()` method. Go add it!")
        # what is remembered are the tensors as they came, not their casts to the layer's own type
        called_with = args, kwargs
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
        if 'training' in kwargs and not _takes(inspect.signature(self.call).parameters, 'training'):
            # a `call` that does not ask for it is not told
            kwargs = {name: value for name, value in kwargs.items() if name != 'training'}
        if layerscope.in_user_code(self.__class__):
            kwargs = self._with_context_arguments(args, kwargs)
        symbolic = not calls.depth and symbolic_tensors(called_with)
        mask = kwargs.get('mask') if kwargs.get('mask') is not None else self._mask_of(first)
        calls.depth += 1
        autocast, calls.autocast = calls.autocast, self.compute_dtype if self.autocast and self.compute_dtype != self.variable_dtype else None
        try:
            outputs = layerscope.call(self, self.call, args, kwargs)
            if self.supports_masking and (self.makes_mask or any([each is not None for each in flatten(mask)])):
                mask = self.compute_mask(first, mask)
        finally:
            calls.depth -= 1
            calls.autocast = autocast
        if symbolic:
            outputs = record(self, *called_with, outputs)
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
        given = self._arguments(args, kwargs)
        added = {}
        if 'training' in parameters and 'training' not in given and parameters['training'].default is inspect.Parameter.empty:
            added['training'] = False
        tensors = {name: value for name, value in given.items() if value is not None and all([isinstance(leaf, layerscope.Value) for leaf in flatten(value)])}
        # of several, Keras 2 takes the mask of the first for `mask`
        masks = {'mask': value for value in list(tensors.values())[:1]}
        if len(tensors) > 1:
            masks.update({name + '_mask': value for name, value in tensors.items()})
        for name, value in masks.items():
            if name in parameters and given.get(name) is None:
                added[name] = self._mask_of(value)
        return {**kwargs, **added} if added else kwargs

    def _activated(self, x):
        """What the layer's activation gives; programs take it away by setting it to None."""
        return x if self.activation is None else self.activation(x)

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask

    def compute_output_shape(self, *args, **kwargs):
        shape = args[0] if args else next(iter(kwargs.values()))
        return shapes_of(self.compute_output_spec(symbolic(shape, self.compute_dtype)))

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
            'parameters': distinct(self._own_weights), 'children': distinct(self._layers), 'listed': True, 'order': 'children',
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
