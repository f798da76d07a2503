"""Losses: their rules for the shapes of labels and predictions, with Keras's errors."""
import layerscope

from keras.src.backend.tensors import Tensor, arithmetic, cast, convert, plain_class, to_float, unary
from keras.src.utils.naming import auto_name, to_snake_case


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
        losses = self.call(y_true, y_pred)
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


def squeeze_or_expand_to_same_rank(a, b):
    """A last axis of size 1 is dropped or added where the ranks differ by one."""
    if not layerscope.is_known(a.shape) or not layerscope.is_known(b.shape):
        return a, b
    rank_a, rank_b = len(a.shape), len(b.shape)
    if rank_a == rank_b + 1 and layerscope.is_known(a.shape[-1]) and a.shape[-1] == 1:
        return (a, _expand(b)) if rank_b == 1 else (_drop(a), b)
    if rank_b == rank_a + 1 and layerscope.is_known(b.shape[-1]) and b.shape[-1] == 1:
        return (_expand(a), b) if rank_a == 1 else (a, _drop(b))
    return a, b


def _expand(x):
    return layerscope.operator('Unsqueeze', x, [-1], like=plain_class(x))


def _drop(x):
    return layerscope.operator('Squeeze', x, [-1], like=plain_class(x))


def _mean_last(x):
    return layerscope.operator('ReduceMean', x, [-1], keepdims=0, like=plain_class(x))


def _sum_last(x, axis=-1):
    return layerscope.operator('ReduceSum', x, [axis], keepdims=0, like=plain_class(x))


def _pair(y_true, y_pred):
    y_pred = to_float(y_pred)
    y_true, y_pred = squeeze_or_expand_to_same_rank(cast(y_true, y_pred.dtype), y_pred)
    _broadcasting(y_true, y_pred)
    return y_true, y_pred


def _broadcasting(y_true, y_pred):
    """Raises where labels and predictions do not even broadcast."""
    target, output = _shapes(y_true, y_pred)
    if target is None:
        return
    for a, b in zip(reversed(target), reversed(output)):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1 and b != 1:
            raise _mismatch(f"Incompatible shapes: the labels have shape {target} and the predictions {output}. "
                            f"Dimensions must be equal, but are {a} and {b}.", y_true, y_pred)


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    difference = y_true - y_pred
    return _mean_last(difference * difference)


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    return _mean_last(abs(y_true - y_pred))


def mean_absolute_percentage_error(y_true, y_pred):
    return mean_absolute_error(y_true, y_pred) * 100.0


def mean_squared_logarithmic_error(y_true, y_pred):
    return mean_squared_error(y_true, y_pred)


def huber(y_true, y_pred, delta=1.0):
    return mean_absolute_error(y_true, y_pred)


def log_cosh(y_true, y_pred):
    return mean_absolute_error(y_true, y_pred)


def cosine_similarity(y_true, y_pred, axis=-1):
    y_true, y_pred = _pair(y_true, y_pred)
    return -_sum_last(y_true * y_pred, axis)


def kl_divergence(y_true, y_pred):
    y_true, y_pred = to_float(y_true), to_float(y_pred)
    return _sum_last(y_true * unary('Log', y_true / y_pred))


def poisson(y_true, y_pred):
    y_true, y_pred = to_float(y_true), to_float(y_pred)
    return _mean_last(y_pred - y_true * unary('Log', y_pred))


def hinge(y_true, y_pred):
    return _mean_last(arithmetic_maximum(1.0 - to_float(y_true) * to_float(y_pred)))


def arithmetic_maximum(x):
    return layerscope.operator('Relu', x, like=plain_class(x))


def squared_hinge(y_true, y_pred):
    return hinge(y_true, y_pred)


def categorical_hinge(y_true, y_pred):
    return _sum_last(to_float(y_true) * to_float(y_pred))


def _shapes(y_true, y_pred):
    """Both shapes where they are known; an error message speaks of these."""
    if layerscope.is_known(y_true.shape) and layerscope.is_known(y_pred.shape):
        return tuple(y_true.shape), tuple(y_pred.shape)
    return None, None


def _mismatch(message, y_true, y_pred):
    labels, predictions = getattr(y_true, '_source', y_true), getattr(y_pred, '_source', y_pred)
    error = layerscope.related(ValueError(message), labels, f'the labels of shape {labels.shape} are made here')
    error = layerscope.related(error, predictions, f'the predictions of shape {predictions.shape} are made here')
    maker = getattr(predictions, '_keras_history', (None,))[0]
    target = y_true.shape
    if hasattr(maker, 'units') and len(target) == len(y_pred.shape) and layerscope.is_known(target[-1]) and target[-1] != maker.units:
        return layerscope.hint_fix(error, f'units={target[-1]}', 'units', target[-1], maker)
    return error


def _same_shape(y_true, y_pred, advice=''):
    target, output = _shapes(y_true, y_pred)
    if target is None:
        return
    if advice == '':
        from keras.src.layers.advice import for_target
        advice = for_target(target, output)
    if len(target) != len(output):
        raise _mismatch("Arguments `target` and `output` must have the same rank (ndim). "
                        f"Received: target.shape={target}, output.shape={output}.{advice}", y_true, y_pred)
    for a, b in zip(target, output):
        layerscope.require(a == b, _mismatch("Arguments `target` and `output` must have the same shape. "
                                             f"Received: target.shape={target}, output.shape={output}.{advice}", y_true, y_pred))


