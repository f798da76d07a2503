"""sklearn.utils.class_weight: one weight for each class, or for each sample."""
import layerscope
import numpy


def _check(class_weight, who, several=False):
    if class_weight is None or not layerscope.is_known(class_weight) or isinstance(class_weight, dict) or several and isinstance(class_weight, list):
        return
    if class_weight != 'balanced' or not isinstance(class_weight, str):
        raise ValueError(f"The 'class_weight' parameter of {who} must be an instance of 'dict', a str among {{'balanced'}} or None. Got {class_weight!r} instead.")


def compute_class_weight(class_weight, *, classes, y, sample_weight=None):
    _check(class_weight, 'compute_class_weight')
    return layerscope.data(tuple(numpy.asarray(classes).shape), 'float64', 'weights of classes', like=numpy.ndarray)


def compute_sample_weight(class_weight, y, *, indices=None):
    _check(class_weight, 'compute_sample_weight', several=True)
    labels = numpy.asarray(y)
    return layerscope.data(tuple(labels.shape)[:1] if layerscope.is_known(labels.shape) else None, 'float64', 'weights of samples', like=numpy.ndarray)
