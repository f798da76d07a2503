import numpy as np
import keras
from keras import layers
from keras.callbacks import EarlyStopping, ReduceLROnPlateau

samples, columns = 90, 11
data = np.random.normal(loc=2.0, scale=0.5, size=(samples, columns))
quality = data[:, :3].sum(axis=1) + np.random.normal(size=samples)
split = int(0.8 * samples)
train_x, valid_x = data[:split], data[split:]
train_y, valid_y = quality[:split], quality[split:]
normalizer = layers.Normalization(axis=-1)
normalizer.adapt(train_x)
model = keras.Sequential([
    keras.Input((columns,)),
    normalizer,
    layers.Dense(24, activation="relu"),
    layers.Dense(12, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.RMSprop(0.001), loss="mse", metrics=["mae"])
stop = EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)
model.fit(train_x, train_y, validation_data=(valid_x, valid_y), epochs=2, batch_size=16, callbacks=[stop, ReduceLROnPlateau(patience=1)], verbose=0)
guesses = model.predict(valid_x, verbose=0).squeeze()
print(np.abs(guesses - valid_y).mean())
