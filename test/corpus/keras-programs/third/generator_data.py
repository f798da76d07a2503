import math
import numpy as np
import keras
from keras import layers

class AudioSequence(keras.utils.Sequence):
    def __init__(self, signals, labels, batch_size=6, shuffle=True, **kwargs):
        super().__init__(**kwargs)
        self.signals, self.labels = signals, labels
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.indexes = np.arange(len(self.signals))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.signals) / self.batch_size)

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.indexes)

    def __getitem__(self, index):
        chosen = self.indexes[index * self.batch_size:(index + 1) * self.batch_size]
        batch = np.stack([self.signals[k] for k in chosen])
        batch = (batch - batch.mean(axis=1, keepdims=True)) / (batch.std(axis=1, keepdims=True) + 1e-6)
        return np.expand_dims(batch, axis=-1), keras.utils.to_categorical(self.labels[chosen], num_classes=5)

signals = np.random.randn(30, 64).astype("float32")
labels = np.random.randint(0, 5, size=(30,))
train = AudioSequence(signals[:24], labels[:24])
valid = AudioSequence(signals[24:], labels[24:], batch_size=3, shuffle=False)

model = keras.Sequential([
    layers.Input(shape=(64, 1)),
    layers.Conv1D(8, kernel_size=9, strides=2, activation="relu"),
    layers.MaxPooling1D(pool_size=2),
    layers.SeparableConv1D(12, 5, activation="relu"),
    layers.SpatialDropout1D(0.2),
    layers.GlobalMaxPooling1D(),
    layers.Dense(5, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.RMSprop(learning_rate=1e-3), loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1), metrics=["accuracy"])
schedule = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=2, min_lr=1e-5)
model.fit(train, validation_data=valid, epochs=2, callbacks=[schedule], verbose=0)
x_batch, y_batch = valid[0]
print(len(train), x_batch.shape, model.predict(x_batch, verbose=0).argmax(axis=1), y_batch.argmax(axis=1))
