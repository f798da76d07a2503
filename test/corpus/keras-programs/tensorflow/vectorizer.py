import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Model
from tensorflow.keras.layers import Input, Embedding, Conv1D, GlobalMaxPooling1D, Dense, Dropout, Concatenate, TextVectorization

texts = np.array(["cheap pills now", "meeting at noon", "win money today", "lunch with anna", "limited offer inside", "notes from the call"] * 4)
spam = np.array([1, 0, 1, 0, 1, 0] * 4)
max_tokens, length = 60, 6
vectorize = TextVectorization(max_tokens=max_tokens, output_mode="int", output_sequence_length=length)
vectorize.adapt(texts)
ids = vectorize(tf.constant(texts))
vocabulary = vectorize.get_vocabulary()

embedding_matrix = np.random.normal(size=(max_tokens, 10))
inputs = Input(shape=(length,), dtype="int64")
embedded = Embedding(max_tokens, 10, embeddings_initializer=tf.keras.initializers.Constant(embedding_matrix), trainable=False)(inputs)
branches = []
for size in (2, 3):
    branch = Conv1D(filters=5, kernel_size=size, activation="relu")(embedded)
    branches.append(GlobalMaxPooling1D()(branch))
merged = Concatenate()(branches)
hidden = Dropout(0.4)(Dense(6, activation="relu")(merged))
output = Dense(1, activation="sigmoid")(hidden)
model = Model(inputs, output)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy", tf.keras.metrics.Precision(), tf.keras.metrics.Recall()])
model.fit(ids, spam, batch_size=8, epochs=1, validation_split=0.2, verbose=0)
fresh = vectorize(tf.constant(["money offer now", "call anna"]))
print(ids.shape, len(vocabulary) <= max_tokens, model.predict(fresh, verbose=0).shape)
