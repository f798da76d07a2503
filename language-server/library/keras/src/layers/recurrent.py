"""LSTM, GRU and simple recurrent layers, as ONNX's operators."""
import layerscope

from keras.src import activations, initializers
from keras.src.backend.tensors import KerasTensor, Tensor, convert, plain_class, to_float
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.late import meets_late
from keras.src.layers.layer import Layer
from keras.src.layers.shapes import whole
from keras.src.tree import flatten

_ONNX = {'tanh': 'Tanh', 'sigmoid': 'Sigmoid', 'relu': 'Relu', 'hard_sigmoid': 'HardSigmoid', 'softsign': 'Softsign', 'softplus': 'Softplus', 'elu': 'Elu', 'linear': 'Affine'}


class _Recurrent(Layer):
    """What LSTM, GRU and SimpleRNN share. `gates` is how many matrices their kernels hold side by side."""
    fields = ('units', 'activation', 'return_sequences', 'return_state', 'go_backwards', 'stateful')
    gates = 1
    state_count = 1

    def __init__(self, units=None, activation='tanh', recurrent_activation='sigmoid', use_bias=True, kernel_initializer='glorot_uniform',
                 recurrent_initializer='orthogonal', bias_initializer='zeros', kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None,
                 return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, use_cudnn='auto', unit_forget_bias=True,
                 implementation=2, time_major=False, zero_output_for_mask=False, reset_after=True, **kwargs):
        units = whole(kwargs.pop('output_dim', None) if units is None else units)
        if units is None:
            raise TypeError(f"{self.__class__.__name__}.__init__() missing 1 required positional argument: 'units'")
        super().__init__(activity_regularizer=activity_regularizer, **_without_old(kwargs))
        if layerscope.is_known(units) and (not isinstance(units, int) or units <= 0):
            raise ValueError(f"Received an invalid value for argument `units`, expected a positive integer, got {units}.")
        self.units = units
        self.activation = activations.get(activation)
        self.recurrent_activation = activations.get(recurrent_activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.recurrent_initializer = initializers.get(recurrent_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.return_sequences, self.return_state = return_sequences, return_state
        self.go_backwards, self.stateful, self.reset_after = go_backwards, stateful, reset_after
        self.input_spec = InputSpec(ndim=3)
        self.supports_masking = True

    def compute_mask(self, inputs, mask=None):
        return mask if self.return_sequences else None

    def get_config(self):
        made = super().get_config()
        made.update({'recurrent_activation': self.recurrent_activation.__name__, 'use_bias': self.use_bias, 'activation': self.activation.__name__})
        return made

    @property
    def state_size(self):
        return self.units if self.state_count == 1 else [self.units] * self.state_count

    def build(self, sequences_shape, initial_state_shape=None):
        size = sequences_shape[-1]
        cell = f'{_cell_name(self)}/'
        self.kernel = self.add_weight(name=cell + 'kernel', shape=(size, self.gates * self.units), initializer=self.kernel_initializer)
        self.recurrent_kernel = self.add_weight(name=cell + 'recurrent_kernel', shape=(self.units, self.gates * self.units), initializer=self.recurrent_initializer)
        self.bias = self.add_weight(name=cell + 'bias', shape=self._bias_shape(), initializer=self.bias_initializer) if self.use_bias else None
        self.input_spec = InputSpec(ndim=3, axes={-1: size})
        self.built = True

    def _bias_shape(self):
        return (self.gates * self.units,)

    def _build_from(self, args, kwargs):
        first = args[0] if args else kwargs.get('sequences', kwargs.get('inputs'))
        sequence = first[0] if isinstance(first, (list, tuple)) else first
        self.build(tuple(sequence.shape))

    def _assert_input_compatibility(self, first):
        super()._assert_input_compatibility(first[0] if isinstance(first, (list, tuple)) else first)

    def _expect(self, x):
        super()._expect(x[0] if isinstance(x, (list, tuple)) else x)

    def call(self, sequences, initial_state=None, mask=None, training=False, constants=None):
        if isinstance(sequences, (list, tuple)):
            sequences, initial_state = sequences[0], list(sequences[1:]) or initial_state
        x = to_float(sequences)
        like = plain_class(x)
        if self.go_backwards:
            x = layerscope.operator('Slice', x, [-1], [-9223372036854775807], [1], [-1], like=like)
        x = layerscope.operator('Transpose', x, perm=[1, 0, 2], like=like)
        given = flatten(initial_state) if initial_state is not None else []
        for state in given:
            if like is KerasTensor and isinstance(state, KerasTensor) and layerscope.is_known(state.shape) and layerscope.is_known(state.shape[-1]) and state.shape[-1] != self.units:
                meets_late(self, f"The initial state of layer '{self.name}' must have {self.units} features, as it has units, but its shape is {tuple(state.shape)}.")
                given = []
                break
        starts = [layerscope.operator('Unsqueeze', convert(state), [0], like=like) for state in given]
        made = self._run(x, starts)
        finals = [layerscope.operator('Squeeze', state, [0], like=like) for state in made[1:]]
        output = finals[0]
        if self.return_sequences:
            output = layerscope.operator('Transpose', layerscope.operator('Squeeze', made[0], [1], like=like), perm=[1, 0, 2], like=like)
        elif self.return_state:
            output = layerscope.operator('Identity', output, like=like)
        return [output] + finals if self.return_state else output

    def _operator(self, type, x, order, bias, starts, outputs, activations_of, **attributes):
        """ONNX's operator; its weights are Keras's, transposed, their gates in ONNX's order."""
        like = plain_class(x)
        names = [_ONNX.get(function.__name__) for function in activations_of]
        if None in names:
            length = x.shape[0]
            shapes = [[length, 1, x.shape[1], self.units]] + [[1, x.shape[1], self.units]] * (outputs - 1)
            return [layerscope.gap('a recurrent layer with an activation of its own', x, self.kernel, self.recurrent_kernel, shape=shape, dtype=x.dtype, like=like) for shape in shapes]
        if 'HardSigmoid' in names:
            attributes['activation_alpha'] = [1.0 / 6.0 if name == 'HardSigmoid' else 1.0 for name in names]
            attributes['activation_beta'] = [0.5 if name == 'HardSigmoid' else 0.0 for name in names]
        elif 'Affine' in names or 'Elu' in names:
            attributes['activation_alpha'] = [1.0] * len(names)
            attributes['activation_beta'] = [0.0] * len(names)
        states = starts + [None] * (outputs - 1 - len(starts))
        return layerscope.operator(type, x, _gates(self.kernel, order), _gates(self.recurrent_kernel, order), bias, None, *states, outputs=outputs, hidden_size=self.units,
                                   activations=names, like=like, **attributes)

    @property
    def states(self):
        """Of a stateful layer: what the last batch left."""
        return layerscope.unknown('the states of a recurrent layer') if self.stateful else [None] * self.state_count

    def reset_states(self, states=None):
        pass

    reset_state = reset_states

    def get_initial_state(self, batch_size):
        return [layerscope.operator('Expand', layerscope.constant(0.0, 'float32', like=Tensor), [batch_size, self.units])] * self.state_count


def _without_old(kwargs):
    """Keras 1's arguments that leave shapes as they are."""
    return {name: value for name, value in kwargs.items() if name not in ('init', 'inner_init', 'inner_activation', 'forget_bias_init', 'consume_less', 'dropout_W', 'dropout_U',
                                                                          'W_regularizer', 'U_regularizer', 'b_regularizer')}


def _cell_name(layer):
    return {'LSTM': 'lstm_cell', 'GRU': 'gru_cell', 'SimpleRNN': 'simple_rnn_cell'}.get(layer.__class__.__name__, 'cell')


def _gates(kernel, order):
    """(size, gates * units) to (1, gates * units, size) with the gates in another order."""
    turned = layerscope.operator('Transpose', kernel, perm=[1, 0])
    if order != list(range(len(order))):
        parts = layerscope.operator('Split', turned, outputs=len(order), axis=0, num_outputs=len(order))
        turned = layerscope.operator('Concat', *[parts[index] for index in order], axis=0)
    return layerscope.operator('Unsqueeze', turned, [0])


def _ordered(bias, order, axis=0):
    if order == list(range(len(order))):
        return bias
    parts = layerscope.operator('Split', bias, outputs=len(order), axis=axis, num_outputs=len(order))
    return layerscope.operator('Concat', *[parts[index] for index in order], axis=axis)


def _both_biases(bias, order):
    """ONNX's bias of inputs and of states, the second all zero."""
    if bias is None:
        return None
    ordered = _ordered(bias, order)
    whole = layerscope.operator('Concat', ordered, layerscope.operator('Mul', ordered, 0.0), axis=0)
    return layerscope.operator('Unsqueeze', whole, [0])


class SimpleRNN(_Recurrent):
    def __init__(self, units=None, activation='tanh', use_bias=True, *args, **kwargs):
        super().__init__(units, activation, 'sigmoid', use_bias, *args, **kwargs)

    def get_config(self):
        made = super().get_config()
        made.pop('recurrent_activation')
        return made

    def _run(self, x, starts):
        return self._operator('RNN', x, [0], _both_biases(self.bias, [0]), starts, 2, [self.activation])


class LSTM(_Recurrent):
    gates = 4
    state_count = 2

    def _run(self, x, starts):
        order = [0, 3, 1, 2]
        return self._operator('LSTM', x, order, _both_biases(self.bias, order), starts, 3, [self.recurrent_activation, self.activation, self.activation])


class GRU(_Recurrent):
    gates = 3

    def _bias_shape(self):
        return (2, 3 * self.units) if self.reset_after else (3 * self.units,)

    def _run(self, x, starts):
        order = [0, 1, 2]
        if self.bias is None or not self.reset_after:
            bias = _both_biases(self.bias, order)
        else:
            bias = layerscope.operator('Reshape', self.bias, [1, 6 * self.units])
        return self._operator('GRU', x, order, bias, starts, 2, [self.recurrent_activation, self.activation], linear_before_reset=1 if self.reset_after else 0)


CuDNNLSTM, CuDNNGRU = LSTM, GRU
