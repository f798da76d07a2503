import numpy as np
import keras
from keras import layers

clips = np.random.rand(4, 5, 16, 16, 3)
labels = keras.utils.to_categorical([0, 1, 1, 0], 2)
model = keras.Sequential([
    keras.Input((5, 16, 16, 3)),
    layers.TimeDistributed(layers.Conv2D(4, (3, 3), activation="relu")),
    layers.TimeDistributed(layers.MaxPooling2D((2, 2))),
    layers.TimeDistributed(layers.Flatten()),
    layers.LSTM(8, dropout=0.2),
    layers.Dense(2, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(clips, labels, batch_size=2, epochs=1, verbose=0)
volume = keras.Input((8, 8, 8, 1))
x = layers.Conv3D(4, 3, activation="relu")(volume)
x = layers.MaxPool3D(2)(x)
x = layers.GlobalAveragePooling3D()(x)
other = keras.Model(volume, layers.Dense(1, activation="sigmoid")(x))
print(other.predict(np.zeros((2, 8, 8, 8, 1)), verbose=0).shape, model.layers[3].output.shape)
