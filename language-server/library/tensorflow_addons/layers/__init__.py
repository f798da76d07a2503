"""tensorflow_addons.layers: the normalisations that programs take from there."""
import layerscope

from keras.layers import GroupNormalization, MultiHeadAttention, SpectralNormalization, Wrapper


class InstanceNormalization(GroupNormalization):
    """Each channel of each picture by itself."""

    def __init__(self, **kwargs):
        kwargs.setdefault('groups', -1)
        super().__init__(**kwargs)


class WeightNormalization(Wrapper):
    """A layer whose kernel is kept as a direction and a length."""

    def __init__(self, layer, data_init=True, **kwargs):
        super().__init__(layer, **kwargs)

    def build(self, input_shape):
        super().build(input_shape)
        self.g = self.add_weight(name='g', shape=(self.layer.kernel.shape[-1],), initializer='ones')

    def call(self, inputs):
        return self.layer(inputs)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tensorflow_addons.layers.' + name)
