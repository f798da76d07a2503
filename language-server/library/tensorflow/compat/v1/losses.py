"""tf.losses of TensorFlow 1: the mean over the examples, labels first."""
import layerscope

from tensorflow.functions import reduce_mean, abs, square
from tensorflow import nn


def mean_squared_error(labels, predictions, weights=1.0, **kwargs):
    return reduce_mean(square(predictions - labels) * weights)


def absolute_difference(labels, predictions, weights=1.0, **kwargs):
    return reduce_mean(abs(predictions - labels) * weights)


def softmax_cross_entropy(onehot_labels, logits, weights=1.0, **kwargs):
    return reduce_mean(nn.softmax_cross_entropy_with_logits(onehot_labels, logits) * weights)


def sparse_softmax_cross_entropy(labels, logits, weights=1.0, **kwargs):
    return reduce_mean(nn.sparse_softmax_cross_entropy_with_logits(labels, logits) * weights)


def sigmoid_cross_entropy(multi_class_labels, logits, weights=1.0, **kwargs):
    return reduce_mean(nn.sigmoid_cross_entropy_with_logits(multi_class_labels, logits) * weights)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tf.losses.' + name)
