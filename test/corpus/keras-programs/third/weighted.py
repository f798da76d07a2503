import numpy as np
import keras
from keras import layers, regularizers
from sklearn.datasets import make_classification
from sklearn.metrics import classification_report, confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.utils.class_weight import compute_class_weight

x, y = make_classification(n_samples=120, n_features=12, n_informative=6, n_classes=3, weights=[0.6, 0.3, 0.1], random_state=3)
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.2, stratify=y, random_state=3)
scaler = StandardScaler().fit(x_train)
x_train, x_val = scaler.transform(x_train), scaler.transform(x_val)
values = compute_class_weight(class_weight="balanced", classes=np.unique(y_train), y=y_train)
class_weight = dict(enumerate(values))
sample_weight = np.array([class_weight[label] for label in y_train])

def build(units=(16, 8), rate=0.2):
    model = keras.Sequential(name="weighted")
    model.add(keras.Input((x_train.shape[1],)))
    for width in units:
        model.add(layers.Dense(width, kernel_regularizer=regularizers.L1L2(l1=1e-5, l2=1e-4)))
        model.add(layers.BatchNormalization())
        model.add(layers.Activation("elu"))
        model.add(layers.Dropout(rate))
    model.add(layers.Dense(3, activation="softmax"))
    return model

model = build()
decay = keras.optimizers.schedules.ExponentialDecay(initial_learning_rate=0.01, decay_steps=20, decay_rate=0.9)
model.compile(optimizer=keras.optimizers.Adam(decay), loss="sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
model.fit(x_train, y_train, sample_weight=sample_weight, epochs=2, batch_size=24, validation_data=(x_val, y_val), verbose=0)
model.fit(x_train, y_train, class_weight=class_weight, epochs=1, verbose=0)
guess = np.argmax(model.predict(x_val, verbose=0), axis=-1)
matrix = confusion_matrix(y_val, guess, labels=[0, 1, 2])
print(matrix.shape, matrix.sum(), len(classification_report(y_val, guess, zero_division=0)))
