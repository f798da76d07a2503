import layerscope
import numpy


def shuffle(*arrays, random_state=None, n_samples=None):
    made = [numpy.random.permutation(array) if isinstance(array, layerscope.Value) else layerscope.unknown('shuffled data') for array in arrays]
    return made[0] if len(made) == 1 else made


def resample(*arrays, **kwargs):
    return layerscope.unknown('resampled data')


def check_random_state(seed):
    return numpy.random.RandomState(seed)
