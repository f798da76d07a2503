import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.compose import ColumnTransformer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler

frame = pd.DataFrame({
    "age": [23, 45, 31, 52, 36, 28, 61, 40, 33, 47, 25, 58],
    "income": [31.5, 72.0, 48.2, 90.1, 55.0, 39.9, 88.8, 61.3, 45.0, 77.7, 30.2, 95.4],
    "city": ["Rome", "Oslo", "Rome", "Bonn", "Oslo", "Bonn", "Rome", "Oslo", "Bonn", "Rome", "Oslo", "Bonn"],
    "bought": [0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1],
})
frame["ratio"] = frame["income"] / frame["age"]
features = frame.drop(columns=["bought"])
target = frame["bought"].values

x_train, x_test, y_train, y_test = train_test_split(features, target, test_size=0.25, random_state=7)
numeric = ["age", "income", "ratio"]
transform = ColumnTransformer([
    ("scale", StandardScaler(), numeric),
    ("onehot", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["city"]),
])
x_train = transform.fit_transform(x_train)
x_test = transform.transform(x_test)

model = keras.Sequential([
    keras.Input(shape=(x_train.shape[1],)),
    layers.Dense(8, activation="relu", kernel_regularizer=keras.regularizers.l2(0.01)),
    layers.BatchNormalization(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=[keras.metrics.BinaryAccuracy(threshold=0.5), keras.metrics.AUC(name="auc")])
weights = {0: 1.5, 1: 0.8}
model.fit(x_train, y_train, epochs=2, batch_size=4, class_weight=weights, verbose=0)
probability = model.predict(x_test, verbose=0).flatten()
report = pd.DataFrame({"truth": y_test, "probability": probability})
report["guess"] = (report["probability"] > 0.5).astype(int)
print(report.shape, (report["guess"] == report["truth"]).mean(), frame.groupby("city")["income"].mean().to_dict())
