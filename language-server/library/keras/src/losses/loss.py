"""The base of losses, and losses of a function."""
import layerscope

from keras.src.backend.tensors import convert, plain_class
from keras.src.losses.matching import of_open_type, squeeze_or_expand_to_same_rank
from keras.src.utils.naming import auto_name


class Loss:
    def __init__(self, name=None, reduction='sum_over_batch_size', dtype=None, **kwargs):
        self.name = name or auto_name(self.__class__.__name__)
        self.reduction = reduction
        self.dtype = dtype or 'float32'
        if isinstance(reduction, str) and layerscope.is_known(reduction) and reduction not in (
                'sum_over_batch_size', 'sum', 'mean', 'mean_with_sample_weight', 'none', 'auto'):
            raise ValueError("Invalid value for argument `reduction`. Expected one of ('sum_over_batch_size', 'sum', None, 'none', 'mean', 'mean_with_sample_weight'). "
                             f"Received: reduction={reduction}")

    def call(self, y_true, y_pred):
        raise NotImplementedError

    def __call__(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = convert(y_true), convert(y_pred)
        losses = self.call(of_open_type(y_true) if layerscope.in_user_code(self.__class__.call) else y_true, y_pred)
        if self.reduction is None or self.reduction == 'none' or not isinstance(losses, layerscope.Value):
            return losses
        return layerscope.operator('ReduceSum' if self.reduction == 'sum' else 'ReduceMean', losses, keepdims=0, like=plain_class(losses))

    def get_config(self):
        return {'name': self.name, 'reduction': self.reduction}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


class LossFunctionWrapper(Loss):
    def __init__(self, fn, reduction='sum_over_batch_size', name=None, dtype=None, **kwargs):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        self.fn = fn
        self._fn_kwargs = kwargs

    def call(self, y_true, y_pred):
        if isinstance(y_true, layerscope.Value) and isinstance(y_pred, layerscope.Value):
            y_true, y_pred = squeeze_or_expand_to_same_rank(y_true, y_pred)
        return self.fn(y_true, y_pred, **self._fn_kwargs)


class Reduction:
    AUTO = 'auto'
    NONE = 'none'
    SUM = 'sum'
    SUM_OVER_BATCH_SIZE = 'sum_over_batch_size'
