import numpy as np
import keras
from keras import layers

def encoder(x, heads, size, hidden):
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.MultiHeadAttention(num_heads=heads, key_dim=size, dropout=0.1)(y, y)
    x = layers.Add()([x, y])
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.Dense(hidden, activation="gelu")(y)
    y = layers.Dense(x.shape[-1])(y)
    return x + y

inputs = keras.Input(shape=(20, 6))
x = layers.Dense(16)(inputs)
positions = layers.Embedding(20, 16)(keras.ops.arange(0, 20))
x = x + positions
for _ in range(2):
    x = encoder(x, 2, 8, 32)
x = layers.GlobalAveragePooling1D()(x)
outputs = layers.Dense(3, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(loss="categorical_crossentropy", optimizer="adam")
labels = keras.utils.to_categorical([0, 1, 2, 1], 3)
model.fit(np.random.rand(4, 20, 6), labels, verbose=0)
