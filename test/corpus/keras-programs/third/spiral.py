import numpy as np
from keras.models import Sequential
from keras.layers import Input, Dense, Dropout
from keras.optimizers import SGD
from keras.utils import to_categorical

def make_spirals(points, turns, classes):
    features = np.zeros((points * classes, 2))
    targets = np.zeros(points * classes, dtype="uint8")
    for label in range(classes):
        rows = range(points * label, points * (label + 1))
        radius = np.linspace(0.0, 1, points)
        angle = np.linspace(label * turns, (label + 1) * turns, points) + np.random.randn(points) * 0.2
        features[rows] = np.c_[radius * np.sin(angle), radius * np.cos(angle)]
        targets[rows] = label
    return features, targets

x, y = make_spirals(30, 4, 3)
y_hot = to_categorical(y, num_classes=3)
order = np.random.permutation(len(x))
split = int(0.8 * len(x))
x_train, x_test = x[order[:split]], x[order[split:]]
y_train, y_test = y_hot[order[:split]], y_hot[order[split:]]

model = Sequential()
model.add(Input(shape=(2,)))
model.add(Dense(24, activation="relu"))
model.add(Dropout(0.25))
model.add(Dense(12, activation="tanh"))
model.add(Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer=SGD(learning_rate=0.05, momentum=0.9), metrics=["accuracy"])
history = model.fit(x_train, y_train, epochs=2, batch_size=16, validation_data=(x_test, y_test), verbose=0)
loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
predicted = np.argmax(model.predict(x_test, verbose=0), axis=1)
truth = np.argmax(y_test, axis=1)
confusion = np.zeros((3, 3), dtype=int)
for t, p in zip(truth, predicted):
    confusion[t, p] += 1
print(confusion.sum(), accuracy, history.history["val_loss"][-1])
