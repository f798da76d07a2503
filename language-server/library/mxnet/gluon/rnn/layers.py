"""Recurrent layers over whole sequences, lowered to ONNX's LSTM, GRU and RNN with the gates in ONNX's order."""
import layerscope

from mxnet.base import inconsistent
from mxnet.gluon.block import HybridBlock
from mxnet.ndarray import swapaxes, zeros
from mxnet.ndarray.array import NDArray

# MXNet's gates in ONNX's order: (input, forget, cell, output) and (reset, update, new)
_ORDER = {'lstm': (0, 3, 1, 2), 'gru': (1, 0, 2), 'rnn_tanh': (0,), 'rnn_relu': (0,)}


def _operator(type, *inputs, **options):
    return layerscope.operator(type, *inputs, like=NDArray, **options)


def _reordered(tensor, mode):
    """The rows of a weight or bias, gate by gate in ONNX's order, with an axis for the direction in front."""
    order = _ORDER[mode]
    if len(order) > 1:
        gates = _operator('Split', tensor, axis=0, num_outputs=len(order), outputs=len(order))
        tensor = _operator('Concat', *[gates[position] for position in order], axis=0)
    return _operator('Unsqueeze', tensor, [0])


def _joined(parts, axis=0):
    return parts[0] if len(parts) == 1 else _operator('Concat', *parts, axis=axis)


