"""Metrics as objects, with the options that each takes. Their values are not known before a run."""
import layerscope

from keras.src.metrics.metric import MeanMetricWrapper, Metric
from keras.src import losses


class Accuracy(MeanMetricWrapper):
    def __init__(self, name='accuracy', dtype=None):
        super().__init__(None, name, dtype)


class BinaryAccuracy(MeanMetricWrapper):
    def __init__(self, name='binary_accuracy', dtype=None, threshold=0.5):
        super().__init__(None, name, dtype)


class CategoricalAccuracy(MeanMetricWrapper):
    def __init__(self, name='categorical_accuracy', dtype=None):
        super().__init__(None, name, dtype)


class SparseCategoricalAccuracy(MeanMetricWrapper):
    def __init__(self, name='sparse_categorical_accuracy', dtype=None):
        super().__init__(None, name, dtype)


class TopKCategoricalAccuracy(MeanMetricWrapper):
    def __init__(self, k=5, name='top_k_categorical_accuracy', dtype=None):
        super().__init__(None, name, dtype)


class SparseTopKCategoricalAccuracy(MeanMetricWrapper):
    def __init__(self, k=5, name='sparse_top_k_categorical_accuracy', dtype=None, from_sorted_ids=False):
        super().__init__(None, name, dtype)


class MeanSquaredError(MeanMetricWrapper):
    def __init__(self, name='mean_squared_error', dtype=None):
        super().__init__(losses.mean_squared_error, name, dtype)


class RootMeanSquaredError(MeanMetricWrapper):
    def __init__(self, name='root_mean_squared_error', dtype=None):
        super().__init__(losses.mean_squared_error, name, dtype)


class MeanAbsoluteError(MeanMetricWrapper):
    def __init__(self, name='mean_absolute_error', dtype=None):
        super().__init__(losses.mean_absolute_error, name, dtype)


class MeanAbsolutePercentageError(MeanMetricWrapper):
    def __init__(self, name='mean_absolute_percentage_error', dtype=None):
        super().__init__(losses.mean_absolute_percentage_error, name, dtype)


class MeanSquaredLogarithmicError(MeanMetricWrapper):
    def __init__(self, name='mean_squared_logarithmic_error', dtype=None):
        super().__init__(losses.mean_squared_logarithmic_error, name, dtype)


class LogCoshError(MeanMetricWrapper):
    def __init__(self, name='logcosh', dtype=None):
        super().__init__(losses.log_cosh, name, dtype)


class KLDivergence(MeanMetricWrapper):
    def __init__(self, name='kl_divergence', dtype=None):
        super().__init__(losses.kl_divergence, name, dtype)


class Poisson(MeanMetricWrapper):
    def __init__(self, name='poisson', dtype=None):
        super().__init__(losses.poisson, name, dtype)


class Hinge(MeanMetricWrapper):
    def __init__(self, name='hinge', dtype=None):
        super().__init__(losses.hinge, name, dtype)


class SquaredHinge(MeanMetricWrapper):
    def __init__(self, name='squared_hinge', dtype=None):
        super().__init__(losses.squared_hinge, name, dtype)


class CategoricalHinge(MeanMetricWrapper):
    def __init__(self, name='categorical_hinge', dtype=None):
        super().__init__(losses.categorical_hinge, name, dtype)


class CosineSimilarity(MeanMetricWrapper):
    def __init__(self, name='cosine_similarity', dtype=None, axis=-1):
        super().__init__(losses.cosine_similarity, name, dtype)


class PearsonCorrelation(MeanMetricWrapper):
    def __init__(self, name='pearson_correlation', dtype=None, axis=-1):
        super().__init__(None, name, dtype)


class ConcordanceCorrelation(MeanMetricWrapper):
    def __init__(self, name='concordance_correlation', dtype=None, axis=-1):
        super().__init__(None, name, dtype)


class BinaryCrossentropy(MeanMetricWrapper):
    def __init__(self, name='binary_crossentropy', dtype=None, from_logits=False, label_smoothing=0):
        super().__init__(losses.binary_crossentropy, name, dtype)


class CategoricalCrossentropy(MeanMetricWrapper):
    def __init__(self, name='categorical_crossentropy', dtype=None, from_logits=False, label_smoothing=0, axis=-1):
        super().__init__(losses.categorical_crossentropy, name, dtype)


class SparseCategoricalCrossentropy(MeanMetricWrapper):
    def __init__(self, name='sparse_categorical_crossentropy', dtype=None, from_logits=False, ignore_class=None, axis=-1):
        super().__init__(losses.sparse_categorical_crossentropy, name, dtype)


class MeanTensor(Metric):
    def __init__(self, shape=None, name='mean_tensor', dtype=None):
        super().__init__(dtype, name)


class R2Score(Metric):
    def __init__(self, class_aggregation='uniform_average', num_regressors=0, name='r2_score', dtype=None):
        if class_aggregation not in (None, 'uniform_average', 'variance_weighted_average'):
            raise ValueError("Invalid value for argument `class_aggregation`. Expected one of (None, 'uniform_average', 'variance_weighted_average'). "
                             f"Received: class_aggregation={class_aggregation}")
        super().__init__(dtype, name)


