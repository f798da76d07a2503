import numpy as np
import keras
from keras import layers
from keras.utils import pad_sequences

sentences = ["the film was great", "what a terrible plot", "i loved every minute", "boring and far too long", "great acting and great music",
             "the worst film i have seen", "a lovely little story", "i hated the ending"]
labels = np.array([1, 0, 1, 0, 1, 0, 1, 0])

vocabulary = {}
for sentence in sentences:
    for word in sentence.split():
        vocabulary.setdefault(word, len(vocabulary) + 1)

encoded = [[vocabulary[word] for word in sentence.split()] for sentence in sentences]
maxlen = 8
padded = pad_sequences(encoded, maxlen=maxlen, padding="post", truncating="post")

model = keras.Sequential([
    keras.Input(shape=(maxlen,), dtype="int32"),
    layers.Embedding(input_dim=len(vocabulary) + 1, output_dim=12, mask_zero=True),
    layers.Bidirectional(layers.LSTM(10, return_sequences=True)),
    layers.Bidirectional(layers.LSTM(6)),
    layers.Dense(8, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(padded, labels, epochs=2, batch_size=4, validation_split=0.25, verbose=0)
fresh = pad_sequences([[vocabulary[word] for word in "a great story".split()]], maxlen=maxlen, padding="post")
score = float(model.predict(fresh, verbose=0)[0, 0])
print("positive" if score > 0.5 else "negative", padded.shape)
