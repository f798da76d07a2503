import numpy as np
import keras
from keras import layers

tags, words, length = 5, 50, 9
inputs = keras.Input(shape=(length,), dtype="int32")
x = layers.Embedding(input_dim=words, output_dim=12, mask_zero=True)(inputs)
x = layers.SpatialDropout1D(0.1)(x)
x = layers.Bidirectional(layers.LSTM(6, return_sequences=True))(x)
x = layers.TimeDistributed(layers.Dense(10, activation="relu"))(x)
outputs = layers.Dense(tags, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
sentences = np.random.randint(1, words, (8, length))
targets = np.random.randint(0, tags, (8, length))
model.fit(sentences, targets, batch_size=4, epochs=1, verbose=0)
found = model.predict(sentences[:1], verbose=0).argmax(axis=-1)[0]
print(list(found), model.layers[1].output.shape)
