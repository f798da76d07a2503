import numpy as np
from keras.models import Sequential
from keras.layers import Input, Embedding, Conv1D, GlobalMaxPooling1D, Dense, Dropout
from keras.utils import pad_sequences

vocabulary, length = 200, 15
texts = [[1, 5, 9], [4, 8, 2, 7, 3], [11, 12], [1, 2, 3, 4, 5, 6]]
labels = np.array([0, 1, 0, 1])
data = pad_sequences(texts, maxlen=length, padding="post")
model = Sequential()
model.add(Input(shape=(length,)))
model.add(Embedding(vocabulary, 8))
model.add(Conv1D(16, 3, activation="relu"))
model.add(GlobalMaxPooling1D())
model.add(Dropout(0.5))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(data, labels, epochs=1, verbose=0)
rounded = (model.predict(data, verbose=0) > 0.5).astype(int).flatten()
print([int(value) for value in rounded])
