"""Handwritten digits, 8x8 pixels: a small dense network as a subclassed model, imported as tensorflow.keras."""
from tensorflow import keras
from tensorflow.keras import layers


class DigitsNet(keras.Model):
    def __init__(self, hidden=(24, 16), classes=10, **kwargs):
        super().__init__(**kwargs)
        self.flatten = layers.Flatten()
        self.blocks = [layers.Dense(width, activation="relu") for width in hidden]
        self.scores = layers.Dense(classes)

    def call(self, inputs):
        x = self.flatten(inputs)
        for block in self.blocks:
            x = block(x)
        return self.scores(x)


model = DigitsNet(name="digits_subclass")
model(keras.Input(shape=(8, 8, 1)))

if __name__ == "__main__":
    from digits_keras import load_data

    keras.utils.set_random_seed(0)
    x_train, x_test, y_train, y_test = load_data()
    model.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    model.fit(x_train, y_train, batch_size=32, epochs=40, verbose=0)
    print(model.evaluate(x_test, y_test, verbose=0))
    model.save_weights("digits_subclass.weights.h5")
