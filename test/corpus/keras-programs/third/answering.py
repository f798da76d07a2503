import numpy as np
import keras
from keras.layers import Input, Embedding, LSTM, Dense, Dropout, Permute, Activation, add, concatenate, dot
from keras.models import Model
from keras.preprocessing.sequence import pad_sequences

stories = [(["mary", "moved", "home"], ["where", "is", "mary"], "home"), (["john", "went", "to", "school"], ["where", "is", "john"], "school"),
           (["daniel", "ran", "to", "home"], ["where", "is", "daniel"], "home"), (["mary", "went", "to", "work"], ["where", "is", "mary"], "work")] * 4
vocab = sorted(set(word for story, query, answer in stories for word in story + query + [answer]))
vocab_size = len(vocab) + 1
word_idx = {word: index + 1 for index, word in enumerate(vocab)}
story_maxlen = max(len(story) for story, _, _ in stories)
query_maxlen = max(len(query) for _, query, _ in stories)

def vectorize(data):
    inputs = [[word_idx[w] for w in story] for story, _, _ in data]
    queries = [[word_idx[w] for w in query] for _, query, _ in data]
    answers = np.array([word_idx[answer] for _, _, answer in data])
    return pad_sequences(inputs, maxlen=story_maxlen), pad_sequences(queries, maxlen=query_maxlen), answers

inputs_train, queries_train, answers_train = vectorize(stories)
input_sequence = Input((story_maxlen,))
question = Input((query_maxlen,))
encoded_m = Dropout(0.3)(Embedding(input_dim=vocab_size, output_dim=16)(input_sequence))
encoded_c = Dropout(0.3)(Embedding(input_dim=vocab_size, output_dim=query_maxlen)(input_sequence))
encoded_q = Dropout(0.3)(Embedding(input_dim=vocab_size, output_dim=16)(question))
match = Activation("softmax")(dot([encoded_m, encoded_q], axes=(2, 2)))
response = Permute((2, 1))(add([match, encoded_c]))
answer = concatenate([response, encoded_q])
answer = LSTM(8)(answer)
answer = Dense(vocab_size, activation="softmax")(Dropout(0.3)(answer))
model = Model([input_sequence, question], answer)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit([inputs_train, queries_train], answers_train, batch_size=4, epochs=1, verbose=0)
scores = model.predict([inputs_train[:2], queries_train[:2]], verbose=0)
print(vocab[int(scores[0].argmax()) - 1], scores.shape, vocab_size)
