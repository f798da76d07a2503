"""Metrics, and what their names stand for."""
import layerscope

from keras.src.backend.tensors import Tensor
from keras.src.losses import (
    binary_crossentropy, categorical_crossentropy, cosine_similarity, hinge, kl_divergence, mae, mape, mean_absolute_error,
    mean_absolute_percentage_error, mean_squared_error, mean_squared_logarithmic_error, mse, msle, poisson, sparse_categorical_crossentropy, squared_hinge)
from keras.src.metrics.classes import *
from keras.src.metrics.metric import Mean, MeanMetricWrapper, Metric, Sum


def _value(y_true, y_pred, *args, **kwargs):
    return layerscope.data((y_pred.shape[0],) if layerscope.is_known(y_pred.shape) and len(y_pred.shape) else (), 'float32', 'a metric', like=Tensor)


binary_accuracy = categorical_accuracy = sparse_categorical_accuracy = top_k_categorical_accuracy = sparse_top_k_categorical_accuracy = _value
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
