import numpy as np
import keras
from keras import layers

inputs = {"left": keras.Input((6,), name="left"), "right": keras.Input((6,), name="right")}
shared = layers.Dense(8, activation="tanh", name="shared")
left, right = shared(inputs["left"]), shared(inputs["right"])
both = layers.Concatenate()([left, right, layers.Multiply()([left, right]), layers.Subtract()([left, right])])
gate = layers.Dense(32, activation="sigmoid")(both)
merged = layers.Average()([both, both * gate])
score = layers.Dense(1, name="score")(merged)
model = keras.Model(inputs, {"score": score, "gate": gate})
model.compile(optimizer="adam", loss={"score": "mse", "gate": None})
data = {"left": np.random.rand(9, 6), "right": np.random.rand(9, 6)}
model.fit(data, {"score": np.zeros((9, 1)), "gate": np.zeros((9, 32))}, verbose=0)
result = model.predict(data, verbose=0)
copy = keras.models.clone_model(model)
copy.set_weights(model.get_weights())
kernel, bias = model.get_layer("shared").get_weights()
print(result["score"].shape, kernel.shape, bias.shape, len(copy.weights))
