"""tf.random."""
import layerscope

from keras.src.backend.tensors import Tensor, convert
from keras.src.operations.core import sizes_of


def _draw(shape, dtype='float32'):
    sizes = sizes_of(shape)
    return layerscope.data(tuple(sizes) if layerscope.is_known(sizes) else None, dtype if isinstance(dtype, str) else 'float32', 'random numbers', like=Tensor)


def normal(shape, mean=0.0, stddev=1.0, dtype='float32', seed=None, name=None):
    return _draw(shape, dtype)


truncated_normal = normal


def uniform(shape, minval=0, maxval=None, dtype='float32', seed=None, name=None):
    return _draw(shape, dtype)


def poisson(shape, lam, dtype='float32', seed=None, name=None):
    return _draw(shape, dtype)


def gamma(shape, alpha, beta=None, dtype='float32', seed=None, name=None):
    # so many for each of the parameters
    parameters = convert(alpha) if beta is None else convert(alpha) + convert(beta)
    sizes = sizes_of(shape)
    if not layerscope.is_known(sizes) or not layerscope.is_known(parameters.shape):
        return _draw(layerscope.unknown('the shape of random numbers'), dtype)
    return _draw(tuple(sizes) + tuple(parameters.shape), dtype)


def stateless_uniform(shape, seed, minval=0, maxval=None, dtype='float32', name=None):
    return _draw(shape, dtype)


def stateless_normal(shape, seed, mean=0.0, stddev=1.0, dtype='float32', name=None):
    return _draw(shape, dtype)


def categorical(logits, num_samples, dtype='int64', seed=None, name=None):
    return _draw((convert(logits).shape[0], num_samples), 'int64')


def shuffle(value, seed=None, name=None):
    value = convert(value)
    return _draw(value.shape, value.dtype)


def set_seed(seed):
    pass


class Generator:
    @classmethod
    def from_seed(cls, seed, alg=None):
        return cls()

    from_non_deterministic_state = from_seed

    def normal(self, shape, *args, **kwargs):
        return _draw(shape)

    uniform = normal

    def make_seeds(self, count=1):
        return _draw((2, count), 'int64')


def get_global_generator():
    return Generator()
