"""sklearn.multiclass: the estimators of the table; what it does not list is unknown."""
from sklearn._estimators import estimator


def __getattr__(name):
    return estimator('multiclass', name)
