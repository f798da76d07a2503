"""Models: Functional and subclassed."""
import inspect

import layerscope

from keras.src.backend.tensors import KerasTensor, Tensor, cast, convert
from keras.src.layers.core import InputLayer, batch_symbol
from keras.src.layers.input_spec import InputSpec, assert_input_compatibility
from keras.src.layers.holder import count, distinct
from keras.src.layers.layer import Layer
from keras.src.layers.shapes import shapes_of
from keras.src.models.graph import NotFollowed, from_inputs, given_inputs
from keras.src.operations.operation import Operation, calls
from keras.src.trainers.trainer import Trainer
from keras.src.tree import flatten, map_structure
from keras.src.utils.naming import auto_name


def _functional_arguments(args, kwargs):
    return len(args) >= 2 or len(args) == 1 and 'outputs' in kwargs or ('inputs' in kwargs and 'outputs' in kwargs) or ('input' in kwargs and 'output' in kwargs)


class Model(Trainer, Layer):
    takes_plain_values = True

    def __init__(self, *args, **kwargs):
        Trainer.__init__(self)
        self._graph = None
        functional = _functional_arguments(args, kwargs)
        if functional and kwargs.get('name') is None and self.__class__.__name__ == 'Model':
            kwargs = dict(kwargs)
            kwargs['name'] = auto_name('functional')
        if not functional:
            if args:
                raise TypeError(f"Layer.__init__() takes 1 positional argument but {1 + len(args)} were given")
            Layer.__init__(self, **kwargs)
            return
        kwargs = dict(kwargs)
        inputs = args[0] if args else kwargs.pop('inputs', kwargs.pop('input', None))
        outputs = args[1] if len(args) > 1 else kwargs.pop('outputs', kwargs.pop('output', None))
        name = kwargs.pop('name', args[2] if len(args) > 2 else None)
        Layer.__init__(self, name=name, trainable=kwargs.pop('trainable', True))
        self._set_graph(inputs, outputs)

    # Functional

    def _set_graph(self, inputs, outputs):
        if not _are_tensors(flatten(inputs)):
            self._graph = layerscope.unknown('a model whose inputs are not known')
            self.built = True
            self._declare(None, None)
            return
        outputs = map_structure(lambda tensor: _not_known(flatten(inputs)) if _has_no_history(tensor) else tensor, outputs)
        for word, structure in (('inputs', inputs), ('outputs', outputs)):
            for tensor in flatten(structure):
                if layerscope.is_known(tensor) and not isinstance(tensor, KerasTensor):
                    raise ValueError(f"All `{word}` values must be KerasTensors. Received: {word}={structure} including invalid value {tensor} of type {type(tensor)}")
        try:
            self._graph = from_inputs(inputs, outputs, self.name)
        except NotFollowed:
            outputs = map_structure(lambda tensor: _not_known(flatten(inputs)), outputs)
            self._graph = from_inputs(inputs, outputs, self.name)
        names = {}
        for operation in self._graph.operations:
            if names.get(operation.name, operation) is not operation:
                raise layerscope.related(ValueError(f'The name "{operation.name}" is used {2} times in the model. All operation names should be unique.'), operation, 'the second one is made here')
            names[operation.name] = operation
        self.built = True
        self._declare(given_inputs(self._graph), self._graph.flat_outputs)

    def _declare(self, inputs, outputs):
        """The model is shown, with a gap where inputs or outputs could not be followed, such as those of a package that is not installed."""
        if inputs is None or not _are_tensors(inputs):
            inputs = [layerscope.data(None, None, 'an input that is not known', like=KerasTensor)]
        if outputs is None or not _are_tensors(outputs):
            outputs = [layerscope.gap('an output that is not known', *inputs, like=KerasTensor)]
        layerscope.model(self, inputs, outputs, type=self._obj_type())

    @property
    def inputs(self):
        if self._graph is not None:
            return self._graph.flat_inputs
        return flatten(getattr(self, '_built_inputs', None)) if hasattr(self, '_built_inputs') else None

    @property
    def outputs(self):
        if self._graph is not None:
            return self._graph.flat_outputs
        return flatten(getattr(self, '_built_outputs', None)) if hasattr(self, '_built_outputs') else None

    @property
    def input(self):
        if self._graph is None:
            return Operation._tensors(self, 'input_tensors', 'input')
        return self._one(self._graph.inputs)

    @property
    def output(self):
        if self._graph is None:
            return Operation._tensors(self, 'output_tensors', 'output')
        return self._one(self._graph.outputs)

    def _one(self, structure):
        return structure[0] if isinstance(structure, (list, tuple)) and len(structure) == 1 else structure

    @property
    def input_shape(self):
        return shapes_of(self.input)

    @property
    def output_shape(self):
        return shapes_of(self.output)

    @property
    def input_names(self):
        return [tensor._keras_history[0].name for tensor in self.inputs]

    @property
    def output_names(self):
        return [tensor._keras_history[0].name for tensor in self.outputs]

    @property
    def operations(self):
        return self._graph.operations

    def _obj_type(self):
        return 'Functional' if self.__class__.__name__ == 'Model' else self.__class__.__name__

    def _assert_input_compatibility(self, first):
        if self._graph is None:
            super()._assert_input_compatibility(first)

    def _given_inputs(self, inputs):
        """What is passed for each input of the graph, checked against it."""
        graph = self._graph
        if isinstance(inputs, dict):
            wanted = [tensor._keras_history[0].name for tensor in graph.flat_inputs]
            keys = list(graph.inputs) if isinstance(graph.inputs, dict) else []
            if not isinstance(graph.inputs, dict) or not all([key in inputs for key in keys]):
                for name in wanted:
                    if name not in inputs:
                        raise layerscope.related(ValueError(f'Missing data for input "{name}". You passed a data dictionary with keys {list(inputs)}. '
                                                            f"Expected the following keys: {wanted}"), self, f'model "{self.name}" is made here')
                given = [inputs[name] for name in wanted]
            else:
                given = flatten({key: inputs[key] for key in keys})
        else:
            given = flatten(inputs)
        if len(given) != len(graph.flat_inputs):
            raise layerscope.related(ValueError(f'Layer "{self.name}" expects {len(graph.flat_inputs)} input(s), but it received {len(given)} input tensors.'),
                                     self, f'model "{self.name}" is made here')
        return [self._fitted(index, convert(x), tensor) for index, (x, tensor) in enumerate(zip(given, graph.flat_inputs))]

    def _fitted(self, index, x, tensor):
        try:
            return self._fit_input(x, tensor)
        except ValueError as error:
            raise _with_input_fix(error, x, tensor)

    def _fit_input(self, x, tensor):
        """One input, its last axis of size 1 added or dropped as Keras does it."""
        if not isinstance(x, layerscope.Value) or not layerscope.is_known(x.shape):
            return x
        shape = (None,) + tuple(tensor.shape)[1:]
        spec = InputSpec(shape=[size if layerscope.is_known(size) else None for size in shape], allow_last_axis_squeeze=True, name=tensor._keras_history[0].name)
        assert_input_compatibility([spec] , [x], self)
        rank, wanted = len(x.shape), len(tensor.shape)
        if rank == wanted + 1 and layerscope.is_known(x.shape[-1]) and x.shape[-1] == 1:
            return layerscope.operator('Squeeze', x, [-1])
        if rank == wanted - 1 and layerscope.is_known(tensor.shape[-1]) and tensor.shape[-1] == 1:
            return layerscope.operator('Unsqueeze', x, [-1])
        if rank != wanted:
            error = ValueError(f"Invalid input shape for the input with name '{tensor._keras_history[0].name}'. Expected shape {shape}, "
                               f"but input has incompatible shape {x.shape}")
            error = layerscope.related(error, x, f'the input of shape {x.shape} is made here')
            raise layerscope.related(error, tensor, f'model "{self.name}" declares its input here')
        return cast(x, tensor.dtype) if tensor.dtype is not None and x.dtype is not None else x

    def call(self, inputs, training=None, mask=None, **kwargs):
        if self._graph is None:
            raise NotImplementedError(f"Model {self.__class__.__name__} does not have a `call()` method implemented.")
        return self._one(self._graph.run(self._given_inputs(inputs)))

    def compute_output_shape(self, *args, **kwargs):
        return super().compute_output_shape(*args, **kwargs)

    # both

    @property
    def _layers(self):
        found = list(Layer._layers.fget(self)) if hasattr(Layer._layers, 'fget') else []
        if self._graph is None:
            return found
        own = [operation for operation in self._graph.operations if isinstance(operation, Layer)]
        return own + [layer for layer in found if not any([layer is known for known in own])]

    @property
    def layers(self):
        if self._graph is not None:
            return [operation for operation in self._graph.operations if isinstance(operation, Layer)]
        return self._layers

    def get_layer(self, name=None, index=None):
        layers = self.layers
        if index is not None and name is not None:
            raise ValueError(f"Provide only a layer name or a layer index. Received: index={index}, name={name}.")
        if index is not None:
            if len(layers) <= index:
                raise ValueError(f"Was asked to retrieve layer at index {index} but model only has {len(layers)} layers.")
            return layers[index]
        if name is not None:
            for layer in layers:
                if layer.name == name:
                    return layer
            raise ValueError(f"No such layer: {name}. Existing layers are: {[layer.name for layer in layers]}.")
        raise ValueError("Provide either a layer name or layer index at `get_layer`.")

    def build(self, input_shape=None):
        if self._graph is not None or input_shape is None:
            self.built = True
            return
        inputs = _inputs_of_shape(input_shape)
        self.built = True
        self(*inputs) if isinstance(inputs, tuple) else self(inputs)

    def _build_from(self, args, kwargs):
        """Layers of a model are built by its `call`, unless the user says how."""
        if layerscope.in_user_code(self.__class__.build):
            super()._build_from(args, kwargs)

    def __layerscope_try__(self):
        """Nobody called it: its inputs are left open."""
        # built it may be, by a call with data of which nothing is known
        if self._graph is not None or not layerscope.in_user_code(self.__class__.call):
            return
        names = [name for name, parameter in inspect.signature(self.call).parameters.items()
                 if parameter.default is inspect.Parameter.empty and parameter.kind == inspect.Parameter.POSITIONAL_OR_KEYWORD and name not in ('training', 'mask')]
        self(*[layerscope.input(None, None, name=name, like=Tensor) for name in names])

    def _again(self, **changes):
        if self._graph is None or layerscope.in_user_code(self.__class__.get_config):
            return super()._again(**changes)
        from keras.src.models.cloning import clone_model
        made = clone_model(self)
        for name, value in changes.items():
            setattr(made, name, value)
        return made

    def build_from_config(self, config):
        pass

    def summary(self, line_length=None, positions=None, print_fn=None, expand_nested=False, show_trainable=False, layer_range=None):
        pass

    def save(self, filepath, overwrite=True, zipped=None, **kwargs):
        pass

    def save_weights(self, filepath, overwrite=True, **kwargs):
        pass

    def load_weights(self, filepath, skip_mismatch=False, **kwargs):
        return layerscope.unknown('the status of a load, which TensorFlow returns and Keras does not')

    def export(self, filepath, format='tf_saved_model', **kwargs):
        pass

    def to_json(self, **kwargs):
        return layerscope.unknown('the JSON of a model')

    def to_yaml(self, **kwargs):
        return layerscope.unknown('the YAML of a model')

    def reset_states(self):
        pass

    reset_metrics = reset_states

    def get_config(self):
        return {'name': self.name, 'trainable': self.trainable, 'model': self} if self._graph is not None else {'name': self.name}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        if isinstance(config, dict) and 'model' in config:
            from keras.src.models.cloning import clone_model
            return clone_model(config['model'])
        return cls(**config)

    def __layerscope__(self):
        made = super().__layerscope__()
        made['children'] = distinct(self.layers + [layer for layer in self._layers if not any([layer is known for known in self.layers])])
        return made


