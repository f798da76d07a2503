"""Keras models whose files list layers in another order than the program makes them: test/golden/keras-order.json.

Usage: keras_order.py OUT.json (a Python with keras; the weights are saved after another model was made, so that names count on).
"""
import base64
import json
import os
import sys
import tempfile

import keras
import numpy as np

HEAD = 'import keras\nfrom keras import layers\n'
PROGRAMS = {
    'bidirectional LSTM': ('''i = keras.Input((7, 4))
model = keras.Model(i, layers.Dense(2)(layers.Bidirectional(layers.LSTM(5))(i)))
''', (2, 7, 4)),
    'two bidirectional GRUs': ('''model = keras.Sequential([keras.Input((5, 4)), layers.Bidirectional(layers.GRU(4, return_sequences=True)), layers.Bidirectional(layers.GRU(2), merge_mode='sum')])
''', (2, 5, 4)),
    'attributes against the alphabet': ('''class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.second = layers.Dense(6, activation='tanh')
        self.first = layers.Dense(6, activation='relu')
        self.block = [layers.Dense(6) for _ in range(11)]

    def call(self, x):
        x = self.first(self.second(x))
        for layer in self.block:
            x = x + layer(x)
        return x

model = Net()
model(keras.Input((6,)))
''', (3, 6)),
    'two attentions': ('''i = keras.Input((5, 8))
x = layers.MultiHeadAttention(2, 4)(i, i)
x = layers.LayerNormalization()(x + i)
model = keras.Model(i, layers.MultiHeadAttention(2, 4)(x, x))
''', (2, 5, 8)),
    'cells': ('''i = keras.Input((5, 3))
x = layers.RNN([layers.LSTMCell(4), layers.GRUCell(4)], return_sequences=True)(i)
model = keras.Model(i, layers.RNN(layers.SimpleRNNCell(4))(x))
''', (2, 5, 3)),
}

cases = []
random = np.random.default_rng(0)
for name, (source, shape) in PROGRAMS.items():
    values = {}
    exec(HEAD + source, values)
    exec(HEAD + source, values)
    model = values['model']
    for weight in model.weights:
        weight.assign(random.standard_normal(weight.shape) * 0.4)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'm.weights.h5')
        model.save_weights(path)
        with open(path, 'rb') as file:
            stored = base64.b64encode(file.read()).decode()
    x = random.standard_normal(shape).astype('float32')
    y = keras.ops.convert_to_numpy(model(x))
    cases.append({'name': name, 'source': HEAD + source, 'weights': stored, 'shape': list(shape), 'input': x.ravel().tolist(), 'output': y.ravel().tolist()})
with open(sys.argv[1], 'w') as file:
    json.dump({'cases': cases}, file, separators=(',', ':'))
