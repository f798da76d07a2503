"""sklearn.metrics: scores are not known; lengths are checked."""
import layerscope
import numpy


def _check(y_true, y_pred):
    a, b = numpy.asarray(y_true), numpy.asarray(y_pred)
    if layerscope.is_known(a.shape) and layerscope.is_known(b.shape) and len(a.shape) and len(b.shape):
        layerscope.require(a.shape[0] == b.shape[0], ValueError(f"Found input variables with inconsistent numbers of samples: [{a.shape[0]}, {b.shape[0]}]"))
    return a, b


def _score(y_true, y_pred, **kwargs):
    _check(y_true, y_pred)
    return layerscope.unknown('a score')


def _classes(y_true, y_pred, **kwargs):
    """Scores of classes want labels of one kind: not probabilities against class numbers."""
    a, b = _check(y_true, y_pred)
    if layerscope.is_known(a.shape) and layerscope.is_known(b.shape) and len(a.shape) == 1 and len(b.shape) == 2 and layerscope.is_known(b.shape[1]) and b.shape[1] > 1:
        kind = 'continuous-multioutput' if b._type is not None and b._type.startswith('float') else 'multilabel-indicator'
        if kind == 'continuous-multioutput':
            raise layerscope.related(ValueError("Classification metrics can't handle a mix of multiclass and continuous-multioutput targets"), b, f'the predictions of shape {b.shape} are made here')
    return layerscope.unknown('a score')


accuracy_score = f1_score = precision_score = recall_score = classification_report = confusion_matrix = _classes
mean_squared_error = mean_absolute_error = r2_score = roc_auc_score = log_loss = roc_curve = average_precision_score = _score


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('sklearn.metrics.' + name)
