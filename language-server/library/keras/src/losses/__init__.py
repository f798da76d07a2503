"""Losses, and what their names stand for."""
from keras.src.losses.classes import *
from keras.src.losses.functions import *
from keras.src.losses.loss import Loss, LossFunctionWrapper, Reduction
from keras.src.utils.naming import to_snake_case

_CLASSES = (MeanSquaredError, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredLogarithmicError, Huber, LogCosh, CosineSimilarity, KLDivergence,
            Poisson, Hinge, SquaredHinge, CategoricalHinge, CategoricalCrossentropy, CategoricalFocalCrossentropy, SparseCategoricalCrossentropy,
            BinaryCrossentropy, BinaryFocalCrossentropy, Dice, Tversky, CTC, Circle)
_NAMES = {
    'mean_squared_error': mean_squared_error, 'mse': mean_squared_error, 'MSE': mean_squared_error, 'mean_absolute_error': mean_absolute_error,
    'mae': mean_absolute_error, 'MAE': mean_absolute_error, 'mean_absolute_percentage_error': mean_absolute_percentage_error, 'mape': mean_absolute_percentage_error,
    'MAPE': mean_absolute_percentage_error, 'mean_squared_logarithmic_error': mean_squared_logarithmic_error, 'msle': mean_squared_logarithmic_error,
    'MSLE': mean_squared_logarithmic_error, 'huber': huber, 'huber_loss': huber, 'Huber': huber, 'log_cosh': log_cosh, 'logcosh': log_cosh,
    'cosine_similarity': cosine_similarity, 'cosine_proximity': cosine_similarity, 'kl_divergence': kl_divergence, 'kld': kl_divergence, 'KLD': kl_divergence,
    'kullback_leibler_divergence': kl_divergence, 'poisson': poisson, 'hinge': hinge, 'squared_hinge': squared_hinge, 'categorical_hinge': categorical_hinge,
    'categorical_crossentropy': categorical_crossentropy, 'categorical_focal_crossentropy': categorical_focal_crossentropy,
    'sparse_categorical_crossentropy': sparse_categorical_crossentropy, 'binary_crossentropy': binary_crossentropy, 'bce': binary_crossentropy,
    'BCE': binary_crossentropy, 'binary_focal_crossentropy': binary_focal_crossentropy, 'dice': dice, 'tversky': tversky, 'ctc': ctc, 'circle': circle,
}


def get(identifier):
    if isinstance(identifier, str):
        if identifier in _NAMES:
            return _NAMES[identifier]
        for cls in _CLASSES:
            if identifier == cls.__name__ or identifier == to_snake_case(cls.__name__):
                return cls()
        from keras.src.saving import custom_object
        found = custom_object(identifier)
        if found is None:
            raise ValueError(f"Could not interpret loss identifier: {identifier}")
        return found
    if isinstance(identifier, type) and issubclass(identifier, Loss):
        return identifier()
    return identifier


def serialize(loss):
    return getattr(loss, 'name', None) or loss.__name__


deserialize = get
