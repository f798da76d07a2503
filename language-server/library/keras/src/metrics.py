"""Metrics: their names, and the state that they keep. Their values are not known before a run."""
import layerscope

from keras.src.backend.tensors import Tensor, convert
from keras.src.utils.naming import auto_name, to_snake_case


class Metric:
    _default = None

    def __init__(self, dtype=None, name=None):
        self.name = name or auto_name(self.__class__.__name__)
        self.dtype = dtype or 'float32'
        self.built = True

    def update_state(self, *args, **kwargs):
        pass

    def reset_state(self):
        pass

    def reset_states(self):
        self.reset_state()

    def result(self):
        return layerscope.data((), 'float32', 'a metric', like=Tensor)

    def __call__(self, *args, **kwargs):
        self.update_state(*args, **kwargs)
        return self.result()

    def add_variable(self, shape=(), initializer='zeros', dtype=None, aggregation='sum', name=None):
        from keras.src.backend.tensors import Variable
        made = layerscope.parameter(tuple(shape), 'float32', 0.0, False, like=Variable)
        made.name = name or 'variable'
        made.trainable = False
        return made

    def add_weight(self, name=None, shape=(), initializer=None, dtype=None, **kwargs):
        if isinstance(name, (tuple, list)):
            name, shape = shape if isinstance(shape, str) else None, name
        return self.add_variable(shape or (), initializer, dtype, name=name)

    def get_config(self):
        return {'name': self.name, 'dtype': self.dtype}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


class _Named(Metric):
    """A metric that takes its options by keyword and is called after its class."""

    def __init__(self, *args, name=None, dtype=None, **kwargs):
        super().__init__(dtype, name or self._default or to_snake_case(self.__class__.__name__))


class Mean(Metric):
    def __init__(self, name='mean', dtype=None):
        super().__init__(dtype, name)


class Sum(Metric):
    def __init__(self, name='sum', dtype=None):
        super().__init__(dtype, name)


class MeanMetricWrapper(Metric):
    def __init__(self, fn, name=None, dtype=None, **kwargs):
        super().__init__(dtype, name or getattr(fn, '__name__', None))
        self._fn = fn
        self._fn_kwargs = kwargs

    def update_state(self, y_true, y_pred, sample_weight=None):
        if self._fn is not None:
            self._fn(convert(y_true), convert(y_pred), **self._fn_kwargs)


class MeanTensor(_Named):
    pass


class Accuracy(_Named):
    pass


class BinaryAccuracy(_Named):
    pass


class CategoricalAccuracy(_Named):
    pass


class SparseCategoricalAccuracy(_Named):
    pass


class TopKCategoricalAccuracy(_Named):
    _default = 'top_k_categorical_accuracy'


class SparseTopKCategoricalAccuracy(_Named):
    _default = 'sparse_top_k_categorical_accuracy'


class MeanSquaredError(_Named):
    pass


class RootMeanSquaredError(_Named):
    pass


class MeanAbsoluteError(_Named):
    pass


class MeanAbsolutePercentageError(_Named):
    pass


class MeanSquaredLogarithmicError(_Named):
    pass


class CosineSimilarity(_Named):
    pass


class LogCoshError(_Named):
    _default = 'logcosh'


class R2Score(_Named):
    _default = 'r2_score'


class KLDivergence(_Named):
    _default = 'kl_divergence'


class Poisson(_Named):
    pass


class BinaryCrossentropy(_Named):
    pass


class CategoricalCrossentropy(_Named):
    pass


class SparseCategoricalCrossentropy(_Named):
    pass


class Hinge(_Named):
    pass


class SquaredHinge(_Named):
    pass


class CategoricalHinge(_Named):
    pass


class AUC(_Named):
    _default = 'auc'


class Precision(_Named):
    pass


class Recall(_Named):
    pass


class PrecisionAtRecall(_Named):
    pass


class RecallAtPrecision(_Named):
    pass


class SensitivityAtSpecificity(_Named):
    pass


class SpecificityAtSensitivity(_Named):
    pass


class TruePositives(_Named):
    pass


class TrueNegatives(_Named):
    pass


class FalsePositives(_Named):
    pass


class FalseNegatives(_Named):
    pass


class F1Score(_Named):
    _default = 'f1_score'


class FBetaScore(_Named):
    _default = 'fbeta_score'


class IoU(_Named):
    _default = 'io_u'


class BinaryIoU(_Named):
    pass


class MeanIoU(_Named):
    pass


class OneHotIoU(_Named):
    pass


class OneHotMeanIoU(_Named):
    pass


class PearsonCorrelation(_Named):
    pass


class ConcordanceCorrelation(_Named):
    pass


def _value(y_true, y_pred, *args, **kwargs):
    return layerscope.data((y_pred.shape[0],) if layerscope.is_known(y_pred.shape) and len(y_pred.shape) else (), 'float32', 'a metric', like=Tensor)


binary_accuracy = categorical_accuracy = sparse_categorical_accuracy = top_k_categorical_accuracy = sparse_top_k_categorical_accuracy = _value
from keras.src.losses import (  # noqa: E402
    binary_crossentropy, categorical_crossentropy, cosine_similarity, hinge, kl_divergence, mae, mape, mean_absolute_error,
    mean_absolute_percentage_error, mean_squared_error, mean_squared_logarithmic_error, mse, msle, poisson, sparse_categorical_crossentropy, squared_hinge)

_NAMES = {
    'accuracy', 'acc', 'crossentropy', 'ce', 'binary_accuracy', 'categorical_accuracy', 'sparse_categorical_accuracy', 'top_k_categorical_accuracy',
    'sparse_top_k_categorical_accuracy', 'mse', 'MSE', 'mae', 'MAE', 'mape', 'MAPE', 'msle', 'MSLE', 'mean_squared_error', 'mean_absolute_error',
    'mean_absolute_percentage_error', 'mean_squared_logarithmic_error', 'root_mean_squared_error', 'rmse', 'cosine_similarity', 'cosine_proximity',
    'kl_divergence', 'kullback_leibler_divergence', 'poisson', 'binary_crossentropy', 'bce', 'BCE', 'categorical_crossentropy',
    'sparse_categorical_crossentropy', 'hinge', 'squared_hinge', 'categorical_hinge', 'auc', 'precision', 'recall', 'f1_score', 'fbeta_score', 'r2_score',
    'mean', 'sum', 'log_cosh', 'logcosh', 'logcosh_error', 'huber', 'iou', 'io_u', 'mean_io_u', 'binary_io_u', 'true_positives', 'true_negatives',
    'false_positives', 'false_negatives', 'pearson_correlation', 'concordance_correlation', 'kld', 'KLD', 'top_k_categorical_accuracy', 'auroc',
}


def get(identifier):
    if isinstance(identifier, str):
        if identifier not in _NAMES:
            found = globals().get(identifier)
            if found is None:
                from keras.src.saving import custom_object
                found = custom_object(identifier)
            if found is None:
                raise ValueError(f"Could not interpret metric identifier: {identifier}")
            return found() if isinstance(found, type) else found
        return MeanMetricWrapper(None, name=identifier)
    if isinstance(identifier, type) and issubclass(identifier, Metric):
        return identifier()
    return identifier


def serialize(metric):
    return metric.name


deserialize = get
