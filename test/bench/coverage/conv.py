"""Two convolution pairs of 32 and 64 channels and dense layers of 200, 200 and 10: the network of arXiv 1805.00089."""
from keras import Input, Sequential
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D

model = Sequential([
    Input((28, 28, 1)),
    Conv2D(32, 3, activation="relu"),
    Conv2D(32, 3, activation="relu"),
    MaxPooling2D(2),
    Conv2D(64, 3, activation="relu"),
    Conv2D(64, 3, activation="relu"),
    MaxPooling2D(2),
    Flatten(),
    Dense(200, activation="relu"),
    Dense(200, activation="relu"),
    Dense(10, activation="softmax"),
])
