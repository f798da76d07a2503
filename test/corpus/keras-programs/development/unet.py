import numpy as np
import keras
from keras import layers

def conv(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)

inputs = keras.Input((32, 32, 3))
c1 = conv(inputs, 4)
p1 = layers.MaxPooling2D(2)(c1)
c2 = conv(p1, 8)
p2 = layers.MaxPooling2D(2)(c2)
c3 = conv(p2, 16)
u2 = layers.UpSampling2D(2)(c3)
c4 = conv(layers.concatenate([u2, c2], axis=-1), 8)
u1 = layers.Conv2DTranspose(4, 2, strides=2, padding="same")(c4)
c5 = conv(layers.concatenate([u1, c1]), 4)
outputs = layers.Conv2D(1, 1, activation="sigmoid")(c5)
model = keras.Model(inputs, outputs)
model.compile("adam", "binary_crossentropy")
masks = (np.random.rand(2, 32, 32, 1) > 0.5).astype("float32")
model.fit(np.random.rand(2, 32, 32, 3), masks, verbose=0)
print(model.predict(np.zeros((1, 32, 32, 3)), verbose=0)[0, :, :, 0].sum())
