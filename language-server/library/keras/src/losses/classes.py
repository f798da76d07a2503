"""Losses as objects: each a function with its options."""
from keras.src.losses.functions import (
    binary_crossentropy, binary_focal_crossentropy, categorical_crossentropy, categorical_focal_crossentropy, categorical_hinge, circle, cosine_similarity, ctc, dice, hinge,
    huber, kl_divergence, log_cosh, mean_absolute_error, mean_absolute_percentage_error, mean_squared_error, mean_squared_logarithmic_error, poisson,
    sparse_categorical_crossentropy, squared_hinge, tversky)
from keras.src.losses.loss import LossFunctionWrapper


class MeanSquaredError(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='mean_squared_error', dtype=None):
        super().__init__(mean_squared_error, reduction, name, dtype)


class MeanAbsoluteError(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='mean_absolute_error', dtype=None):
        super().__init__(mean_absolute_error, reduction, name, dtype)


class MeanAbsolutePercentageError(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='mean_absolute_percentage_error', dtype=None):
        super().__init__(mean_absolute_percentage_error, reduction, name, dtype)


class MeanSquaredLogarithmicError(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='mean_squared_logarithmic_error', dtype=None):
        super().__init__(mean_squared_logarithmic_error, reduction, name, dtype)


class Huber(LossFunctionWrapper):
    def __init__(self, delta=1.0, reduction='sum_over_batch_size', name='huber_loss', dtype=None):
        super().__init__(huber, reduction, name, dtype, delta=delta)


class LogCosh(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='log_cosh', dtype=None):
        super().__init__(log_cosh, reduction, name, dtype)


class CosineSimilarity(LossFunctionWrapper):
    def __init__(self, axis=-1, reduction='sum_over_batch_size', name='cosine_similarity', dtype=None):
        super().__init__(cosine_similarity, reduction, name, dtype, axis=axis)


class KLDivergence(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='kl_divergence', dtype=None):
        super().__init__(kl_divergence, reduction, name, dtype)


class Poisson(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='poisson', dtype=None):
        super().__init__(poisson, reduction, name, dtype)


class Hinge(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='hinge', dtype=None):
        super().__init__(hinge, reduction, name, dtype)


class SquaredHinge(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='squared_hinge', dtype=None):
        super().__init__(squared_hinge, reduction, name, dtype)


class CategoricalHinge(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='categorical_hinge', dtype=None):
        super().__init__(categorical_hinge, reduction, name, dtype)


class CategoricalCrossentropy(LossFunctionWrapper):
    def __init__(self, from_logits=False, label_smoothing=0.0, axis=-1, reduction='sum_over_batch_size', name='categorical_crossentropy', dtype=None):
        super().__init__(categorical_crossentropy, reduction, name, dtype, from_logits=from_logits, label_smoothing=label_smoothing, axis=axis)
        self.from_logits = from_logits


class CategoricalFocalCrossentropy(LossFunctionWrapper):
    def __init__(self, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1, reduction='sum_over_batch_size',
                 name='categorical_focal_crossentropy', dtype=None):
        super().__init__(categorical_focal_crossentropy, reduction, name, dtype, from_logits=from_logits, axis=axis)
        self.from_logits = from_logits


class SparseCategoricalCrossentropy(LossFunctionWrapper):
    def __init__(self, from_logits=False, ignore_class=None, reduction='sum_over_batch_size', axis=-1, name='sparse_categorical_crossentropy', dtype=None):
        super().__init__(sparse_categorical_crossentropy, reduction, name, dtype, from_logits=from_logits, axis=axis)
        self.from_logits = from_logits


class BinaryCrossentropy(LossFunctionWrapper):
    def __init__(self, from_logits=False, label_smoothing=0.0, axis=-1, reduction='sum_over_batch_size', name='binary_crossentropy', dtype=None):
        super().__init__(binary_crossentropy, reduction, name, dtype, from_logits=from_logits, label_smoothing=label_smoothing, axis=axis)
        self.from_logits = from_logits


class BinaryFocalCrossentropy(LossFunctionWrapper):
    def __init__(self, apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1, reduction='sum_over_batch_size',
                 name='binary_focal_crossentropy', dtype=None):
        super().__init__(binary_focal_crossentropy, reduction, name, dtype, from_logits=from_logits)
        self.from_logits = from_logits


class Dice(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='dice', axis=None, dtype=None):
        super().__init__(dice, reduction, name, dtype)


class Tversky(LossFunctionWrapper):
    def __init__(self, alpha=0.5, beta=0.5, reduction='sum_over_batch_size', name='tversky', axis=None, dtype=None):
        super().__init__(tversky, reduction, name, dtype)


class CTC(LossFunctionWrapper):
    def __init__(self, reduction='sum_over_batch_size', name='ctc', dtype=None):
        super().__init__(ctc, reduction, name, dtype)


class Circle(LossFunctionWrapper):
    def __init__(self, gamma=80.0, margin=0.4, remove_diagonal=True, reduction='sum_over_batch_size', name='circle', dtype=None):
        super().__init__(circle, reduction, name, dtype)
