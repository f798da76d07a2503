"""What runs of a TensorFlow 1 graph are fed with."""
import layerscope

from keras.src.backend.tensors import Tensor


class Operation:
    """What a session runs for its effect: a step of training, the first values of variables."""
    name = 'operation'

    def run(self, feed_dict=None, session=None):
        check_feeds(feed_dict)


def check_feeds(feed_dict):
    if layerscope.is_known(feed_dict) and isinstance(feed_dict, dict):
        for key, value in feed_dict.items():
            check_feed(key, value)


def check_feed(key, value):
    """Raises where what is fed does not fit the placeholder."""
    import numpy
    if not isinstance(key, layerscope.Value) or not layerscope.is_known(key.shape):
        return
    value = numpy.asarray(value)
    if not layerscope.is_known(value.shape):
        return
    message = f"Cannot feed value of shape {tuple(value.shape)} for Tensor which has shape {tuple(key.shape)}"
    error = layerscope.related(layerscope.related(ValueError(message), key, 'the placeholder is made here'), value, f'the value of shape {value.shape} is made here')
    if len(value.shape) != len(key.shape):
        raise error
    for a, b in zip(value.shape, key.shape):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b:
            raise error


def _eval(self, feed_dict=None, session=None):
    """`tensor.eval()`: one run of a session."""
    check_feeds(feed_dict)
    layerscope.program(self, 'tensorflow')
    return layerscope.unknown('what a session computes')


Tensor.eval = _eval
