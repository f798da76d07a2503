"""Cells: one step of a recurrence, and how steps are put together."""
import layerscope

from mxnet.gluon.block import HybridBlock
from mxnet.ndarray import network, sigmoid, softsign, split, stack, concat, tanh, zeros
from mxnet.ndarray.array import NDArray


def _steps(length, inputs, layout):
    """A sequence as one array for each step, and the size of its batch."""
    if isinstance(inputs, NDArray):
        axis = layout.index('T')
        layerscope.require(length is None or length == inputs.shape[axis], AssertionError(f'a sequence of {inputs.shape[axis]} steps is unrolled for {length}'))
        if not layerscope.is_known(inputs.shape[axis]):
            return layerscope.unknown('the steps of a sequence of unknown length')
        return split(inputs, inputs.shape[axis], axis=axis, squeeze_axis=True)
    if layerscope.is_known(inputs):
        layerscope.require(length is None or len(inputs) == length, AssertionError(f'{len(inputs)} steps are unrolled for {length}'))
    return inputs


def _merged(outputs, layout, merge):
    return stack(*outputs, axis=layout.index('T')) if merge else outputs


class RecurrentCell(HybridBlock):
    def reset(self):
        pass

    def state_info(self, batch_size=0):
        raise NotImplementedError()

    def begin_state(self, batch_size=0, func=zeros, **kwargs):
        return [func(shape=info['shape'], **kwargs) for info in self.state_info(batch_size)]

    def __call__(self, inputs, states):
        return layerscope.call(self, self.forward, (inputs, states), {})

    def forward(self, inputs, states):
        from mxnet import ndarray
        values = {name: parameter.data() for name, parameter in self._reg_params.items()}
        return self.hybrid_forward(ndarray, inputs, states, **values)

    def unroll(self, length, inputs, begin_state=None, layout='NTC', merge_outputs=None, valid_length=None):
        steps = _steps(length, inputs, layout)
        if not layerscope.is_known(steps):
            return steps, layerscope.unknown('the states behind a sequence of unknown length')
        states = self.begin_state(batch_size=steps[0].shape[0]) if begin_state is None else begin_state
        outputs = []
        for step in steps:
            output, states = self(step, states)
            outputs.append(output)
        return _merged(outputs, layout, merge_outputs), states


HybridRecurrentCell = RecurrentCell


class _Gated(RecurrentCell):
    _gates, _states = 1, 1

    def __init__(self, hidden_size, i2h_weight_initializer=None, h2h_weight_initializer=None, i2h_bias_initializer='zeros', h2h_bias_initializer='zeros', input_size=0, prefix=None, params=None, **kwargs):
        super().__init__(prefix, params)
        rows = self._gates * hidden_size
        self._hidden_size, self._input_size = hidden_size, input_size
        self.hidden_size, self.input_size = hidden_size, input_size
        self.i2h_weight = self.params.get('i2h_weight', shape=(rows, input_size), init=i2h_weight_initializer)
        self.h2h_weight = self.params.get('h2h_weight', shape=(rows, hidden_size), init=h2h_weight_initializer)
        self.i2h_bias = self.params.get('i2h_bias', shape=(rows,), init=i2h_bias_initializer)
        self.h2h_bias = self.params.get('h2h_bias', shape=(rows,), init=h2h_bias_initializer)

    def state_info(self, batch_size=0):
        return [{'shape': (batch_size, self._hidden_size), '__layout__': 'NC'} for _ in range(self._states)]

    def _products(self, inputs, state):
        """What the gates get of the input and of the state."""
        layerscope.expect(inputs, (None, self._input_size or None))
        rows = self._gates * self._hidden_size
        given = network.FullyConnected(inputs, self.i2h_weight.settle((rows, inputs.shape[-1])), self.i2h_bias.settle((rows,)), rows, name=self.prefix + 'i2h')
        kept = network.FullyConnected(state, self.h2h_weight.settle((rows, self._hidden_size)), self.h2h_bias.settle((rows,)), rows, name=self.prefix + 'h2h')
        return given, kept


def _activated(value, activation):
    functions = {'tanh': tanh, 'sigmoid': sigmoid, 'softsign': softsign}
    if isinstance(activation, str):
        return functions[activation](value) if activation in functions else network.Activation(value, activation)
    return activation(value)


