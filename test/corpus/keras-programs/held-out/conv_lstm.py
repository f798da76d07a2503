import numpy as np
import keras
from keras import layers

movies = np.random.rand(3, 6, 10, 10, 1)
frames, following = movies[:, :-1], movies[:, 1:]
inputs = keras.Input(shape=(None, *frames.shape[2:]))
x = layers.ConvLSTM2D(filters=4, kernel_size=(3, 3), padding="same", return_sequences=True, activation="relu")(inputs)
x = layers.BatchNormalization()(x)
x = layers.ConvLSTM2D(filters=4, kernel_size=(1, 1), padding="same", return_sequences=True)(x)
x = layers.Conv3D(filters=1, kernel_size=(3, 3, 3), activation="sigmoid", padding="same")(x)
model = keras.Model(inputs, x)
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(frames, following, batch_size=3, epochs=1, verbose=0)
track = frames[0, ...]
for _ in range(2):
    new = model.predict(np.expand_dims(track, axis=0), verbose=0)
    last = np.expand_dims(np.squeeze(new, axis=0)[-1, ...], axis=0)
    track = np.concatenate((track, last), axis=0)
print(track.shape)
