import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import accuracy_score
import keras
from keras import layers

x, y = make_classification(n_samples=80, n_features=12, n_informative=6, n_classes=3, random_state=1)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=0)
scaler = StandardScaler()
x_train = scaler.fit_transform(x_train)
x_test = scaler.transform(x_test)
model = keras.Sequential([
    keras.Input(shape=(x_train.shape[1],)),
    layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.l2(0.01)),
    layers.Dense(len(np.unique(y)), activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=2, verbose=0)
predicted = np.argmax(model.predict(x_test, verbose=0), axis=1)
print(accuracy_score(y_test, predicted), history.history["loss"][-1])
