import numpy as np
import keras
from keras.layers import Input, LSTM, Dense
from keras.models import Model

pairs = [("go", "va"), ("run", "cours"), ("stop", "arrete"), ("hi", "salut"), ("help", "aide")]
input_texts = [source for source, _ in pairs]
target_texts = ["\t" + target + "\n" for _, target in pairs]
input_characters = sorted(set("".join(input_texts)))
target_characters = sorted(set("".join(target_texts)))
num_encoder_tokens, num_decoder_tokens = len(input_characters), len(target_characters)
max_encoder = max(len(text) for text in input_texts)
max_decoder = max(len(text) for text in target_texts)
input_index = {char: i for i, char in enumerate(input_characters)}
target_index = {char: i for i, char in enumerate(target_characters)}

encoder_data = np.zeros((len(pairs), max_encoder, num_encoder_tokens), dtype="float32")
decoder_data = np.zeros((len(pairs), max_decoder, num_decoder_tokens), dtype="float32")
decoder_target = np.zeros((len(pairs), max_decoder, num_decoder_tokens), dtype="float32")
for i, (source, target) in enumerate(zip(input_texts, target_texts)):
    for t, char in enumerate(source):
        encoder_data[i, t, input_index[char]] = 1.0
    for t, char in enumerate(target):
        decoder_data[i, t, target_index[char]] = 1.0
        if t > 0:
            decoder_target[i, t - 1, target_index[char]] = 1.0

latent_dim = 12
encoder_inputs = Input(shape=(None, num_encoder_tokens))
encoder_outputs, state_h, state_c = LSTM(latent_dim, return_state=True)(encoder_inputs)
encoder_states = [state_h, state_c]
decoder_inputs = Input(shape=(None, num_decoder_tokens))
decoder_lstm = LSTM(latent_dim, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = Dense(num_decoder_tokens, activation="softmax")
decoder_outputs = decoder_dense(decoder_outputs)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
model.fit([encoder_data, decoder_data], decoder_target, batch_size=2, epochs=1, verbose=0)

encoder_model = Model(encoder_inputs, encoder_states)
state_inputs = [Input(shape=(latent_dim,)), Input(shape=(latent_dim,))]
outputs, h, c = decoder_lstm(decoder_inputs, initial_state=state_inputs)
decoder_model = Model([decoder_inputs] + state_inputs, [decoder_dense(outputs), h, c])
states = encoder_model.predict(encoder_data[:1], verbose=0)
token = np.zeros((1, 1, num_decoder_tokens))
token[0, 0, target_index["\t"]] = 1.0
said = ""
for _ in range(3):
    chances, h, c = decoder_model.predict([token] + states, verbose=0)
    best = int(np.argmax(chances[0, -1, :]))
    said += target_characters[best]
    token = np.zeros((1, 1, num_decoder_tokens))
    token[0, 0, best] = 1.0
    states = [h, c]
print(len(said), chances.shape)
