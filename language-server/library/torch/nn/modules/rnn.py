"""Recurrent layers, lowered to ONNX's LSTM, GRU and RNN with the gates in ONNX's order."""
import math

import layerscope

from ... import types
from ...operations import joining, pointwise
from ...operations.checks import gap, list_text, operator, ranked
from ...operations.strides import permuted
from ..parameter import made
from .module import Module

# PyTorch's gates in ONNX's order: (input, forget, cell, output) and (reset, update, new)
_order = {'LSTM': (0, 3, 1, 2), 'GRU': (1, 0, 2), 'RNN_TANH': (0,), 'RNN_RELU': (0,)}


def reordered(tensor, mode):
    """The rows of a weight or bias, gate by gate in ONNX's order."""
    order = _order[mode]
    if len(order) == 1:
        return tensor
    gates = operator('Split', tensor, axis=0, num_outputs=len(order), outputs=len(order))
    return operator('Concat', *[gates[position] for position in order], axis=0)


class RNNBase(Module):
    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = dropout
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        if not isinstance(hidden_size, int) and layerscope.is_known(hidden_size):
            raise TypeError(f'hidden_size should be of type int, got: {type(hidden_size).__name__}')
        layerscope.require(input_size > 0, ValueError('input_size must be greater than zero'))
        layerscope.require(hidden_size > 0, ValueError('hidden_size must be greater than zero'))
        if layerscope.is_known(num_layers) and num_layers <= 0:
            raise ValueError('num_layers must be greater than zero')
        if dropout < 0 or dropout > 1:
            raise ValueError('dropout should be a number in range [0, 1] representing the probability of an element being zeroed')
        if proj_size < 0:
            raise ValueError('proj_size should be a positive integer or zero to disable projections')
        if proj_size >= hidden_size and proj_size > 0:
            raise ValueError('proj_size has to be smaller than hidden_size')
        directions = 2 if bidirectional else 1
        bound = 1 / math.sqrt(hidden_size) if layerscope.is_known(hidden_size) else 0.0
        rows = len(_order[mode]) * hidden_size
        state = proj_size if proj_size > 0 else hidden_size
        for layer in range(num_layers if layerscope.is_known(num_layers) else 0):
            width = input_size if layer == 0 else state * directions
            for direction in range(directions):
                suffix = f'_l{layer}' + ('_reverse' if direction else '')
                shapes = {'weight_ih': (rows, width), 'weight_hh': (rows, state)}
                if bias:
                    shapes.update({'bias_ih': (rows,), 'bias_hh': (rows,)})
                if proj_size > 0:
                    shapes['weight_hr'] = (proj_size, hidden_size)
                for name, shape in shapes.items():
                    self.register_parameter(name + suffix, made(shape, dtype, ('uniform', -bound, bound)))

    def flatten_parameters(self):
        return None

    def reset_parameters(self):
        return None

    @property
    def all_weights(self):
        names = list(self._parameters)
        each = (4 if self.bias else 2) + (1 if self.proj_size > 0 else 0)
        return [[self._parameters[name] for name in names[start:start + each]] for start in range(0, len(names), each)]

    def _check(self, input):
        name = type(self).__name__
        if len(input.shape) not in (2, 3):
            raise ValueError(f'{name}: Expected input to be 2D or 3D, got {len(input.shape)}D instead')
        got = input.shape[-1]
        error = RuntimeError(f'{name} expects {self.input_size} input features but gets {got}: '
                             f'input.size(-1) must be equal to input_size. Expected {self.input_size}, got {got}')
        error = layerscope.related(error, input, f'the tensor of shape {tuple(input.shape)} is made here')
        if layerscope.is_known(got):
            error = layerscope.hint_fix(error, f'input_size={got}', 'input_size', got, self)
        layerscope.require(got == self.input_size, error)

    def _states(self, hx, batch, alone):
        """The initial states, one tensor for each of hidden and cell, checked."""
        states = list(hx) if isinstance(hx, (tuple, list)) else [hx]
        count = self.num_layers * (2 if self.bidirectional else 1)
        result = []
        for position, state in enumerate(states):
            if not ranked(state):
                result.append(state)
                continue
            wanted = 2 if alone else 3
            if len(state.shape) != wanted:
                kind = 'unbatched 2-D' if alone else 'batched 3-D'
                raise RuntimeError(f'For {kind} input, hx should also be {wanted}-D but got {len(state.shape)}-D tensor')
            if alone:
                state = operator('Unsqueeze', state, [1])
            size = self.proj_size if self.proj_size > 0 and position == 0 else self.hidden_size
            expected = (count, batch, size)
            label = f'Expected hidden[{position}] size' if self.mode == 'LSTM' else 'Expected hidden size'
            for own, want in zip(state.shape, expected):
                layerscope.require(own == want, RuntimeError(f'{label} {expected}, got {list_text(state.shape)}'))
            result.append(state)
        return result

    def forward(self, input, hx=None):
        from ..utils.rnn import PackedSequence
        layerscope.expect(input, (None, None, self.input_size))
        if isinstance(input, PackedSequence):
            output, states = self._run(input.padded, hx, input.batch_first, input.lengths)
            return input.like(output), states
        if not ranked(input):
            return layerscope.unknown('a recurrent layer over a tensor of unknown rank')
        self._check(input)
        alone = len(input.shape) == 2
        if alone:
            input = operator('Unsqueeze', input, [0 if self.batch_first else 1])
        output, states = self._run(input, hx, self.batch_first, None, alone)
        if alone:
            output = operator('Squeeze', output, [0 if self.batch_first else 1])
            states = tuple([operator('Squeeze', state, [1]) for state in states]) if isinstance(states, tuple) else operator('Squeeze', states, [1])
        return output, states

    def _run(self, input, hx, batch_first, lengths, alone=False):
        self._check(input)
        time_axis = 1 if batch_first else 0
        batch, time = input.shape[1 - time_axis], input.shape[time_axis]
        directions = 2 if self.bidirectional else 1
        layerscope.require(time > 0, RuntimeError('Expected sequence length to be larger than 0 in RNN'))
        states = self._states(hx, batch, alone) if hx is not None else []
        if self.proj_size > 0:
            return self._not_lowered('an LSTM with projections is not an operator of the graph', input, batch, time, batch_first, self.proj_size)
        if not layerscope.is_known(self.num_layers):
            return self._not_lowered('the number of recurrent layers is not known', input, batch, time, batch_first, self.hidden_size)
        sequence = operator('Transpose', input, perm=[1, 0, 2]) if batch_first else input
        lasts = [[], []]
        for layer in range(self.num_layers):
            given = [operator('Slice', state, [layer * directions], [(layer + 1) * directions], [0]) for state in states]
            sequence, *ends = self._layer(sequence, layer, directions, given, lengths)
            for kept, end in zip(lasts, ends):
                kept.append(end)
        finals = [kept[0] if len(kept) == 1 else operator('Concat', *kept, axis=0) for kept in lasts if kept]
        output = permuted(operator('Transpose', sequence, perm=[1, 0, 2]), sequence, [1, 0, 2]) if batch_first else sequence
        return output, tuple(finals) if self.mode == 'LSTM' else finals[0]

    def _layer(self, sequence, layer, directions, states, lengths):
        weights = []
        for kind in ('weight_ih', 'weight_hh'):
            parts = [operator('Unsqueeze', reordered(getattr(self, f'{kind}_l{layer}{suffix}'), self.mode), [0]) for suffix in ('', '_reverse')[:directions]]
            weights.append(parts[0] if directions == 1 else operator('Concat', *parts, axis=0))
        bias = None
        if self.bias:
            parts = []
            for suffix in ('', '_reverse')[:directions]:
                both = operator('Concat', *[reordered(getattr(self, f'{kind}_l{layer}{suffix}'), self.mode) for kind in ('bias_ih', 'bias_hh')], axis=0)
                parts.append(operator('Unsqueeze', both, [0]))
            bias = parts[0] if directions == 1 else operator('Concat', *parts, axis=0)
        options = {'hidden_size': self.hidden_size, 'direction': 'bidirectional' if directions == 2 else 'forward'}
        if self.mode == 'GRU':
            options['linear_before_reset'] = 1
        if self.mode == 'RNN_RELU':
            options['activations'] = ['Relu'] * directions
        type = 'RNN' if self.mode.startswith('RNN') else self.mode
        results = operator(type, sequence, weights[0], weights[1], bias, lengths, *states, outputs=3 if type == 'LSTM' else 2, **options)
        # (time, directions, batch, hidden) to (time, batch, directions * hidden)
        shape = sequence.shape
        output = operator('Reshape', operator('Transpose', results[0], perm=[0, 2, 1, 3]), [shape[0], shape[1], directions * self.hidden_size])
        return (output,) + tuple(results[1:])

    def _not_lowered(self, reason, input, batch, time, batch_first, state_size):
        directions = 2 if self.bidirectional else 1
        leading = [batch, time] if batch_first else [time, batch]
        count = self.num_layers * directions
        output = gap(reason, input, shape=leading + [directions * state_size], dtype='float32')
        hidden = gap(reason, input, shape=[count, batch, state_size], dtype='float32')
        return output, (hidden, gap(reason, input, shape=[count, batch, self.hidden_size], dtype='float32')) if self.mode == 'LSTM' else hidden


