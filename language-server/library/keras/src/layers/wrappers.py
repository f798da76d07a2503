"""A layer in both directions of time, and a layer at each time."""
import layerscope

from keras.src.backend.tensors import convert, plain_class
from keras.src.layers.core import Wrapper
from keras.src.layers.layer import Layer
from keras.src.operations.numpy import concatenate, flip
from keras.src.tree import map_structure


class Bidirectional(Layer):
    fields = ('merge_mode',)

    def __init__(self, layer, merge_mode='concat', weights=None, backward_layer=None, **kwargs):
        if not isinstance(layer, Layer) and layerscope.is_known(layer):
            raise ValueError(f"Please initialize `Bidirectional` layer with a `keras.layers.Layer` instance. Received: {layer}")
        if merge_mode not in ('sum', 'mul', 'ave', 'concat', None):
            raise ValueError(f"Invalid merge mode. Received: {merge_mode}. Merge mode should be one of {{\"sum\", \"mul\", \"ave\", \"concat\", None}}")
        if getattr(layer, '_input_shape_arg', None) is not None:
            kwargs.setdefault('input_shape', layer._input_shape_arg)
        super().__init__(**kwargs)
        self.forward_layer = layer._again(name=f'forward_{layer.name}')
        if backward_layer is None:
            self.backward_layer = layer._again(name=f'backward_{layer.name}', go_backwards=not layer.go_backwards)
        else:
            self.backward_layer = backward_layer
        self.merge_mode = merge_mode
        self.return_sequences, self.return_state = layer.return_sequences, layer.return_state
        self.input_spec = layer.input_spec

    def build(self, sequences_shape, initial_state_shape=None):
        self.built = True

    def _build_from(self, args, kwargs):
        self.built = True

    def _assert_input_compatibility(self, first):
        super()._assert_input_compatibility(first[0] if isinstance(first, (list, tuple)) else first)

    def _expect(self, x):
        super()._expect(x[0] if isinstance(x, (list, tuple)) else x)

    def call(self, sequences, initial_state=None, mask=None, training=None):
        if isinstance(sequences, (list, tuple)):
            sequences, initial_state = sequences[0], list(sequences[1:]) or initial_state
        states = list(initial_state) if initial_state is not None else None
        half = len(states) // 2 if states else 0
        forward = self.forward_layer(sequences, initial_state=states[:half]) if states else self.forward_layer(sequences)
        backward = self.backward_layer(sequences, initial_state=states[half:]) if states else self.backward_layer(sequences)
        finals = []
        if self.return_state:
            finals = list(forward[1:]) + list(backward[1:])
            forward, backward = forward[0], backward[0]
        if self.return_sequences:
            backward = flip(backward, 1)
        if self.merge_mode is None:
            return [forward, backward] + finals
        made = {'concat': lambda: concatenate([forward, backward], -1), 'sum': lambda: forward + backward, 'ave': lambda: (forward + backward) / 2.0,
                'mul': lambda: forward * backward}[self.merge_mode]()
        return [made] + finals if self.return_state else made


class TimeDistributed(Wrapper):
    def __init__(self, layer, **kwargs):
        if not isinstance(layer, Layer) and layerscope.is_known(layer):
            raise ValueError(f"Please initialize `TimeDistributed` layer with a `keras.layers.Layer` instance. Received: {layer}")
        super().__init__(layer, **kwargs)

    def build(self, input_shape):
        if len(input_shape) < 3:
            raise ValueError("`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions, " f"received: {input_shape}")
        self.built = True

    def call(self, inputs, training=None, mask=None):
        x = convert(inputs)
        batch, time = x.shape[0], x.shape[1]
        flat = layerscope.operator('Reshape', x, [batch * time] + list(x.shape[2:]), like=plain_class(x))
        made = self.layer(flat)
        return map_structure(lambda y: layerscope.operator('Reshape', y, [batch, time] + list(y.shape[1:]), like=plain_class(y)), made)
