import numpy as np
import keras
from keras import layers
from keras.models import Model

clean = np.random.rand(40, 16, 16, 1).astype("float32")
noisy = np.clip(clean + 0.3 * np.random.normal(loc=0.0, scale=1.0, size=clean.shape), 0.0, 1.0).astype("float32")
train_noisy, test_noisy = noisy[:32], noisy[32:]
train_clean, test_clean = clean[:32], clean[32:]

inputs = layers.Input(shape=(16, 16, 1))
x = layers.Conv2D(8, (3, 3), activation="relu", padding="same")(inputs)
x = layers.MaxPooling2D((2, 2), padding="same")(x)
x = layers.Conv2D(8, (3, 3), activation="relu", padding="same")(x)
encoded = layers.MaxPooling2D((2, 2), padding="same")(x)
x = layers.Conv2DTranspose(8, (3, 3), strides=2, activation="relu", padding="same")(encoded)
x = layers.Conv2DTranspose(8, (3, 3), strides=2, activation="relu", padding="same")(x)
decoded = layers.Conv2D(1, (3, 3), activation="sigmoid", padding="same")(x)

autoencoder = Model(inputs, decoded, name="denoiser")
autoencoder.compile(optimizer="adam", loss="binary_crossentropy")
autoencoder.fit(train_noisy, train_clean, epochs=1, batch_size=8, shuffle=True, validation_data=(test_noisy, test_clean), verbose=0)

encoder = Model(inputs=autoencoder.input, outputs=encoded)
codes = encoder.predict(test_noisy, verbose=0)
restored = autoencoder.predict(test_noisy, verbose=0)
error = np.mean((restored - test_clean) ** 2, axis=(1, 2, 3))
worst = np.argsort(error)[::-1][:3]
flat = codes.reshape(len(codes), -1)
grid = np.hstack([restored[i, :, :, 0] for i in worst])
print(codes.shape, flat.shape, grid.shape, error[worst])
