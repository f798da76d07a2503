"""mx.gluon: networks as blocks."""
import layerscope

from mxnet.gluon import loss, nn
from mxnet.gluon.block import Block, HybridBlock, SymbolBlock
from mxnet.gluon.parameter import Constant, Parameter, ParameterDict


class Trainer:
    def __init__(self, params, optimizer, optimizer_params=None, kvstore='device', **kwargs):
        self.learning_rate = (optimizer_params or {}).get('learning_rate', 0.01)

    def step(self, batch_size, ignore_stale_grad=False):
        layerscope.trained()

    def set_learning_rate(self, lr):
        pass

    save_states = load_states = allreduce_grads = update = lambda self, *args, **kwargs: None


data = layerscope.unknown('mxnet.gluon.data')
model_zoo = layerscope.unknown('mxnet.gluon.model_zoo')
rnn = layerscope.unknown('mxnet.gluon.rnn')
utils = layerscope.unknown('mxnet.gluon.utils')
contrib = layerscope.unknown('mxnet.gluon.contrib')
