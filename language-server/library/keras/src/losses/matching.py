"""Whether labels and predictions fit together: their ranks, their shapes, the labels' values; with Keras's errors."""
import layerscope

from keras.src.backend.dtypes import FLOATS
from keras.src.backend.tensors import Tensor, cast, plain_class, to_float


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


def matched(y_true, y_pred):
    y_pred = to_float(y_pred)
    y_true, y_pred = squeeze_or_expand_to_same_rank(cast(y_true, y_pred.dtype), y_pred)
    require_broadcasting(y_true, y_pred)
    return y_true, y_pred


def require_broadcasting(y_true, y_pred):
    """Raises where labels and predictions do not even broadcast."""
    target, output = known_shapes(y_true, y_pred)
    if target is None:
        return
    for a, b in zip(reversed(target), reversed(output)):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1 and b != 1:
            raise mismatch(f"Incompatible shapes: the labels have shape {target} and the predictions {output}. "
                            f"Dimensions must be equal, but are {a} and {b}.", y_true, y_pred)


def known_shapes(y_true, y_pred):
    """Both shapes where they are known; an error message speaks of these."""
    if layerscope.is_known(y_true.shape) and layerscope.is_known(y_pred.shape):
        return tuple(y_true.shape), tuple(y_pred.shape)
    return None, None


def mismatch(message, y_true, y_pred):
    labels, predictions = getattr(y_true, '_source', y_true), getattr(y_pred, '_source', y_pred)
    error = layerscope.related(ValueError(message), labels, f'the labels of shape {labels.shape} are made here')
    error = layerscope.related(error, predictions, f'the predictions of shape {predictions.shape} are made here')
    maker = getattr(predictions, '_keras_history', (None,))[0]
    target = y_true.shape
    if hasattr(maker, 'units') and len(target) == len(y_pred.shape) and layerscope.is_known(target[-1]) and target[-1] != maker.units:
        return layerscope.hint_fix(error, f'units={target[-1]}', 'units', target[-1], maker)
    return error


def require_same_shape(y_true, y_pred, advice=''):
    target, output = known_shapes(y_true, y_pred)
    if target is None:
        return
    if advice == '':
        from keras.src.layers.advice import for_target
        advice = for_target(target, output)
    if len(target) != len(output):
        raise mismatch("Arguments `target` and `output` must have the same rank (ndim). "
                        f"Received: target.shape={target}, output.shape={output}.{advice}", y_true, y_pred)
    for a, b in zip(target, output):
        layerscope.require(a == b, mismatch("Arguments `target` and `output` must have the same shape. "
                                             f"Received: target.shape={target}, output.shape={output}.{advice}", y_true, y_pred))


def check_classes(y_true, classes):
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


def check_binary(y_true):
    """A binary loss takes yes and no as 1 and 0."""
    between = layerscope.range_of(y_true)
    if between is not None and between[2] and (between[0] < 0 or between[1] > 1):
        layerscope.warn('labels-out-of-range', f"This loss wants labels between 0 and 1, and these go from {int(between[0])} to {int(between[1])}: the loss has no lower bound. "
                        "Number the two classes 0 and 1, or take a loss for more classes.", y_true)


def of_open_type(y_true):
    """Targets as a loss or a metric of the user gets them: Keras 3 brings them to the type of the predictions, Keras 2 leaves them as they are."""
    if not isinstance(y_true, layerscope.Value) or y_true.dtype is None or y_true.dtype in FLOATS or not layerscope.is_known(y_true.shape):
        return y_true
    made = layerscope.data(tuple(y_true.shape), None, 'targets', like=Tensor)
    made._source = y_true
    return made
