import numpy as np
import tensorflow as tf

WINDOW, BATCH, SPLIT = 12, 8, 80
time = np.arange(120, dtype="float32")
series = 10 + np.sin(time / 5) * 3 + time * 0.05 + np.random.normal(scale=0.3, size=len(time)).astype("float32")
x_train, x_valid = series[:SPLIT], series[SPLIT:]

def windowed_dataset(values, window_size, batch_size, shuffle_buffer):
    ds = tf.data.Dataset.from_tensor_slices(tf.expand_dims(values, axis=-1))
    ds = ds.window(window_size + 1, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda window: window.batch(window_size + 1))
    ds = ds.map(lambda window: (window[:-1], window[-1]))
    return ds.shuffle(shuffle_buffer).batch(batch_size).prefetch(1)

train_set = windowed_dataset(x_train, WINDOW, BATCH, 50)
model = tf.keras.models.Sequential([
    tf.keras.Input(shape=(WINDOW, 1)),
    tf.keras.layers.Conv1D(filters=6, kernel_size=3, strides=1, activation="relu", padding="causal"),
    tf.keras.layers.LSTM(8, return_sequences=True),
    tf.keras.layers.LSTM(8),
    tf.keras.layers.Dense(1),
    tf.keras.layers.Lambda(lambda x: x * 10.0),
])
lr_schedule = tf.keras.callbacks.LearningRateScheduler(lambda epoch: 1e-4 * 10 ** (epoch / 20))
model.compile(loss=tf.keras.losses.Huber(), optimizer=tf.keras.optimizers.SGD(learning_rate=1e-4, momentum=0.9), metrics=["mae"])
model.fit(train_set, epochs=2, callbacks=[lr_schedule], verbose=0)

def model_forecast(model, values, window_size):
    ds = tf.data.Dataset.from_tensor_slices(values)
    ds = ds.window(window_size, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda w: w.batch(window_size))
    ds = ds.batch(16).prefetch(1)
    return model.predict(ds, verbose=0)

forecast = model_forecast(model, series[SPLIT - WINDOW:-1, np.newaxis], WINDOW)
results = forecast.squeeze()
error = tf.keras.losses.MeanAbsoluteError()(x_valid, results).numpy()
print(forecast.shape, results.shape, error > 0)
