"""Recurrent layers: LSTM, GRU and simple ones as ONNX's operators, and loops over cells."""
import layerscope

from keras.src import activations, initializers
from keras.src.backend.tensors import Tensor, cast, convert, plain_class, to_float
from keras.src.layers.core import Wrapper
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer, whole
from keras.src.operations.numpy import concatenate, flip, stack
from keras.src.tree import flatten, map_structure, pack_sequence_as

_ONNX = {'tanh': 'Tanh', 'sigmoid': 'Sigmoid', 'relu': 'Relu', 'hard_sigmoid': 'HardSigmoid', 'softsign': 'Softsign', 'softplus': 'Softplus', 'elu': 'Elu', 'linear': 'Affine'}


class _Recurrent(Layer):
    """What LSTM, GRU and SimpleRNN share. `gates` is how many matrices their kernels hold side by side."""
    fields = ('units', 'activation', 'return_sequences', 'return_state', 'go_backwards', 'stateful')
    gates = 1
    states = 1

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
        return self.units if self.states == 1 else [self.units] * self.states

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

    def reset_states(self, states=None):
        pass

    reset_state = reset_states

    def get_initial_state(self, batch_size):
        return [layerscope.operator('Expand', layerscope.constant(0.0, 'float32', like=Tensor), [batch_size, self.units])] * self.states


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
    states = 2

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


class _Cell(Layer):
    fields = ('units', 'activation')
    gates = 1
    states = 1

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
        self.state_size = units if self.states == 1 else [units] * self.states
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
        made = [layerscope.operator('Expand', layerscope.constant(0.0, 'float32', like=Tensor), [batch_size, self.units]) for _ in range(self.states)]
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
    states = 2

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
            made = map_structure(lambda size: layerscope.operator('Expand', layerscope.constant(0.0, 'float32', like=Tensor), [batch] + (list(size) if isinstance(size, (list, tuple)) else [size])), self.cell.state_size)
        return list(made) if isinstance(made, (list, tuple)) else [made]

    def call(self, sequences, initial_state=None, mask=None, training=False):
        if isinstance(sequences, (list, tuple)):
            sequences, initial_state = sequences[0], list(sequences[1:]) or initial_state
        x = convert(sequences)
        states = list(initial_state) if isinstance(initial_state, (list, tuple)) else [initial_state] if initial_state is not None else self._initial(x.shape[0])
        length = x.shape[1]
        short = layerscope.is_known(length) and length <= 16
        outputs = []
        for index in range(length if short else 1):
            output, states = self.cell(x[:, length - 1 - index if self.go_backwards and short else index], states)
            states = list(states) if isinstance(states, (list, tuple)) else [states]
            outputs.append(output)
        if short:
            made = stack(outputs, 1) if self.return_sequences else outputs[-1]
        else:
            output = outputs[0]
            shape = [output.shape[0]] + ([length] if self.return_sequences else []) + list(output.shape[1:])
            made = layerscope.gap("a loop over time with a cell of the user's own", output, shape=shape, dtype=output.dtype, like=plain_class(x))
        return [made] + states if self.return_state else made


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


