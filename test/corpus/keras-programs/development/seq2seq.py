import numpy as np
import keras
from keras import layers

source_tokens, target_tokens, size = 12, 14, 16
encoder_inputs = keras.Input(shape=(None, source_tokens))
_, state_h, state_c = layers.LSTM(size, return_state=True)(encoder_inputs)
states = [state_h, state_c]
decoder_inputs = keras.Input(shape=(None, target_tokens))
decoder_lstm = layers.LSTM(size, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=states)
decoder_dense = layers.Dense(target_tokens, activation="softmax")
decoder_outputs = decoder_dense(decoder_outputs)
model = keras.Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
encoder_data = np.zeros((6, 5, source_tokens), dtype="float32")
decoder_data = np.zeros((6, 7, target_tokens), dtype="float32")
target_data = np.zeros((6, 7, target_tokens), dtype="float32")
for i in range(6):
    for t in range(5):
        encoder_data[i, t, (i + t) % source_tokens] = 1.0
    for t in range(7):
        decoder_data[i, t, (i + t) % target_tokens] = 1.0
target_data[:, :-1] = decoder_data[:, 1:]
model.fit([encoder_data, decoder_data], target_data, batch_size=3, epochs=1, verbose=0)
