import numpy as np
import keras
from keras import layers

temperatures = np.cumsum(np.random.randn(120, 3), axis=0)
mean = temperatures[:80].mean(axis=0)
std = temperatures[:80].std(axis=0)
scaled = (temperatures - mean) / std
history, ahead = 12, 2
count = len(scaled) - history - ahead
samples = np.zeros((count, history, scaled.shape[-1]))
targets = np.zeros((count, ahead))
for i in range(count):
    samples[i] = scaled[i:i + history]
    targets[i] = scaled[i + history:i + history + ahead, 0]
model = keras.Sequential()
model.add(keras.Input(shape=(history, 3)))
model.add(layers.GRU(8, recurrent_dropout=0.1, return_sequences=True))
model.add(layers.GRU(8, activation="tanh"))
model.add(layers.Dense(ahead))
model.compile(optimizer="rmsprop", loss="mae")
model.fit(samples[:80], targets[:80], epochs=1, batch_size=20, validation_data=(samples[80:], targets[80:]), verbose=0)
baseline = np.mean(np.abs(samples[80:, -1, 0][:, None] - targets[80:]))
print(baseline)
