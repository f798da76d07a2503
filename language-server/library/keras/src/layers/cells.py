"""Recurrent cells, and the loop over time with a cell."""
import layerscope

from keras.src import activations, initializers
from keras.src.backend.tensor_shape import TensorShape
from keras.src.backend.tensors import Tensor, convert, plain_class, to_float
from keras.src.layers.layer import Layer
from keras.src.operations.numpy import stack
from keras.src.tree import flatten, map_structure


class _Cell(Layer):
    fields = ('units', 'activation')
    gates = 1
    state_count = 1

    def __init__(self, units, activation='tanh', recurrent_activation='sigmoid', use_bias=True, kernel_initializer='glorot_uniform',
                 recurrent_initializer='orthogonal', bias_initializer='zeros', unit_forget_bias=True, reset_after=True, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs):
        for key in list(kwargs):
            if key.endswith('_regularizer') or key.endswith('_constraint') or key == 'implementation':
                kwargs.pop(key)
        super().__init__(**kwargs)
        self.units = units
        self.activation = activations.get(activation)
        self.recurrent_activation = activations.get(recurrent_activation)
        self.use_bias, self.reset_after = use_bias, reset_after
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.recurrent_initializer = initializers.get(recurrent_initializer)
        self.state_size = units if self.state_count == 1 else [units] * self.state_count
        self.output_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(name='kernel', shape=(input_shape[-1], self.gates * self.units), initializer=self.kernel_initializer)
        self.recurrent_kernel = self.add_weight(name='recurrent_kernel', shape=(self.units, self.gates * self.units), initializer=self.recurrent_initializer)
        shape = (2, 3 * self.units) if self.gates == 3 and self.reset_after else (self.gates * self.units,)
        self.bias = self.add_weight(name='bias', shape=shape, initializer='zeros') if self.use_bias else None
        self.built = True

    def _products(self, inputs, state):
        return inputs @ self.kernel, state @ self.recurrent_kernel

    def get_initial_state(self, batch_size=None):
        made = [layerscope.operator('Expand', layerscope.constant(0.0, 'float32', like=Tensor), [batch_size, self.units]) for _ in range(self.state_count)]
        return made[0] if len(made) == 1 else made


class SimpleRNNCell(_Cell):
    def __init__(self, units, activation='tanh', use_bias=True, **kwargs):
        super().__init__(units, activation, 'sigmoid', use_bias, **kwargs)

    def call(self, sequence, states, training=False):
        state = states[0] if isinstance(states, (list, tuple)) else states
        a, b = self._products(to_float(sequence), state)
        made = self.activation(a + b if self.bias is None else a + b + self.bias)
        return made, [made] if isinstance(states, (list, tuple)) else made


class LSTMCell(_Cell):
    gates = 4
    state_count = 2

    def call(self, inputs, states, training=False):
        a, b = self._products(to_float(inputs), states[0])
        whole = a + b if self.bias is None else a + b + self.bias
        i, f, c, o = layerscope.operator('Split', whole, outputs=4, axis=1, num_outputs=4)
        carry = self.recurrent_activation(f) * states[1] + self.recurrent_activation(i) * self.activation(c)
        made = self.recurrent_activation(o) * self.activation(carry)
        return made, [made, carry]


class GRUCell(_Cell):
    gates = 3

    def call(self, inputs, states, training=False):
        state = states[0] if isinstance(states, (list, tuple)) else states
        a, b = self._products(to_float(inputs), state)
        if self.bias is not None:
            a, b = (a + self.bias[0], b + self.bias[1]) if self.reset_after else (a + self.bias, b)
        z, r, h = layerscope.operator('Split', a, outputs=3, axis=1, num_outputs=3)
        sz, sr, sh = layerscope.operator('Split', b, outputs=3, axis=1, num_outputs=3)
        update = self.recurrent_activation(z + sz)
        candidate = self.activation(h + self.recurrent_activation(r + sr) * sh)
        made = update * state + (1.0 - update) * candidate
        return made, [made] if isinstance(states, (list, tuple)) else made


