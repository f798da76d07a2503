import numpy as np
import keras
from keras import layers, ops

class Linear(layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True, name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True, name="b")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}

model = keras.Sequential([keras.Input((5,)), Linear(7, name="first"), layers.ReLU(), Linear(2)])
out = model(np.ones((3, 5), dtype="float32"))
copy = Linear.from_config(model.get_layer("first").get_config())
print(out.shape, copy.units, model.layers[0].w.shape)
