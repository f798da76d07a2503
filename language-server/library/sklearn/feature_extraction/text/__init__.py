"""sklearn.feature_extraction.text: the vectorizers of the table; what it does not list is unknown."""
from sklearn._estimators import estimator


def __getattr__(name):
    return estimator('feature_extraction.text', name)
