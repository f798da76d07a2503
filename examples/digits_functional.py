"""Handwritten digits, 8x8 pixels: two branches and a skip connection with Keras's functional API."""
import keras
from keras import layers


def convolution_block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation("relu")(x)


def build_model(filters=16, classes=10):
    image = keras.Input(shape=(8, 8, 1), name="image")
    stem = convolution_block(image, filters)
    branch = convolution_block(stem, filters)
    merged = layers.Add()([stem, branch])
    pooled = layers.Concatenate()(
        [layers.MaxPooling2D(2)(merged), layers.AveragePooling2D(2)(merged)]
    )
    features = layers.GlobalAveragePooling2D()(convolution_block(pooled, 2 * filters))
    scores = layers.Dense(classes, name="scores")(features)
    return keras.Model(inputs=image, outputs=scores, name="digits_functional")


model = build_model()

if __name__ == "__main__":
    from digits_keras import load_data

    keras.utils.set_random_seed(0)
    x_train, x_test, y_train, y_test = load_data()
    model.compile(
        optimizer=keras.optimizers.Adam(2e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    model.fit(x_train, y_train, batch_size=64, epochs=30, verbose=0)
    print(model.evaluate(x_test, y_test, verbose=0))
    model.save("digits_functional.h5")
