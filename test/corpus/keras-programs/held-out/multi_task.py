import numpy as np
import keras
from keras import layers

class Experts(keras.Model):
    def __init__(self, count, width, **kwargs):
        super().__init__(**kwargs)
        self.experts = [layers.Dense(width, activation="relu") for _ in range(count)]
        self.gate = layers.Dense(count, activation="softmax")
        self.heads = {"age": layers.Dense(1), "income": layers.Dense(2, activation="softmax")}

    def call(self, x):
        outputs = keras.ops.stack([expert(x) for expert in self.experts], axis=1)
        weights = keras.ops.expand_dims(self.gate(x), axis=-1)
        mixed = keras.ops.sum(outputs * weights, axis=1)
        return {name: head(mixed) for name, head in self.heads.items()}

model = Experts(3, 8)
model.compile(optimizer="adam", loss={"age": "mse", "income": "sparse_categorical_crossentropy"})
x = np.random.rand(30, 7).astype("float32")
targets = {"age": np.random.rand(30, 1), "income": np.random.randint(0, 2, (30,))}
model.fit(x, targets, epochs=1, batch_size=10, verbose=0)
answers = model.predict(x[:4], verbose=0)
print(answers["age"].shape, answers["income"].sum(axis=1))
