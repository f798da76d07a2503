"""LSTMs whose products are convolutions."""
import layerscope

from keras.src import activations
from keras.src.backend.tensors import convert, plain_class
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer


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
