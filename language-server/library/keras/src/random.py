"""Random tensors: shapes and types are known, elements are not."""
import layerscope

from keras.src.backend.tensors import Tensor


class SeedGenerator:
    def __init__(self, seed=None, name=None, **kwargs):
        self.seed = seed

    def next(self, ordered=True):
        return self.seed


def _draw(shape, dtype):
    if isinstance(shape, layerscope.Value):
        shape = layerscope.elements(shape)
    return layerscope.data(tuple(shape) if layerscope.is_known(shape) else None, dtype or 'float32', 'random numbers', like=Tensor)


def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return _draw(shape, dtype)


def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    return _draw(shape, dtype)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return _draw(shape, dtype)


def randint(shape, minval, maxval, dtype='int32', seed=None):
    return _draw(shape, dtype)


def gamma(shape, alpha, dtype=None, seed=None):
    return _draw(shape, dtype)


def beta(shape, alpha, beta, dtype=None, seed=None):
    return _draw(shape, dtype)


def binomial(shape, counts, probabilities, dtype=None, seed=None):
    return _draw(shape, dtype)


def categorical(logits, num_samples, dtype='int32', seed=None):
    return _draw((logits.shape[0], num_samples), dtype)


def shuffle(x, axis=0, seed=None):
    return _draw(x.shape, x.dtype)


def dropout(inputs, rate, noise_shape=None, seed=None):
    return inputs
