import numpy as np
import keras
from keras import layers

steps = 24
values = np.sin(np.arange(120) / 5.0).reshape(-1, 1)

def sequences(values, steps=steps):
    output = []
    for i in range(len(values) - steps + 1):
        output.append(values[i:i + steps])
    return np.stack(output)

x_train = sequences(values)
model = keras.Sequential([
    layers.Input(shape=(x_train.shape[1], x_train.shape[2])),
    layers.Conv1D(filters=8, kernel_size=7, padding="same", strides=2, activation="relu"),
    layers.Conv1D(filters=4, kernel_size=7, padding="same", strides=2, activation="relu"),
    layers.Conv1DTranspose(filters=4, kernel_size=7, padding="same", strides=2, activation="relu"),
    layers.Conv1DTranspose(filters=8, kernel_size=7, padding="same", strides=2, activation="relu"),
    layers.Conv1DTranspose(filters=1, kernel_size=7, padding="same"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001), loss="mse")
model.fit(x_train, x_train, epochs=1, batch_size=32, validation_split=0.1, verbose=0)
restored = model.predict(x_train, verbose=0)
losses = np.mean(np.abs(restored - x_train), axis=1)
threshold = np.max(losses)
anomalies = (losses > threshold * 0.5).reshape((-1))
print(np.where(anomalies)[0][:3], threshold)
