import numpy as np
import keras
from keras import layers

class Classifier(keras.Model):
    def __init__(self, hidden, classes):
        super().__init__()
        self.dense1 = layers.Dense(hidden, activation="relu")
        self.norm = layers.BatchNormalization()
        self.dense2 = layers.Dense(hidden // 2, activation="relu")
        self.out = layers.Dense(classes)

    def call(self, inputs, training=False):
        x = self.dense1(inputs)
        x = self.norm(x, training=training)
        x = self.dense2(x)
        return self.out(x)

model = Classifier(16, 4)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-3), loss=loss, metrics=["accuracy"])
x = np.random.normal(size=(40, 6)).astype("float32")
y = np.random.randint(0, 4, (40,))
model.fit(x, y, batch_size=10, epochs=1, verbose=0)
logits = model(x[:2])
print(logits.shape, model.count_params())
