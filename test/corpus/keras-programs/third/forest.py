import numpy as np
import pandas as pd
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelBinarizer, LabelEncoder, StandardScaler

iris = load_iris()
table = pd.DataFrame(iris.data, columns=["sl", "sw", "pl", "pw"])
table["species"] = [iris.target_names[k] for k in iris.target]
encoder = LabelEncoder()
y = encoder.fit_transform(table["species"])
x = table[["sl", "sw", "pl", "pw"]].to_numpy()

x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.3, random_state=0, stratify=y)
pipe = Pipeline([("scale", StandardScaler()), ("pca", PCA(n_components=3)), ("clf", LogisticRegression(max_iter=200))])
folds = StratifiedKFold(n_splits=3, shuffle=True, random_state=1)
scores = cross_val_score(pipe, x_train, y_train, cv=folds, scoring="accuracy")
search = GridSearchCV(pipe, {"pca__n_components": [2, 3], "clf__C": [0.1, 1.0]}, cv=2)
search.fit(x_train, y_train)
chosen = search.best_estimator_
forest = RandomForestClassifier(n_estimators=5, max_depth=3, random_state=0).fit(x_train, y_train)
probabilities = forest.predict_proba(x_test)
binary = LabelBinarizer().fit(y_train).transform(y_test)
auc = roc_auc_score(binary, probabilities, multi_class="ovr")
components = chosen.named_steps["pca"].transform(chosen.named_steps["scale"].transform(x_test))
importance = pd.Series(forest.feature_importances_, index=["sl", "sw", "pl", "pw"]).sort_values(ascending=False)
names = encoder.inverse_transform(forest.predict(x_test[:5]))
print(scores.shape, accuracy_score(y_test, chosen.predict(x_test)) > 0.5, round(auc, 1) <= 1, components.shape, importance.index[0], len(names))
