"""Losses as functions of labels and predictions."""
import layerscope

from keras.src.backend.tensors import Tensor, cast, convert, plain_class, to_float, unary
from keras.src.losses.matching import check_binary, check_classes, known_shapes, matched, mismatch, require_same_shape


def _mean_last(x):
    return layerscope.operator('ReduceMean', x, [-1], keepdims=0, like=plain_class(x))


def _sum_last(x, axis=-1):
    return layerscope.operator('ReduceSum', x, [axis], keepdims=0, like=plain_class(x))


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = matched(y_true, y_pred)
    difference = y_true - y_pred
    return _mean_last(difference * difference)


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = matched(y_true, y_pred)
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
    y_true, y_pred = matched(y_true, y_pred)
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


def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_pred = to_float(y_pred)
    y_true = cast(y_true, y_pred.dtype)
    target, output = known_shapes(y_true, y_pred)
    advice = ''
    if target is not None and len(output) == 2 and (len(target) == 1 or len(target) == 2 and target[-1] == 1 and output[-1] != 1):
        advice = (" The labels look like class numbers: use loss='sparse_categorical_crossentropy', "
                  f"or make them one-hot with to_categorical(y, {output[-1]}).")
    require_same_shape(y_true, y_pred, advice)
    return -_sum_last(y_true * unary('Log', y_pred), axis)


def categorical_focal_crossentropy(y_true, y_pred, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1):
    y_pred = to_float(y_pred)
    return _sum_last(cast(y_true, y_pred.dtype) * unary('Log', y_pred), axis)


def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, ignore_class=None, axis=-1):
    y_pred = to_float(y_pred)
    y_true = convert(y_true)
    target, output = known_shapes(y_true, y_pred)
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
            raise mismatch(message, y_true, y_pred)
        for a, b in zip(target, output[:-1]):
            layerscope.require(a == b, mismatch(message, y_true, y_pred))
        check_classes(y_true, output[axis])
    return _sum_last(unary('Log', y_pred), axis)


def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_pred = to_float(y_pred)
    y_true = cast(y_true, y_pred.dtype)
    require_same_shape(y_true, y_pred)
    check_binary(y_true)
    return _mean_last(y_true * unary('Log', y_pred))


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


mse = MSE = mean_squared_error
mae = MAE = mean_absolute_error
mape = MAPE = mean_absolute_percentage_error
msle = MSLE = mean_squared_logarithmic_error
kld = KLD = kullback_leibler_divergence = kl_divergence
logcosh = log_cosh
cosine = cosine_proximity = cosine_similarity
bce = BCE = binary_crossentropy
