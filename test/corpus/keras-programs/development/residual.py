import keras
import numpy as np
from keras import layers

def block(x, filters, stride=1):
    shortcut = x
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    y = layers.Activation("relu")(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    if stride != 1 or shortcut.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, strides=stride, use_bias=False)(shortcut)
    return layers.Activation("relu")(layers.add([shortcut, y]))

inputs = keras.Input((16, 16, 3))
x = layers.Conv2D(8, 3, padding="same")(inputs)
for filters, stride in [(8, 1), (16, 2), (16, 1)]:
    x = block(x, filters, stride)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(2, activation="softmax")(x)
model = keras.Model(inputs, outputs, name="small_resnet")
model.compile("sgd", "sparse_categorical_crossentropy")
model.train_on_batch(np.random.rand(4, 16, 16, 3), np.array([0, 1, 1, 0]))
print(model.output_shape, len(model.layers))
