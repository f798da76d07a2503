"""Losses: one number for each example."""
import layerscope

from mxnet.base import MXNetError
from mxnet.gluon.block import HybridBlock
from mxnet.ndarray.array import NDArray


def _each_example(pred, *others):
    return layerscope.data((pred.shape[0],), pred.dtype, 'losses', like=NDArray)


class Loss(HybridBlock):
    def __init__(self, weight=None, batch_axis=0, **kwargs):
        super().__init__()

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)


class _Same(Loss):
    """Losses of a prediction and a label with the same number of elements."""
    _kind, _expects = 'regression', 'any'

    def forward(self, pred, label, sample_weight=None):
        layerscope.loss(self._kind, pred, label, self._expects)
        total = lambda value: value.size
        layerscope.require(total(pred) == total(label), layerscope.related(MXNetError(
            f'Error in operator reshape_like: Check failed: lhs.Size() == rhs.Size(): Cannot reshape lhs with shape {list(label.shape)} to rhs with shape {list(pred.shape)} because they have different size.'),
            pred, f'the prediction of shape {tuple(pred.shape)} is made here'))
        return _each_example(pred)


class L2Loss(_Same):
    pass


class L1Loss(_Same):
    pass


class HuberLoss(_Same):
    pass


class SigmoidBinaryCrossEntropyLoss(_Same):
    _kind = 'binary'

    def __init__(self, from_sigmoid=False, weight=None, batch_axis=0, **kwargs):
        super().__init__()
        self._expects = 'probabilities' if from_sigmoid else 'logits'


SigmoidBCELoss = SigmoidBinaryCrossEntropyLoss


class SoftmaxCrossEntropyLoss(Loss):
    def __init__(self, axis=-1, sparse_label=True, from_logits=False, weight=None, batch_axis=0, **kwargs):
        super().__init__()
        self._axis, self._sparse, self._from_logits = axis, sparse_label, from_logits

    def forward(self, pred, label, sample_weight=None):
        layerscope.loss('sparse' if self._sparse else 'categorical', pred, label, 'log-probabilities' if self._from_logits else 'logits', self._axis)
        if not self._sparse:
            layerscope.require(pred.size == label.size, MXNetError(f'Error in operator reshape_like: Check failed: lhs.Size() == rhs.Size(): Cannot reshape lhs with shape {list(label.shape)} to rhs with shape {list(pred.shape)} because they have different size.'))
        return _each_example(pred)


SoftmaxCELoss = SoftmaxCrossEntropyLoss


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('mxnet.gluon.loss.' + name)
