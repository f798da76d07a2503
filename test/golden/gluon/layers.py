from mxnet import gluon, nd
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
