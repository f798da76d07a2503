"""Writes test/golden/gluon: networks of Gluon with recurrent layers and cells as code, with their parameters, an input and what MXNet 1.9.1 computes of it.

Run with mxnet==1.9.1 and numpy==1.23.5: python test/oracle/gluon_recurrent.py
"""
import pathlib

import mxnet as mx
import numpy as np

LAYERS = '''from mxnet import gluon, nd
from mxnet.gluon import nn, rnn


class Tagger(gluon.HybridBlock):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.embed = nn.Embedding(20, 8)
        self.lstm = rnn.LSTM(6, 2, layout='NTC', bidirectional=True, input_size=8)
        self.gru = rnn.GRU(5, layout='NTC', input_size=12)
        self.out = nn.Dense(3, flatten=False, in_units=5)

    def forward(self, x):
        return self.out(self.gru(self.lstm(self.embed(x))))


net = Tagger()
net.initialize()
y = net(nd.zeros((2, 9)))
'''
CELLS = '''from mxnet import gluon, nd
from mxnet.gluon import nn, rnn


class Reader(gluon.HybridBlock):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.first = rnn.LSTMCell(6, input_size=4)
        self.second = rnn.GRUCell(5, input_size=6)
        self.out = nn.Dense(3, in_units=5)

    def forward(self, x):
        steps, _ = self.first.unroll(7, x, layout='NTC')
        merged, _ = self.second.unroll(7, steps, layout='NTC', merge_outputs=True)
        return self.out(merged[:, -1])


net = Reader()
net.initialize()
y = net(nd.zeros((2, 7, 4)))
'''

mx.random.seed(1)
np.random.seed(1)
folder = pathlib.Path(__file__).parent.parent / 'golden' / 'gluon'
folder.mkdir(exist_ok=True)
for name, source, x in [('layers', LAYERS, np.random.randint(0, 20, (2, 9))), ('cells', CELLS, np.random.rand(2, 7, 4))]:
    scope = {}
    exec(source, scope)
    net = scope['net']
    net.initialize(mx.init.Xavier(magnitude=2), force_reinit=True)
    output = net(mx.nd.array(x))
    (folder / f'{name}.py').write_text(source)
    net.save_parameters(str(folder / f'{name}.params'))
    np.savez(folder / f'{name}.npz', x=x.astype('float32'), y=output.asnumpy())
