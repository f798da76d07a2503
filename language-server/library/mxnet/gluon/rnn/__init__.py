"""mx.gluon.rnn: recurrent layers over whole sequences, and cells for one step."""
from mxnet.gluon.rnn.cells import (
    BidirectionalCell, DropoutCell, GRUCell, HybridRecurrentCell, HybridSequentialRNNCell, LSTMCell, ModifierCell, RecurrentCell, ResidualCell, RNNCell,
    SequentialRNNCell, ZoneoutCell)
from mxnet.gluon.rnn.layers import GRU, LSTM, RNN
