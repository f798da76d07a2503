from mxnet import gluon, nd
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