def _are_tensors(values):
    return all([not layerscope.is_unknown(value) and isinstance(value, layerscope.Value) for value in values])


def _has_no_history(tensor):
    """Whether what made an output is not known: it is itself unknown, or differs between branches."""
    return layerscope.is_unknown(tensor) or isinstance(tensor, KerasTensor) and getattr(tensor, '_keras_history', None) is None


def _not_known(inputs):
    """An output of which nothing is known, as something that is made from all inputs."""
    from keras.src.operations.operation import record_function
    return record_function('NotKnown', lambda *tensors: layerscope.gap('an output that is not known', *tensors, like=KerasTensor), tuple(inputs), {})


def _with_input_fix(error, x, tensor):
    """Offers to state the shape of the data where the model states its input's."""
    shape = tuple(x.shape)[1:]
    if not all([layerscope.is_known(size) for size in shape]):
        return error
    origin = tensor._keras_history[0]
    if origin._state.stated_by is not None:
        return layerscope.hint_fix(error, f'input_shape={shape}', 'input_shape', shape, origin._state.stated_by)
    return layerscope.hint_fix(error, f'shape={shape}', 'shape', shape, origin)


def _inputs_of_shape(shape):
    from keras.src.tree import is_shape
    if not layerscope.is_known(shape):
        return layerscope.input(None, None, like=Tensor)
    if is_shape(shape):
        sizes = [batch_symbol() if index == 0 and size is None else size for index, size in enumerate(shape)]
        return layerscope.input(sizes, 'float32', like=Tensor)
    if isinstance(shape, dict):
        return {key: _inputs_of_shape(item) for key, item in shape.items()}
    return [_inputs_of_shape(item) for item in shape]


class Functional(Model):
    def __init__(self, inputs, outputs, name=None, **kwargs):
        super().__init__(inputs, outputs, name=name, **kwargs)


def model_from_json(json_string, custom_objects=None):
    return layerscope.unknown('a model from JSON')


model_from_config = model_from_json
