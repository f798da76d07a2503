import keras
from keras.layers import Input, Conv2D, MaxPooling2D, AveragePooling2D, Concatenate, Flatten, Dense, ZeroPadding2D
from keras.models import Model
import numpy as np

def module(x, f1, f3r, f3, pool):
    a = Conv2D(f1, (1, 1), padding="same", activation="relu")(x)
    b = Conv2D(f3r, (1, 1), padding="same", activation="relu")(x)
    b = Conv2D(f3, (3, 3), padding="same", activation="relu")(b)
    c = MaxPooling2D((3, 3), strides=(1, 1), padding="same")(x)
    c = Conv2D(pool, (1, 1), padding="same", activation="relu")(c)
    return Concatenate(axis=3)([a, b, c])

image = Input(shape=(20, 20, 3))
x = ZeroPadding2D((2, 2))(image)
x = Conv2D(6, (5, 5), strides=(2, 2), activation="relu")(x)
x = module(x, 4, 4, 8, 4)
x = module(x, 8, 4, 8, 4)
x = AveragePooling2D((2, 2))(x)
x = Flatten()(x)
out = Dense(4, activation="softmax")(x)
model = Model(inputs=image, outputs=out)
model.compile(optimizer="sgd", loss="categorical_crossentropy")
middle = Model(model.input, model.layers[-3].output)
features = middle.predict(np.random.rand(2, 20, 20, 3), verbose=0)
print(features.shape, model.get_layer(index=2).output.shape)
