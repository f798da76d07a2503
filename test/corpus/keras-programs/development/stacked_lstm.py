import numpy as np
from keras.models import Sequential
from keras.layers import Input, LSTM, Dense, Dropout

def windows(series, steps):
    inputs, targets = [], []
    for start in range(len(series) - steps):
        inputs.append(series[start:start + steps])
        targets.append(series[start + steps])
    return np.array(inputs), np.array(targets)

series = np.sin(np.linspace(0, 20, 60))
x, y = windows(series, 10)
x = x.reshape((x.shape[0], x.shape[1], 1))
model = Sequential()
model.add(Input(shape=(10, 1)))
model.add(LSTM(8, return_sequences=True))
model.add(Dropout(0.1))
model.add(LSTM(4))
model.add(Dense(1))
model.compile(optimizer="adam", loss="mse")
model.fit(x, y, epochs=1, batch_size=16, verbose=0)
forecast = model.predict(x[-1:], verbose=0)
print(forecast[0, 0])
