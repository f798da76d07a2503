import numpy as np
import keras
from keras import layers, ops

def base(shape):
    inputs = keras.Input(shape)
    x = layers.Flatten()(inputs)
    x = layers.Dense(16, activation="relu")(x)
    x = layers.Dense(8)(x)
    return keras.Model(inputs, x)

def distance(vectors):
    x, y = vectors
    total = ops.sum(ops.square(x - y), axis=1, keepdims=True)
    return ops.sqrt(ops.maximum(total, 1e-7))

def contrastive(y_true, y_pred):
    margin = 1.0
    return ops.mean((1 - y_true) * ops.square(y_pred) + y_true * ops.square(ops.maximum(margin - y_pred, 0)))

tower = base((8, 8))
left = keras.Input((8, 8))
right = keras.Input((8, 8))
apart = layers.Lambda(distance, output_shape=(1,))([tower(left), tower(right)])
model = keras.Model([left, right], apart)
model.compile(loss=contrastive, optimizer="rmsprop")
pairs = np.random.rand(10, 2, 8, 8)
same = np.random.randint(0, 2, (10, 1)).astype("float32")
model.fit([pairs[:, 0], pairs[:, 1]], same, batch_size=5, epochs=1, verbose=0)