class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        if nonlinearity not in ('tanh', 'relu'):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        super().__init__('RNN_TANH' if nonlinearity == 'tanh' else 'RNN_RELU', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional)
        self.nonlinearity = nonlinearity


class LSTM(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__('LSTM', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size)


class GRU(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__('GRU', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional)


class RNNCellBase(Module):
    _gates = 1

    def __init__(self, input_size, hidden_size, bias=True, num_chunks=None, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        bound = 1 / math.sqrt(hidden_size) if layerscope.is_known(hidden_size) and hidden_size > 0 else 0.0
        rows = self._gates * hidden_size
        self.weight_ih = made((rows, input_size), dtype, ('uniform', -bound, bound))
        self.weight_hh = made((rows, hidden_size), dtype, ('uniform', -bound, bound))
        for name in ('bias_ih', 'bias_hh'):
            self.register_parameter(name, made((rows,), dtype, ('uniform', -bound, bound)) if bias else None)

    def _sums(self, input, hx):
        """The weighted inputs and the weighted states, apart."""
        from ..functions.linear import linear
        return linear(input, self.weight_ih, self.bias_ih), linear(hx, self.weight_hh, self.bias_hh)

    def _state(self, input, hx):
        name = type(self).__name__
        if len(input.shape) not in (1, 2):
            raise ValueError(f'{name}: Expected input to be 1D or 2D, got {len(input.shape)}D instead')
        layerscope.require(input.shape[-1] == self.input_size, RuntimeError(f'input has inconsistent input_size: got {input.shape[-1]} expected {self.input_size}'))
        if hx is None:
            from ...operations.creation import zeros
            return zeros(list(input.shape)[:-1] + [self.hidden_size], dtype=types.float32)
        layerscope.require(hx.shape[-1] == self.hidden_size, RuntimeError(f'hidden has inconsistent hidden_size: got {hx.shape[-1]}, expected {self.hidden_size}'))
        if len(input.shape) == 2 and len(hx.shape) == 2:
            layerscope.require(input.shape[0] == hx.shape[0], RuntimeError(f"Input batch size {input.shape[0]} doesn't match hidden0 batch size {hx.shape[0]}"))
        return hx


class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        layerscope.expect(input, (None, self.input_size))
        of_input, of_state = self._sums(input, self._state(input, hx))
        return operator('Tanh' if self.nonlinearity == 'tanh' else 'Relu', operator('Add', of_input, of_state))


class LSTMCell(RNNCellBase):
    _gates = 4

    def forward(self, input, hx=None):
        layerscope.expect(input, (None, self.input_size))
        hidden, cell = hx if hx is not None else (None, None)
        hidden, cell = self._state(input, hidden), self._state(input, cell)
        of_input, of_state = self._sums(input, hidden)
        gates = joining.chunk(operator('Add', of_input, of_state), 4, -1)
        into, forget, fresh, out = operator('Sigmoid', gates[0]), operator('Sigmoid', gates[1]), operator('Tanh', gates[2]), operator('Sigmoid', gates[3])
        cell = operator('Add', operator('Mul', forget, cell), operator('Mul', into, fresh))
        return operator('Mul', out, operator('Tanh', cell)), cell


class GRUCell(RNNCellBase):
    _gates = 3

    def forward(self, input, hx=None):
        layerscope.expect(input, (None, self.input_size))
        hidden = self._state(input, hx)
        of_input, of_state = [joining.chunk(each, 3, -1) for each in self._sums(input, hidden)]
        reset = operator('Sigmoid', operator('Add', of_input[0], of_state[0]))
        update = operator('Sigmoid', operator('Add', of_input[1], of_state[1]))
        fresh = operator('Tanh', operator('Add', of_input[2], operator('Mul', reset, of_state[2])))
        return pointwise.add(fresh, operator('Mul', update, operator('Sub', hidden, fresh)))