class StackedRNNCells(Layer):
    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        self.cells = list(cells)

    @property
    def state_size(self):
        return [cell.state_size for cell in self.cells]

    @property
    def output_size(self):
        return getattr(self.cells[-1], 'output_size', self.cells[-1].state_size)

    def build(self, input_shape):
        self.built = True

    def get_initial_state(self, batch_size=None):
        return [cell.get_initial_state(batch_size) for cell in self.cells]

    def call(self, inputs, states, training=False, **kwargs):
        new = []
        for cell, state in zip(self.cells, states):
            listed = isinstance(state, (list, tuple))
            inputs, state = cell(inputs, state if listed else [state])
            new.append(state if listed else flatten(state)[0])
        return inputs, new


def _zeros(size, batch, dtype):
    """States that are all zero, in the structure that a cell states. A `TensorShape` is the shape of one state, a list one of several."""
    if isinstance(size, (list, tuple)) and not isinstance(size, TensorShape):
        return [_zeros(item, batch, dtype) for item in size]
    sizes = list(size) if isinstance(size, TensorShape) else [size]
    return layerscope.operator('Expand', layerscope.constant(0.0, dtype, like=Tensor), [batch] + sizes)


class RNN(Layer):
    """A loop over time with a cell of the user's choice. Short loops are unrolled; of long ones only the shape is known."""
    fields = ('return_sequences', 'return_state', 'go_backwards')

    def __init__(self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, zero_output_for_mask=False, **kwargs):
        if isinstance(cell, (list, tuple)):
            cell = StackedRNNCells(cell)
        if not hasattr(cell, 'call') and layerscope.is_known(cell):
            raise ValueError(f"Argument `cell` should have a `call` method. Received: cell={cell}")
        if not hasattr(cell, 'state_size') and layerscope.is_known(cell):
            raise ValueError(f"The RNN cell should have a `state_size` attribute (single integer or list of integers, one integer per RNN state). Received: cell={cell}")
        super().__init__(**kwargs)
        self.cell = cell
        self.return_sequences, self.return_state, self.go_backwards = return_sequences, return_state, go_backwards

    def build(self, sequences_shape, initial_state_shape=None):
        self.built = True

    def _initial(self, batch):
        if hasattr(self.cell, 'get_initial_state'):
            made = self.cell.get_initial_state(batch_size=batch)
        else:
            made = _zeros(self.cell.state_size, batch, self.compute_dtype)
        return list(made) if isinstance(made, (list, tuple)) else [made]

    def _after(self, output, length, like):
        """What a long loop gives, of which one step was followed."""
        shape = [output.shape[0]] + ([length] if self.return_sequences else []) + list(output.shape[1:])
        return layerscope.gap("a loop over time with a cell of the user's own", output, shape=shape, dtype=output.dtype, like=like)

    def call(self, sequences, initial_state=None, mask=None, training=False):
        if isinstance(sequences, list):
            sequences, initial_state = sequences[0], list(sequences[1:]) or initial_state
        # a tuple is one input of several parts, whose steps the cell gets together
        parts = map_structure(convert, sequences)
        x = flatten(parts)[0]
        states = list(initial_state) if isinstance(initial_state, (list, tuple)) else [initial_state] if initial_state is not None else self._initial(x.shape[0])
        length = x.shape[1]
        short = layerscope.is_known(length) and length <= 16
        outputs = []
        if not short:
            # what the cell collects in the steps that are not followed is not known
            layerscope.unknown('the steps of a loop over time')(self.cell)
        for index in range(length if short else 1):
            step = length - 1 - index if self.go_backwards and short else index
            output, states = self.cell(map_structure(lambda part: part[:, step], parts), states)
            states = list(states) if isinstance(states, (list, tuple)) else [states]
            outputs.append(output)
        if short:
            made = map_structure(lambda *steps: stack(list(steps), 1), *outputs) if self.return_sequences else outputs[-1]
        else:
            made = map_structure(lambda output: self._after(output, length, plain_class(x)), outputs[0])
        return [made] + states if self.return_state else made
