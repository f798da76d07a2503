import numpy as np
import keras
from keras import layers

inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(8, (3, 3), activation="relu", padding="same")(inputs)
x = layers.MaxPooling2D((2, 2), padding="same")(x)
x = layers.Conv2D(4, (3, 3), activation="relu", padding="same")(x)
encoded = layers.MaxPooling2D((2, 2), padding="same")(x)
x = layers.Conv2DTranspose(4, (3, 3), strides=2, activation="relu", padding="same")(encoded)
x = layers.Conv2DTranspose(8, (3, 3), strides=2, activation="relu", padding="same")(x)
decoded = layers.Conv2D(1, (3, 3), activation="sigmoid", padding="same")(x)
autoencoder = keras.Model(inputs, decoded)
encoder = keras.Model(inputs, encoded)
autoencoder.compile(optimizer="adam", loss="binary_crossentropy")
images = np.random.rand(16, 28, 28, 1)
noisy = np.clip(images + 0.4 * np.random.normal(size=images.shape), 0.0, 1.0)
autoencoder.fit(noisy, images, epochs=1, batch_size=8, verbose=0)
codes = encoder.predict(images, verbose=0)
print(codes.reshape(16, -1).shape)
