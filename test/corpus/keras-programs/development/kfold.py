import numpy as np
from sklearn.model_selection import KFold
from sklearn.datasets import load_iris
from keras import Sequential
from keras.layers import Dense, Input
from keras.utils import to_categorical

iris = load_iris()
features, labels = iris.data, to_categorical(iris.target)

def build(width):
    model = Sequential([Input((4,)), Dense(width, activation="relu"), Dense(3, activation="softmax")])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model

scores = []
folds = KFold(n_splits=3, shuffle=True, random_state=7)
for train, test in folds.split(features):
    model = build(8)
    model.fit(features[train], labels[train], epochs=1, batch_size=32, verbose=0)
    loss, accuracy = model.evaluate(features[test], labels[test], verbose=0)
    scores.append(accuracy)
print(np.mean(scores), len(scores), iris.feature_names[2])
