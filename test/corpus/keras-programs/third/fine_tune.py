import numpy as np
import keras
from keras import layers
from keras.applications import MobileNetV2
from keras.applications.mobilenet_v2 import preprocess_input

base = MobileNetV2(input_shape=(32, 32, 3), alpha=0.35, include_top=False, weights=None, pooling="avg")
base.trainable = False

inputs = keras.Input(shape=(32, 32, 3))
x = layers.RandomFlip("horizontal")(inputs)
x = layers.Rescaling(scale=1 / 127.5, offset=-1)(x)
x = base(x, training=False)
x = layers.Dropout(0.2)(x)
outputs = layers.Dense(5, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])

images = np.random.randint(0, 256, size=(10, 32, 32, 3)).astype("float32")
labels = np.random.randint(0, 5, size=10)
model.fit(images, labels, batch_size=5, epochs=1, verbose=0)

base.trainable = True
for layer in base.layers[:-10]:
    layer.trainable = False
model.compile(optimizer=keras.optimizers.Adam(1e-5), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(images, labels, batch_size=5, epochs=1, verbose=0)
scaled = preprocess_input(images.copy())
features = base.predict(scaled, verbose=0)
trainable = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
print(features.shape, trainable, len(model.layers))
