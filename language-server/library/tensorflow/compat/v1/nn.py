"""tf.nn of TensorFlow 1: dropout by the share that is kept, and recurrent cells beside what later versions have."""
import layerscope

from keras.src.layers.cells import GRUCell as _GRUCell, LSTMCell as _LSTMCell, RNN as _RNN, SimpleRNNCell as _SimpleRNNCell, StackedRNNCells as _StackedRNNCells
from tensorflow.nn import *
from tensorflow import nn as _nn


def dropout(x, keep_prob=None, noise_shape=None, seed=None, name=None, rate=None):
    return _nn.dropout(x, 0.5)


class rnn_cell:
    @staticmethod
    def BasicRNNCell(num_units, activation=None, reuse=None, name=None, **kwargs):
        return _SimpleRNNCell(num_units, activation=activation or 'tanh', name=name)

    @staticmethod
    def BasicLSTMCell(num_units, forget_bias=1.0, state_is_tuple=True, activation=None, reuse=None, name=None, **kwargs):
        return _LSTMCell(num_units, activation=activation or 'tanh', name=name)

    LSTMCell = BasicLSTMCell

    @staticmethod
    def GRUCell(num_units, activation=None, reuse=None, name=None, **kwargs):
        return _GRUCell(num_units, activation=activation or 'tanh', name=name)

    @staticmethod
    def MultiRNNCell(cells, state_is_tuple=True):
        return _StackedRNNCells(list(cells))

    @staticmethod
    def DropoutWrapper(cell, *args, **kwargs):
        return cell


def dynamic_rnn(cell, inputs, sequence_length=None, initial_state=None, dtype=None, time_major=False, scope=None, **kwargs):
    if time_major:
        return layerscope.unknown('dynamic_rnn with the time first'), layerscope.unknown('dynamic_rnn with the time first')
    outputs, *states = _RNN(cell, return_sequences=True, return_state=True)(inputs)
    return outputs, states[0] if len(states) == 1 else tuple(states)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return getattr(_nn, name)