class _Recurrent(HybridBlock):
    def __init__(self, mode, hidden_size, num_layers=1, layout='TNC', dropout=0, bidirectional=False, input_size=0, i2h_weight_initializer=None, h2h_weight_initializer=None,
                 i2h_bias_initializer='zeros', h2h_bias_initializer='zeros', dtype='float32', projection_size=None, use_sequence_length=False, prefix=None, params=None, **kwargs):
        super().__init__(prefix, params)
        if layout not in ('TNC', 'NTC'):
            raise AssertionError(f"Invalid layout {layout}; must be one of ['TNC' or 'NTC']")
        self._mode, self._hidden_size, self._num_layers, self._layout = mode, hidden_size, num_layers, layout
        self._directions, self._projection_size = 'lr' if bidirectional else 'l', projection_size
        self.hidden_size, self.num_layers, self.layout, self.bidirectional, self.dropout, self.input_size = hidden_size, num_layers, layout, bidirectional, dropout, input_size
        rows, width = len(_ORDER[mode]) * hidden_size, input_size
        for layer in range(num_layers):
            for direction in self._directions:
                self._register(f'{direction}{layer}_i2h_weight', (rows, width), i2h_weight_initializer)
                self._register(f'{direction}{layer}_h2h_weight', (rows, projection_size or hidden_size), h2h_weight_initializer)
                self._register(f'{direction}{layer}_i2h_bias', (rows,), i2h_bias_initializer)
                self._register(f'{direction}{layer}_h2h_bias', (rows,), h2h_bias_initializer)
                if projection_size:
                    self._register(f'{direction}{layer}_h2r_weight', (projection_size, hidden_size), None)
            width = (projection_size or hidden_size) * len(self._directions)

    def _register(self, name, shape, init):
        setattr(self, name, self.params.get(name, shape=shape, init=init))

    def _stored(self, name):
        """As if the layer were made of cells: what it was before its steps were fused."""
        where, part = name.split('_', 1)
        return f'_unfused.{where[1:]}.{where[0] + "_cell." if len(self._directions) == 2 else ""}{part}'

    def state_info(self, batch_size=0):
        sizes = [self._projection_size or self._hidden_size] + ([self._hidden_size] if self._mode == 'lstm' else [])
        return [{'shape': (self._num_layers * len(self._directions), batch_size, size), '__layout__': 'LNC'} for size in sizes]

    def begin_state(self, batch_size=0, func=zeros, **kwargs):
        return [func(shape=info['shape'], **kwargs) for info in self.state_info(batch_size)]

    def __call__(self, inputs, states=None, sequence_length=None):
        return layerscope.call(self, self._forward, (inputs, states), {})

    def _forward(self, inputs, states):
        layerscope.expect(inputs, (None, None, self.input_size or None))
        if len(inputs.shape) != 3:
            raise layerscope.related(AssertionError(f'Input data should be rank-3 tensor of dim [sequence length, batch size, input size], not of shape {tuple(inputs.shape)}'),
                                     inputs, f'the array of shape {tuple(inputs.shape)} is made here')
        given = states is not None
        states = [states] if isinstance(states, NDArray) else list(states) if given else []
        for state, info in zip(states, self.state_info(inputs.shape[self._layout.index('N')])):
            if isinstance(state, NDArray):
                layerscope.require(tuple(state.shape) == info['shape'], layerscope.related(
                    ValueError(f"Invalid recurrent state shape. Expecting {info['shape']}, got {tuple(state.shape)}."), state, f'the state of shape {tuple(state.shape)} is made here'))
        output, finals = self._run(inputs, states)
        return (output, finals) if given else output

    forward = _forward

    def _run(self, inputs, states):
        sequence = swapaxes(inputs, 0, 1) if self._layout == 'NTC' else inputs
        if self._projection_size:
            reason = 'an LSTM with projections is not an operator of the graph'
            shapes = [[*sequence.shape[:2], self._projection_size * len(self._directions)]] + [list(info['shape']) for info in self.state_info(sequence.shape[1])]
            sequence, *finals = [layerscope.gap(reason, sequence, shape=shape, dtype='float32', like=NDArray) for shape in shapes]
        else:
            lasts, count = [[], []], len(self._directions)
            for layer in range(self._num_layers):
                given = [_operator('Slice', state, [layer * count], [(layer + 1) * count], [0]) for state in states]
                sequence, *ends = self._layer(sequence, layer, given)
                for kept, end in zip(lasts, ends):
                    kept.append(end)
            finals = [_joined(kept) for kept in lasts if kept]
        return swapaxes(sequence, 0, 1) if self._layout == 'NTC' else sequence, finals

    def _layer(self, sequence, layer, states):
        rows, width = len(_ORDER[self._mode]) * self._hidden_size, sequence.shape[2]
        weights, again, biases = [], [], []
        for direction in self._directions:
            settled = lambda name, shape: self._reg_params[f'{direction}{layer}_{name}'].settle(shape)
            weight = settled('i2h_weight', (rows, width))
            layerscope.require(weight.shape[1] == width, inconsistent(self.name, weight.shape, [rows, width], sequence))
            weights.append(_reordered(weight, self._mode))
            again.append(_reordered(settled('h2h_weight', (rows, self._hidden_size)), self._mode))
            biases.append(_operator('Concat', *[_reordered(settled(name, (rows,)), self._mode) for name in ('i2h_bias', 'h2h_bias')], axis=1))
        count = len(self._directions)
        options = {'hidden_size': self._hidden_size, 'direction': 'bidirectional' if count == 2 else 'forward'}
        if self._mode == 'gru':
            options['linear_before_reset'] = 1
        if self._mode == 'rnn_relu':
            options['activations'] = ['Relu'] * count
        type = 'RNN' if self._mode.startswith('rnn') else self._mode.upper()
        results = _operator(type, sequence, _joined(weights), _joined(again), _joined(biases), None, *states, outputs=3 if type == 'LSTM' else 2, **options)
        # (time, directions, batch, hidden) to (time, batch, directions * hidden)
        output = _operator('Reshape', _operator('Transpose', results[0], perm=[0, 2, 1, 3]), [sequence.shape[0], sequence.shape[1], count * self._hidden_size])
        return (output,) + tuple(results[1:])


class RNN(_Recurrent):
    def __init__(self, hidden_size, num_layers=1, activation='relu', layout='TNC', dropout=0, bidirectional=False, **kwargs):
        super().__init__('rnn_' + activation, hidden_size, num_layers, layout, dropout, bidirectional, **kwargs)


class LSTM(_Recurrent):
    def __init__(self, hidden_size, num_layers=1, layout='TNC', dropout=0, bidirectional=False, **kwargs):
        super().__init__('lstm', hidden_size, num_layers, layout, dropout, bidirectional, **kwargs)


class GRU(_Recurrent):
    def __init__(self, hidden_size, num_layers=1, layout='TNC', dropout=0, bidirectional=False, **kwargs):
        super().__init__('gru', hidden_size, num_layers, layout, dropout, bidirectional, **kwargs)