class ConvLSTM(Layer):
    """Convolutional LSTM: step by step where the number of steps is known and not large, else its shapes alone."""
    rank = 2
    most_steps = 64
    fields = ('filters', 'kernel_size', 'strides', 'padding', 'return_sequences')

    def __init__(self, filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, activation='tanh', recurrent_activation='sigmoid',
                 use_bias=True, kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros', unit_forget_bias=True,
                 return_sequences=False, return_state=False, go_backwards=False, stateful=False, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs):
        for key in list(kwargs):
            if key.endswith('_regularizer') or key.endswith('_constraint'):
                kwargs.pop(key)
        super().__init__(**kwargs)
        from keras.src.backend.config import standardize_data_format
        from keras.src.layers.windows import standardize_padding, standardize_tuple
        self.filters = filters
        self.kernel_size = standardize_tuple(kernel_size, self.rank, 'kernel_size')
        self.strides = standardize_tuple(strides, self.rank, 'strides')
        self.dilation_rate = standardize_tuple(dilation_rate, self.rank, 'dilation_rate')
        self.padding = standardize_padding(padding)
        self.data_format = standardize_data_format(data_format)
        self.return_sequences, self.return_state, self.use_bias = return_sequences, return_state, use_bias
        self.go_backwards = go_backwards
        self.activation, self.recurrent_activation = activations.get(activation), activations.get(recurrent_activation)
        self.input_spec = InputSpec(ndim=self.rank + 3)

    def build(self, input_shape):
        channels = input_shape[-1 if self.data_format == 'channels_last' else 2]
        self.kernel = self.add_weight(name='conv_lstm_cell/kernel', shape=self.kernel_size + (channels, self.filters * 4))
        self.recurrent_kernel = self.add_weight(name='conv_lstm_cell/recurrent_kernel', shape=self.kernel_size + (self.filters, self.filters * 4))
        self.bias = self.add_weight(name='conv_lstm_cell/bias', shape=(self.filters * 4,), initializer='zeros') if self.use_bias else None
        self.built = True

    def call(self, sequences, initial_state=None, mask=None, training=False):
        shape = list(sequences.shape)
        first = 2 if self.data_format == 'channels_last' else 3
        made = []
        for offset in range(self.rank):
            reach = (self.kernel_size[offset] - 1) * self.dilation_rate[offset] + 1
            size = shape[first + offset]
            made.append(-(-size // self.strides[offset]) if self.padding == 'same' else (size - reach) // self.strides[offset] + 1)
        frame = made + [self.filters] if self.data_format == 'channels_last' else [self.filters] + made
        if initial_state is None and layerscope.is_known(shape[1]) and isinstance(shape[1], int) and 0 < shape[1] <= self.most_steps:
            return self.steps(convert(sequences), shape)
        state = layerscope.gap('a convolutional LSTM', convert(sequences), self.kernel, self.recurrent_kernel, shape=[shape[0]] + frame, dtype='float32', like=plain_class(sequences))
        output = layerscope.gap('a convolutional LSTM', convert(sequences), self.kernel, self.recurrent_kernel, shape=[shape[0], shape[1]] + frame, dtype='float32',
                                like=plain_class(sequences)) if self.return_sequences else state
        return [output, state, state] if self.return_state else output


    def steps(self, sequences, shape):
        from keras.src.layers.windows import padding_attributes
        cls = plain_class(sequences)
        last = self.data_format == 'channels_last'
        time = shape[1]

        def operator(type, *inputs, **attributes):
            return layerscope.operator(type, *inputs, like=cls, **attributes)

        def convolve(x, kernel, strides, padding, dilation, bias=None):
            weight = operator('Transpose', kernel, perm=[self.rank + 1, self.rank] + list(range(self.rank)))
            sizes = list(x.shape[2:])
            return operator('Conv', x, weight, bias, strides=list(strides), dilations=list(dilation), **padding_attributes(sizes, kernel.shape[:self.rank], strides, dilation, padding))

        # the frames of all steps pass through the first convolution together
        frames = operator('Reshape', sequences, [shape[0] * time] + shape[2:])
        if last:
            frames = operator('Transpose', frames, perm=[0, self.rank + 1] + list(range(1, self.rank + 1)))
        taken = convolve(frames, self.kernel, self.strides, self.padding, self.dilation_rate, self.bias)
        taken = operator('Reshape', taken, [shape[0], time] + list(taken.shape[1:]))
        parts = layerscope.operator('Split', taken, axis=1, num_outputs=time, outputs=time, like=cls)
        parts = list(parts) if time > 1 else [parts]
        if self.go_backwards:
            parts.reverse()
        hidden, carry, made = None, None, []
        for part in parts:
            gates = operator('Squeeze', part, [1])
            if hidden is not None:
                gates = operator('Add', gates, convolve(hidden, self.recurrent_kernel, (1,) * self.rank, 'same', (1,) * self.rank))
            i, f, g, o = layerscope.operator('Split', gates, axis=1, num_outputs=4, outputs=4, like=cls)
            new = operator('Mul', self.recurrent_activation(i), self.activation(g))
            carry = new if carry is None else operator('Add', operator('Mul', self.recurrent_activation(f), carry), new)
            hidden = operator('Mul', self.recurrent_activation(o), self.activation(carry))
            made.append(operator('Unsqueeze', hidden, [1]))

        def placed(x, front):
            rank = len(x.shape)
            return operator('Transpose', x, perm=list(range(front)) + list(range(front + 1, rank)) + [front]) if last else x

        state = placed(hidden, 1)
        output = placed(operator('Concat', *made, axis=1), 2) if self.return_sequences else state
        return [output, state, placed(carry, 1)] if self.return_state else output


class ConvLSTM1D(ConvLSTM):
    rank = 1


class ConvLSTM2D(ConvLSTM):
    rank = 2


class ConvLSTM3D(ConvLSTM):
    rank = 3
