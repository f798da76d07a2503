"""mx.gluon: networks as blocks."""
import layerscope

from mxnet.gluon import contrib, data, loss, model_zoo, nn, rnn, utils
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


