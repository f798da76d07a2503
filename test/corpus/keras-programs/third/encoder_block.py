import numpy as np
import keras
from keras import layers, ops

class TransformerBlock(layers.Layer):
    def __init__(self, embed_dim, num_heads, ff_dim, rate=0.1):
        super().__init__()
        self.att = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim // num_heads)
        self.ffn = keras.Sequential([layers.Dense(ff_dim, activation="relu"), layers.Dense(embed_dim)])
        self.layernorm1 = layers.LayerNormalization(epsilon=1e-6)
        self.layernorm2 = layers.LayerNormalization(epsilon=1e-6)
        self.dropout1 = layers.Dropout(rate)
        self.dropout2 = layers.Dropout(rate)

    def call(self, inputs, training=False):
        attended = self.att(inputs, inputs)
        attended = self.dropout1(attended, training=training)
        out1 = self.layernorm1(inputs + attended)
        fed = self.dropout2(self.ffn(out1), training=training)
        return self.layernorm2(out1 + fed)

class TokenAndPosition(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = layers.Embedding(input_dim=vocab_size, output_dim=embed_dim)
        self.pos_emb = layers.Embedding(input_dim=maxlen, output_dim=embed_dim)

    def call(self, x):
        positions = ops.arange(start=0, stop=ops.shape(x)[-1], step=1)
        return self.token_emb(x) + self.pos_emb(positions)

vocab_size, maxlen, embed_dim, num_heads, ff_dim = 50, 14, 16, 2, 24
inputs = layers.Input(shape=(maxlen,))
x = TokenAndPosition(maxlen, vocab_size, embed_dim)(inputs)
x = TransformerBlock(embed_dim, num_heads, ff_dim)(x)
x = TransformerBlock(embed_dim, num_heads, ff_dim)(x)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dense(10, activation="relu")(x)
outputs = layers.Dense(4)(x)
model = keras.Model(inputs=inputs, outputs=outputs)
model.compile(optimizer=keras.optimizers.AdamW(weight_decay=1e-4), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
tokens = np.random.randint(1, vocab_size, size=(24, maxlen))
topics = np.random.randint(0, 4, size=(24,))
model.fit(tokens, topics, batch_size=8, epochs=1, validation_split=0.25, verbose=0)
scores = ops.softmax(model.predict(tokens[:3], verbose=0), axis=-1)
print(ops.convert_to_numpy(scores).sum(axis=1), model.count_params())
