import numpy as np
import keras
from keras import layers

class Mixer(layers.Layer):
    def __init__(self, patches, hidden, rate, **kwargs):
        super().__init__(**kwargs)
        self.tokens = keras.Sequential([layers.Dense(patches, activation="gelu"), layers.Dense(patches), layers.Dropout(rate)])
        self.channels = keras.Sequential([layers.Dense(hidden, activation="gelu"), layers.Dense(hidden), layers.Dropout(rate)])
        self.normalize = layers.LayerNormalization(epsilon=1e-6)

    def call(self, inputs):
        x = self.normalize(inputs)
        x = keras.ops.transpose(x, axes=(0, 2, 1))
        x = self.tokens(x)
        x = keras.ops.transpose(x, axes=(0, 2, 1))
        x = x + inputs
        return x + self.channels(self.normalize(x))

inputs = keras.Input((16, 12))
x = layers.Dense(8)(inputs)
x = keras.Sequential([Mixer(16, 8, 0.1) for _ in range(2)])(x)
x = layers.GlobalAveragePooling1D()(x)
model = keras.Model(inputs, layers.Dense(3)(x))
model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), optimizer="adamw")
y = keras.utils.to_categorical(np.array([0, 2, 1]), num_classes=3)
model.fit(np.random.rand(3, 16, 12), y, epochs=1, verbose=0)
total = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
print(total)
