import numpy as np
from keras import Sequential, layers

x = np.random.rand(64, 20)
y = np.random.randint(0, 3, size=(64,))
model = Sequential([
    layers.Input(shape=(20,)),
    layers.Dense(32, activation="relu"),
    layers.Dropout(0.2),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=1, batch_size=16, verbose=0)
probabilities = model.predict(x[:5], verbose=0)
print(probabilities.shape, probabilities.argmax(axis=1))