class RNNCell(_Gated):
    def __init__(self, hidden_size, activation='tanh', *args, **kwargs):
        super().__init__(hidden_size, *args, **kwargs)
        self._activation = activation

    def forward(self, inputs, states):
        given, kept = self._products(inputs, states[0])
        output = _activated(given + kept, self._activation)
        return output, [output]


class LSTMCell(_Gated):
    _gates, _states = 4, 2

    def forward(self, inputs, states):
        given, kept = self._products(inputs, states[0])
        enter, forget, change, leave = split(given + kept, 4, axis=1)
        memory = sigmoid(forget) * states[1] + sigmoid(enter) * tanh(change)
        output = sigmoid(leave) * tanh(memory)
        return output, [output, memory]


class GRUCell(_Gated):
    _gates = 3

    def forward(self, inputs, states):
        given, kept = self._products(inputs, states[0])
        reset, update, new = split(given, 3, axis=1)
        reset_kept, update_kept, new_kept = split(kept, 3, axis=1)
        keep = sigmoid(update + update_kept)
        fresh = tanh(new + sigmoid(reset + reset_kept) * new_kept)
        output = (1.0 - keep) * fresh + keep * states[0]
        return output, [output]


class SequentialRNNCell(RecurrentCell):
    def add(self, cell):
        self.register_child(cell)

    def state_info(self, batch_size=0):
        return [info for cell in self._children.values() for info in cell.state_info(batch_size)]

    def forward(self, inputs, states):
        made = []
        for cell in self._children.values():
            count = len(cell.state_info())
            inputs, state = cell(inputs, states[:count])
            states = states[count:]
            made.extend(state)
        return inputs, made

    def unroll(self, length, inputs, begin_state=None, layout='NTC', merge_outputs=None, valid_length=None):
        steps = _steps(length, inputs, layout)
        if not layerscope.is_known(steps):
            return steps, layerscope.unknown('the states behind a sequence of unknown length')
        states = self.begin_state(batch_size=steps[0].shape[0]) if begin_state is None else begin_state
        made = []
        for cell in self._children.values():
            count = len(cell.state_info())
            steps, state = cell.unroll(length, steps, states[:count], layout, False)
            states = states[count:]
            made.extend(state)
        return _merged(steps, layout, merge_outputs), made

    def __getitem__(self, index):
        return list(self._children.values())[index]

    def __len__(self):
        return len(self._children)


HybridSequentialRNNCell = SequentialRNNCell


class DropoutCell(RecurrentCell):
    def __init__(self, rate, axes=(), prefix=None, params=None):
        super().__init__(prefix, params)
        self.rate = rate

    def state_info(self, batch_size=0):
        return []

    def forward(self, inputs, states):
        return network.Dropout(inputs, self.rate), states


class ModifierCell(RecurrentCell):
    def __init__(self, base_cell):
        super().__init__()
        self.base_cell = base_cell

    def state_info(self, batch_size=0):
        return self.base_cell.state_info(batch_size)

    def forward(self, inputs, states):
        return self.base_cell(inputs, states)


class ZoneoutCell(ModifierCell):
    def __init__(self, base_cell, zoneout_outputs=0.0, zoneout_states=0.0):
        super().__init__(base_cell)


class ResidualCell(ModifierCell):
    def forward(self, inputs, states):
        output, states = self.base_cell(inputs, states)
        return output + inputs, states


class BidirectionalCell(RecurrentCell):
    def __init__(self, l_cell, r_cell, output_prefix='bi_'):
        super().__init__()
        self.register_child(l_cell, 'l_cell')
        self.register_child(r_cell, 'r_cell')

    def __call__(self, inputs, states):
        raise NotImplementedError('Bidirectional cannot be stepped. Please use unroll')

    def state_info(self, batch_size=0):
        return [info for cell in self._children.values() for info in cell.state_info(batch_size)]

    def unroll(self, length, inputs, begin_state=None, layout='NTC', merge_outputs=None, valid_length=None):
        steps = _steps(length, inputs, layout)
        if not layerscope.is_known(steps):
            return steps, layerscope.unknown('the states behind a sequence of unknown length')
        states = self.begin_state(batch_size=steps[0].shape[0]) if begin_state is None else begin_state
        left, right = self._children.values()
        count = len(left.state_info())
        forth, left_states = left.unroll(length, steps, states[:count], layout, False)
        back, right_states = right.unroll(length, list(reversed(steps)), states[count:], layout, False)
        outputs = [concat(a, b, dim=1) for a, b in zip(forth, reversed(back))]
        return _merged(outputs, layout, merge_outputs), left_states + right_states
