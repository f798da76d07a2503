"""Layers that act in training alone: in inference they pass their input on."""
import layerscope

from keras.src.backend.tensors import plain_class, to_float
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer


class _Passing(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.built = True

    def call(self, inputs, training=False):
        return layerscope.operator('Identity', to_float(inputs), like=plain_class(inputs))


class Dropout(_Passing):
    fields = ('rate', 'noise_shape', 'seed')

    def __init__(self, rate=None, noise_shape=None, seed=None, p=None, **kwargs):
        super().__init__(**kwargs)
        rate = p if rate is None else rate
        if rate is None:
            raise TypeError("Dropout.__init__() missing 1 required positional argument: 'rate'")
        _check_rate(rate)
        if noise_shape is not None and layerscope.is_known(noise_shape) and not isinstance(noise_shape, (list, tuple)) and not hasattr(noise_shape, 'shape'):
            raise ValueError(f"Invalid value received for argument `noise_shape`. Expected an iterable of integers (e.g., a tuple or list). Received: noise_shape={noise_shape}")
        self.rate, self.noise_shape, self.seed = rate, noise_shape, seed


def _check_rate(rate):
    if layerscope.is_known(rate) and rate is not None and not 0 <= rate <= 1:
        raise ValueError(f"Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate={rate}")


class _SpatialDropout(Dropout):
    rank = 2

    def __init__(self, rate, data_format=None, seed=None, name=None, dtype=None, **kwargs):
        super().__init__(rate, seed=seed, name=name, dtype=dtype, **kwargs)
        self.data_format = data_format
        self.input_spec = InputSpec(ndim=self.rank + 2)


class SpatialDropout1D(_SpatialDropout):
    rank = 1


class SpatialDropout2D(_SpatialDropout):
    rank = 2


class SpatialDropout3D(_SpatialDropout):
    rank = 3


class AlphaDropout(Dropout):
    pass


class GaussianDropout(Dropout):
    pass


class GaussianNoise(_Passing):
    fields = ('stddev', 'seed')

    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(**kwargs)
        if layerscope.is_known(stddev) and not 0 <= stddev <= 1 and not layerscope.in_user_code(self.__class__):
            raise ValueError(f"Invalid value received for argument `stddev`. Expected a float value between 0 and 1. Received: stddev={stddev}")
        self.stddev, self.seed = stddev, seed


class ActivityRegularization(_Passing):
    fields = ('l1', 'l2')

    def __init__(self, l1=0.0, l2=0.0, **kwargs):
        super().__init__(**kwargs)
        self.l1, self.l2 = l1, l2
