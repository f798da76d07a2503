import numpy as np
import keras
from keras import layers

base = keras.Sequential([
    keras.Input((16, 16, 3)),
    layers.Conv2D(4, 3, activation="relu", name="low"),
    layers.MaxPooling2D(name="pool"),
    layers.Conv2D(8, 3, activation="relu", name="high"),
], name="base")
base.trainable = False
inputs = keras.Input(shape=(16, 16, 3))
x = layers.RandomFlip("horizontal")(inputs)
x = base(x, training=False)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(3, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(), loss="sparse_categorical_crossentropy")
model.fit(np.random.rand(6, 16, 16, 3), np.array([0, 1, 2, 0, 1, 2]), epochs=1, verbose=0)
base.trainable = True
for layer in base.layers[:2]:
    layer.trainable = False
model.compile(optimizer=keras.optimizers.Adam(1e-5), loss="sparse_categorical_crossentropy")
low = keras.Model(base.inputs, base.get_layer("low").output)
maps = low.predict(np.zeros((1, 16, 16, 3)), verbose=0)
print(maps[0, :, :, 2].shape, len(model.trainable_weights))