class FBetaScore(Metric):
    def __init__(self, average=None, beta=1.0, threshold=None, name='fbeta_score', dtype=None):
        if average not in (None, 'micro', 'macro', 'weighted'):
            raise ValueError(f"Invalid `average` argument value. Expected one of: {{None, 'micro', 'macro', 'weighted'}}. Received: average={average}")
        if layerscope.is_known(beta) and not isinstance(beta, float):
            raise ValueError(f"Invalid `beta` argument value. It should be a Python float. Received: beta={beta} of type '{type(beta)}'")
        if threshold is not None and layerscope.is_known(threshold) and not isinstance(threshold, float):
            raise ValueError(f"Invalid `threshold` argument value. It should be a Python float. Received: threshold={threshold} of type '{type(threshold)}'")
        super().__init__(dtype, name)


class F1Score(FBetaScore):
    def __init__(self, average=None, threshold=None, name='f1_score', dtype=None):
        super().__init__(average, 1.0, threshold, name, dtype)


class AUC(Metric):
    def __init__(self, num_thresholds=200, curve='ROC', summation_method='interpolation', name=None, dtype=None, thresholds=None, multi_label=False, num_labels=None,
                 label_weights=None, from_logits=False):
        if isinstance(curve, str) and layerscope.is_known(curve) and curve not in ('ROC', 'PR', 'PRGAIN'):
            raise ValueError(f'Invalid AUC curve value: "{curve}". Expected values are ["PR", "ROC", "PRGAIN"]')
        if isinstance(summation_method, str) and layerscope.is_known(summation_method) and summation_method not in ('interpolation', 'Minoring', 'minoring', 'Majoring', 'majoring'):
            raise ValueError(f'Invalid AUC summation method value: "{summation_method}". Expected values are ["interpolation", "majoring", "minoring"]')
        if thresholds is None and layerscope.is_known(num_thresholds) and num_thresholds <= 1:
            raise ValueError(f"Argument `num_thresholds` must be an integer > 1. Received: num_thresholds={num_thresholds}")
        super().__init__(dtype, name)


class _Thresholded(Metric):
    """What is counted above thresholds."""

    def __init__(self, thresholds=None, name=None, dtype=None):
        for threshold in thresholds if isinstance(thresholds, (list, tuple)) else [thresholds]:
            if threshold is not None and layerscope.is_known(threshold) and not 0 <= threshold <= 1:
                raise ValueError(f"Invalid values for argument `thresholds`. Values should be in interval [0, 1]. Received: {[threshold]}")
        super().__init__(dtype, name)


class TruePositives(_Thresholded):
    pass


class TrueNegatives(_Thresholded):
    pass


class FalsePositives(_Thresholded):
    pass


class FalseNegatives(_Thresholded):
    pass


class _Ratio(_Thresholded):
    def __init__(self, thresholds=None, top_k=None, class_id=None, name=None, dtype=None):
        super().__init__(thresholds, name, dtype)


class Precision(_Ratio):
    pass


class Recall(_Ratio):
    pass


class _AtOperatingPoint(Metric):
    """One rate where another has a given value."""

    def __init__(self, name, value, num_thresholds, own_name, dtype):
        if layerscope.is_known(value) and not 0 <= value <= 1:
            raise ValueError(f"Argument `{name}` must be in the range [0, 1]. Received: {name}={value}")
        if layerscope.is_known(num_thresholds) and num_thresholds <= 0:
            raise ValueError(f"Argument `num_thresholds` must be an integer > 0. Received: num_thresholds={num_thresholds}")
        super().__init__(dtype, own_name)


class PrecisionAtRecall(_AtOperatingPoint):
    def __init__(self, recall, num_thresholds=200, class_id=None, name=None, dtype=None):
        super().__init__('recall', recall, num_thresholds, name, dtype)


class RecallAtPrecision(_AtOperatingPoint):
    def __init__(self, precision, num_thresholds=200, class_id=None, name=None, dtype=None):
        super().__init__('precision', precision, num_thresholds, name, dtype)


class SensitivityAtSpecificity(_AtOperatingPoint):
    def __init__(self, specificity, num_thresholds=200, class_id=None, name=None, dtype=None):
        super().__init__('specificity', specificity, num_thresholds, name, dtype)


class SpecificityAtSensitivity(_AtOperatingPoint):
    def __init__(self, sensitivity, num_thresholds=200, class_id=None, name=None, dtype=None):
        super().__init__('sensitivity', sensitivity, num_thresholds, name, dtype)


class IoU(Metric):
    def __init__(self, num_classes, target_class_ids, name=None, dtype=None, ignore_class=None, sparse_y_true=True, sparse_y_pred=True, axis=-1):
        for target in target_class_ids if layerscope.is_known(target_class_ids) and isinstance(target_class_ids, (list, tuple)) else ():
            if layerscope.is_known(target) and layerscope.is_known(num_classes) and target >= num_classes:
                raise ValueError(f"Target class id {target} is out of range, which is [0, {num_classes}).")
        super().__init__(dtype, name)


class BinaryIoU(IoU):
    def __init__(self, target_class_ids=(0, 1), threshold=0.5, name=None, dtype=None):
        super().__init__(2, target_class_ids, name, dtype)


class MeanIoU(IoU):
    def __init__(self, num_classes, name=None, dtype=None, ignore_class=None, sparse_y_true=True, sparse_y_pred=True, axis=-1):
        super().__init__(num_classes, (), name, dtype)


class OneHotIoU(IoU):
    def __init__(self, num_classes, target_class_ids, name=None, dtype=None, ignore_class=None, sparse_y_pred=False, axis=-1):
        super().__init__(num_classes, target_class_ids, name, dtype)


class OneHotMeanIoU(IoU):
    def __init__(self, num_classes, name=None, dtype=None, ignore_class=None, sparse_y_pred=False, axis=-1):
        super().__init__(num_classes, (), name, dtype)
