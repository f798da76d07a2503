"""Handwritten digits, 8x8 pixels: a convolutional network as a Keras Sequential model."""
import numpy as np
import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input(shape=(8, 8, 1)),
        layers.Conv2D(16, kernel_size=3, padding="same", activation="relu"),
        layers.MaxPooling2D(pool_size=2),
        layers.Conv2D(32, kernel_size=3, activation="relu"),
        layers.Flatten(),
        layers.Dropout(0.25),
        layers.Dense(32, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ],
    name="digits",
)


def load_data():
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    digits = load_digits()
    images = (digits.images / 16.0).astype("float32")
    images = np.expand_dims(images, -1)
    return train_test_split(images, digits.target, test_size=0.2, random_state=0)


if __name__ == "__main__":
    keras.utils.set_random_seed(0)
    x_train, x_test, y_train, y_test = load_data()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=64, epochs=30, validation_split=0.1, verbose=0)
    print(model.evaluate(x_test, y_test, verbose=0))
    model.save("digits_keras.keras")
