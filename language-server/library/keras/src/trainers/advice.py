"""What runs and says nothing: metrics that do not belong to the loss and the labels of a training."""
import layerscope

from keras.src.tree import flatten

_REGRESSION = {'mse', 'mean_squared_error', 'mae', 'mean_absolute_error', 'mape', 'mean_absolute_percentage_error', 'msle', 'mean_squared_logarithmic_error',
               'huber', 'huber_loss', 'log_cosh', 'logcosh'}


def advise_metrics(model, y, predictions):
    """Warns of an accuracy where one number of any size is predicted: it counts how often prediction and label are equal to the last digit."""
    metrics, losses, outputs, targets = flatten(model._compile_metrics), flatten(model._compile_loss), flatten(predictions), flatten(y)
    if model._graph is None or len(losses) != 1 or len(outputs) != 1 or len(targets) != 1 or not any([isinstance(metric, str) and metric.lower() in ('accuracy', 'acc') for metric in metrics]):
        return
    loss, target, output = losses[0], targets[0], outputs[0]
    name = loss if isinstance(loss, str) else getattr(loss, 'name', None)
    if not isinstance(name, str) or name.lower() not in _REGRESSION or not isinstance(target, layerscope.Value) or not isinstance(output, layerscope.Value):
        return
    activation = getattr(getattr(model.layers[-1], 'activation', None), '__name__', None)
    if activation not in ('linear', 'relu') or not layerscope.is_known(output.shape) or output.shape[-1] != 1 or not _has_fractions(target):
        return
    layerscope.warn('accuracy-of-regression', f"Accuracy counts predictions that equal their labels: with the loss {name} and labels of any size it stays near 0, however good the model is. "
                    "Measure the distance: metrics=['mae'], or R2Score.", model)


def _has_fractions(target):
    """Whether labels are floats that no classes of 0 and 1 can be."""
    if target.dtype is None or not target.dtype.startswith('float'):
        return False
    source = getattr(target, '_source', target)
    if layerscope.is_known(layerscope.elements(source)):
        return any([element not in (0, 1) for element in flatten(layerscope.elements(source))])
    between = layerscope.range_of(target)
    return getattr(source, '_continuous', False) is True or between is not None and (between[0] < 0 or between[1] > 1)
