"""Sequential models, built as layers are added or when the first input is seen."""
import layerscope

from keras.src.backend.tensors import KerasTensor, Tensor, convert
from keras.src.layers.core import InputLayer
from keras.src.layers.layer import Layer
from keras.src.models.graph import Graph, given_inputs
from keras.src.models.model import Model
from keras.src.operations.operation import calls
from keras.src.tree import is_shape


class NotKnown(Layer):
    """A layer of which nothing is known stands in its model as a gap."""

    def call(self, inputs):
        return layerscope.gap('a layer that is not known', convert(inputs), like=Tensor)


class Sequential(Model):
    def __init__(self, layers=None, trainable=True, name=None):
        super().__init__(trainable=trainable, name=name)
        self._stack = []
        self._end = None
        if layers:
            for layer in layers:
                self._append(layer)
            self._extend()

    @property
    def layers(self):
        return self._stack[1:] if self._stack and isinstance(self._stack[0], InputLayer) else list(self._stack)

    @property
    def _layers(self):
        return self.layers

    def add(self, layer, rebuild=True):
        self._append(layer)
        self._extend()

    def _append(self, layer):
        if not layerscope.is_known(layer):
            layer = NotKnown()
        shape = getattr(layer, '_input_shape_arg', None)
        if not self._stack and shape is not None:
            self._stack.append(InputLayer(shape=shape, dtype='int32' if getattr(layer, '_from_length', False) else None))
            self._stack[0]._state.stated_by = layer
        if isinstance(layer, KerasTensor) and isinstance(layer._keras_history[0], InputLayer):
            layer = layer._keras_history[0]
        if not isinstance(layer, Layer):
            raise ValueError(f"Only instances of `keras.Layer` can be added to a Sequential model. Received: {layer} (of type {type(layer)})")
        for known in self._stack:
            if known.name == layer.name:
                raise layerscope.related(ValueError(
                    f"All layers added to a Sequential model should have unique names. Name '{layer.name}' is already the name of a layer in this model. "
                    "Update the `name` argument to pass a unique name."), known, f'"{layer.name}" is first made here')
        if isinstance(layer, InputLayer) and self._stack and isinstance(self._stack[0], InputLayer):
            raise ValueError(f"Sequential model '{self.name}' has already been configured to use input shape {self._stack[0].batch_shape}. "
                             "You cannot add a different Input layer to it.")
        self._stack.append(layer)

    def pop(self, rebuild=True):
        layer = self._stack.pop()
        self._end = None
        self._graph = None
        self.built = False
        self._extend()
        return layer

    def _extend(self):
        """Calls the layers that have not been called yet, where the shape of the input is known."""
        if len(self._stack) < 2:
            return
        first = self._stack[0]
        if self._end is None:
            if isinstance(first, InputLayer):
                self._end = (1, first.output)
            elif isinstance(first, Model) and first.inputs is not None and len(first.inputs) == 1:
                self._stack.insert(0, InputLayer(batch_shape=tuple(first.inputs[0].shape), dtype=first.inputs[0].dtype))
                self._end = (1, self._stack[0].output)
            else:
                return
        position, x = self._end
        depth, calls.depth = calls.depth, 0
        try:
            for layer in self._stack[position:]:
                x = layer(x)
        finally:
            calls.depth = depth
        self._end = (len(self._stack), x)
        if layerscope.is_unknown(x):
            self._graph, self.built = x, True
            self._declare(None, None)
            return
        self._graph = Graph([self._stack[0].output], [x], self.name) if isinstance(x, KerasTensor) else None
        if self._graph is not None:
            self.built = True
            self._declare(given_inputs(self._graph), self._graph.flat_outputs)

    def build(self, input_shape=None):
        if not self._stack:
            raise ValueError(f"Sequential model {self.name} cannot be built because it has no layers. Call `model.add(layer)`.")
        if input_shape is None or not is_shape(input_shape):
            self.built = True
            return
        if isinstance(self._stack[0], InputLayer):
            known = tuple(self._stack[0].batch_shape)
            if len(known) != len(input_shape) or not all([a == b for a, b in zip(known[1:], tuple(input_shape)[1:])]):
                raise ValueError(f"Sequential model '{self.name}' has already been configured to use input shape {known}. "
                                 f"You cannot build it with input_shape {tuple(input_shape)}")
            if len(self._stack) == 1:
                self._graph = Graph([self._stack[0].output], [self._stack[0].output], self.name)
                self.built = True
            return
        self._stack.insert(0, InputLayer(batch_shape=tuple(input_shape), dtype=self._stack[0].compute_dtype))
        self._extend()
        self.built = True

    def _build_from(self, args, kwargs):
        x = args[0] if args else kwargs.get('inputs')
        if isinstance(x, layerscope.Value) and layerscope.is_known(x.shape) and self._stack and not isinstance(self._stack[0], InputLayer):
            self.build((None,) + tuple(x.shape)[1:])

    def call(self, inputs, training=None, mask=None, **kwargs):
        if self._graph is not None:
            return self._one(self._graph.run(self._given_inputs(inputs)))
        for layer in self.layers:
            inputs = layer(inputs)
        return inputs

    def _assert_input_compatibility(self, first):
        pass

    def _fit_input(self, x, tensor):
        """The layers check their input themselves; said here of a whole model of Keras's own layers, so that it can offer a fix."""
        if any([layerscope.in_user_code(layer.__class__) for layer in self.layers]):
            return x
        try:
            return super()._fit_input(x, tensor)
        except ValueError:
            if len(x.shape) != len(tensor.shape):
                raise
            if self._refused(x):
                raise
            return x

    def _refused(self, x):
        try:
            self._graph.run([x])
        except Exception:
            return True
        return False

    def _obj_type(self):
        return 'Sequential' if self.__class__.__name__ == 'Sequential' else self.__class__.__name__

    def __layerscope_try__(self):
        if self._graph is None and self._stack:
            self(layerscope.input(None, None, name='input', like=Tensor))
