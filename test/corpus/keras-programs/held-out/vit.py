import numpy as np
import keras
from keras import layers, ops

class Patches(layers.Layer):
    def __init__(self, patch_size):
        super().__init__()
        self.patch_size = patch_size

    def call(self, images):
        batch, height, width, channels = ops.shape(images)
        rows, columns = height // self.patch_size, width // self.patch_size
        patches = ops.image.extract_patches(images, size=self.patch_size)
        return ops.reshape(patches, (batch, rows * columns, self.patch_size * self.patch_size * channels))

class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, dim):
        super().__init__()
        self.num_patches = num_patches
        self.projection = layers.Dense(units=dim)
        self.position_embedding = layers.Embedding(input_dim=num_patches, output_dim=dim)

    def call(self, patch):
        positions = ops.expand_dims(ops.arange(start=0, stop=self.num_patches, step=1), axis=0)
        return self.projection(patch) + self.position_embedding(positions)

size, patch, dim = 24, 6, 16
inputs = keras.Input(shape=(size, size, 3))
encoded = PatchEncoder((size // patch) ** 2, dim)(Patches(patch)(inputs))
x1 = layers.LayerNormalization(epsilon=1e-6)(encoded)
attention = layers.MultiHeadAttention(num_heads=2, key_dim=dim)(x1, x1)
x2 = layers.Add()([attention, encoded])
x3 = layers.Flatten()(layers.LayerNormalization()(x2))
logits = layers.Dense(5)(layers.Dropout(0.5)(x3))
model = keras.Model(inputs=inputs, outputs=logits)
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=[keras.metrics.SparseTopKCategoricalAccuracy(2, name="top2")])
model.fit(np.random.rand(4, size, size, 3), np.array([1, 0, 4, 2]), verbose=0)
