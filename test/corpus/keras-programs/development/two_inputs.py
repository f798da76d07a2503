import numpy as np
import keras
from keras import layers

title = keras.Input(shape=(12,), name="title")
price = keras.Input(shape=(4,), name="price")
words = layers.Embedding(100, 16)(title)
words = layers.LSTM(8)(words)
numbers = layers.Dense(8, activation="relu")(price)
joined = layers.concatenate([words, numbers])
urgent = layers.Dense(1, activation="sigmoid", name="urgent")(joined)
kind = layers.Dense(5, activation="softmax", name="kind")(joined)
model = keras.Model(inputs=[title, price], outputs=[urgent, kind])
model.compile(optimizer="rmsprop", loss=["binary_crossentropy", "categorical_crossentropy"], loss_weights=[1.0, 0.2])

titles = np.random.randint(100, size=(24, 12))
prices = np.random.rand(24, 4)
flags = np.random.randint(2, size=(24, 1)).astype("float32")
kinds = keras.utils.to_categorical(np.random.randint(5, size=24), num_classes=5)
model.fit([titles, prices], [flags, kinds], epochs=1, batch_size=8, verbose=0)
first, second = model.predict([titles[:3], prices[:3]], verbose=0)
print(first.shape, second.shape)
