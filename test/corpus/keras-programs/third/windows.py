import numpy as np
import keras
from keras import layers
from sklearn.preprocessing import MinMaxScaler

def sliding(series, look_back, horizon):
    x, y = [], []
    for start in range(len(series) - look_back - horizon + 1):
        x.append(series[start:start + look_back])
        y.append(series[start + look_back:start + look_back + horizon, 0])
    return np.array(x), np.array(y)

t = np.arange(200)
raw = np.stack([np.sin(t / 10), np.cos(t / 7) + 0.1 * np.random.randn(200), t / 200.0], axis=1)
scaler = MinMaxScaler(feature_range=(0, 1))
scaled = scaler.fit_transform(raw)
look_back, horizon = 20, 4
x, y = sliding(scaled, look_back, horizon)
cut = int(len(x) * 0.75)
x_train, y_train, x_test, y_test = x[:cut], y[:cut], x[cut:], y[cut:]

model = keras.Sequential()
model.add(keras.Input(shape=(look_back, x.shape[2])))
model.add(layers.Conv1D(filters=8, kernel_size=3, padding="causal", activation="relu"))
model.add(layers.GRU(12, return_sequences=True))
model.add(layers.GRU(8))
model.add(layers.Dense(horizon))
model.compile(loss="mean_squared_error", optimizer="adam", metrics=["mae"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=1, restore_best_weights=True)
model.fit(x_train, y_train, epochs=2, batch_size=32, validation_data=(x_test, y_test), callbacks=[stop], verbose=0)
forecast = model.predict(x_test, verbose=0)
padded = np.zeros((len(forecast), 3))
padded[:, 0] = forecast[:, 0]
restored = scaler.inverse_transform(padded)[:, 0]
rmse = np.sqrt(np.mean((restored - raw[look_back + cut:look_back + cut + len(restored), 0]) ** 2))
print(x.shape, y.shape, round(float(rmse), 2))