def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_pred = to_float(y_pred)
    y_true = cast(y_true, y_pred.dtype)
    target, output = _shapes(y_true, y_pred)
    advice = ''
    if target is not None and len(output) == 2 and (len(target) == 1 or len(target) == 2 and target[-1] == 1 and output[-1] != 1):
        advice = (" The labels look like class numbers: use loss='sparse_categorical_crossentropy', "
                  f"or make them one-hot with to_categorical(y, {output[-1]}).")
    _same_shape(y_true, y_pred, advice)
    return -_sum_last(y_true * unary('Log', y_pred), axis)


def categorical_focal_crossentropy(y_true, y_pred, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1):
    y_pred = to_float(y_pred)
    return _sum_last(cast(y_true, y_pred.dtype) * unary('Log', y_pred), axis)


def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, ignore_class=None, axis=-1):
    y_pred = to_float(y_pred)
    y_true = convert(y_true)
    target, output = _shapes(y_true, y_pred)
    if target is not None:
        if len(output) < 1:
            raise ValueError(f"Argument `output` must be at least rank 1. Received: output.shape={output}")
        if len(target) == len(output) and layerscope.is_known(target[axis]) and target[axis] == 1:
            target = target[:-1]
        advice = ''
        if len(target) == len(output) and all([not layerscope.is_known(a) or not layerscope.is_known(b) or a == b for a, b in zip(target, output)]):
            advice = " The labels look one-hot: use loss='categorical_crossentropy', or pass class numbers (np.argmax(y, axis=-1))."
        if advice == '' and len(target) != len(output) - 1:
            from keras.src.layers.advice import for_target
            advice = for_target(target, output)
        message = f"Arguments `target` and `output` must have the same shape up until the last dimension: target.shape={target}, output.shape={output}.{advice}"
        if len(target) != len(output) - 1:
            raise _mismatch(message, y_true, y_pred)
        for a, b in zip(target, output[:-1]):
            layerscope.require(a == b, _mismatch(message, y_true, y_pred))
        _check_labels(y_true, output[axis])
    return _sum_last(unary('Log', y_pred), axis)


def _check_labels(y_true, classes):
    """Class numbers that no output stands for."""
    between = layerscope.range_of(y_true)
    if between is None or not layerscope.is_known(classes) or 0 <= between[0] and between[1] < classes:
        return
    wrong = int(between[0] if between[0] < 0 else between[1])
    message = (f"Received a label value of {wrong} which is outside the valid range of [0, {classes}): the labels go from {int(between[0])} to {int(between[1])}, "
               f"and the model has {classes} outputs. Give it {int(between[1]) + 1} outputs, or number the labels from 0.")
    if between[2]:
        raise layerscope.related(ValueError(message), y_true, 'the labels')
    layerscope.warn('labels-out-of-range', message, y_true)


def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_pred = to_float(y_pred)
    y_true = cast(y_true, y_pred.dtype)
    _same_shape(y_true, y_pred)
    _check_truth(y_true)
    return _mean_last(y_true * unary('Log', y_pred))


def _check_truth(y_true):
    """A binary loss takes yes and no as 1 and 0."""
    between = layerscope.range_of(y_true)
    if between is not None and between[2] and (between[0] < 0 or between[1] > 1):
        layerscope.warn('labels-out-of-range', f"This loss wants labels between 0 and 1, and these go from {int(between[0])} to {int(between[1])}: the loss has no lower bound. "
                        "Number the two classes 0 and 1, or take a loss for more classes.", y_true)


def binary_focal_crossentropy(y_true, y_pred, apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1):
    return binary_crossentropy(y_true, y_pred, from_logits, label_smoothing, axis)


def _scalar(y_true, y_pred, **options):
    return layerscope.data((), 'float32', 'a loss', like=Tensor)


dice = tversky = generalized_dice = _scalar


def ctc(y_true, y_pred):
    if len(y_true.shape) != 2:
        raise ValueError(f"Targets `y_true` must be a tensor of shape `(batch_size, max_length)` in integer format. Received: y_true.shape={y_true.shape}")
    if len(y_pred.shape) != 3:
        raise ValueError(f"Logits `y_pred` must be a tensor of shape `(batch_size, max_length, num_classes)`. Received: y_pred.shape={y_pred.shape}")
    return layerscope.data((y_pred.shape[0],), 'float32', 'a loss', like=Tensor)


def circle(y_true, y_pred, **options):
    return layerscope.data((), 'float32', 'a loss', like=Tensor)


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


class Reduction:
    AUTO = 'auto'
    NONE = 'none'
    SUM = 'sum'
    SUM_OVER_BATCH_SIZE = 'sum_over_batch_size'


mse = MSE = mean_squared_error
mae = MAE = mean_absolute_error
mape = MAPE = mean_absolute_percentage_error
msle = MSLE = mean_squared_logarithmic_error
kld = KLD = kullback_leibler_divergence = kl_divergence
logcosh = log_cosh
cosine = cosine_proximity = cosine_similarity
bce = BCE = binary_crossentropy

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
