import numpy as np
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder
from sklearn.metrics import confusion_matrix

digits = load_digits()
images = digits.images[:200]
flat = images.reshape((len(images), -1))
target = digits.target[:200]
scaled = MinMaxScaler().fit_transform(flat)
train_x, test_x, train_y, test_y = train_test_split(scaled, target, test_size=0.3, random_state=3)
pca = PCA(n_components=10)
reduced = pca.fit_transform(train_x)
classifier = LogisticRegression(max_iter=50)
classifier.fit(reduced, train_y)
guesses = classifier.predict(pca.transform(test_x))
matrix = confusion_matrix(test_y, guesses)
encoded = OneHotEncoder(sparse_output=False).fit_transform(target.reshape(-1, 1))
centers = np.array([reduced[train_y == label].mean(axis=0) for label in range(10)])
distances = np.linalg.norm(reduced[:, None, :] - centers[None, :, :], axis=2)
print(matrix.trace(), encoded.shape, distances.argmin(axis=1)[:5], pca.components_.shape)
