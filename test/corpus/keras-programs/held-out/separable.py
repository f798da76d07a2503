import numpy as np
import keras
from keras import layers

def entry(x, size):
    previous = x
    x = layers.SeparableConv2D(size, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    residual = layers.Conv2D(size, 1, strides=2, padding="same")(previous)
    return layers.add([x, residual])

inputs = keras.Input(shape=(24, 24, 3))
x = layers.Rescaling(1.0 / 255)(inputs)
x = layers.Conv2D(8, 3, strides=2, padding="same")(x)
for size in [16, 24]:
    x = entry(x, size)
x = layers.DepthwiseConv2D(3, depth_multiplier=2)(x)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dropout(0.25)(x)
outputs = layers.Dense(1, activation=None)(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(3e-4), loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(name="acc")])
images = np.random.randint(0, 255, (6, 24, 24, 3))
labels = np.array([0, 1, 0, 1, 1, 0])
model.fit(images, labels, batch_size=3, verbose=0)
