"""sklearn.base: the classes that users build estimators of."""
import layerscope

from sklearn._estimators import BaseEstimator, ClassifierMixin, ClusterMixin, RegressorMixin, TransformerMixin


def clone(estimator, *, safe=True):
    """An unfitted estimator with the same parameters."""
    if not isinstance(estimator, BaseEstimator):
        return layerscope.unknown('a copy of an estimator')
    made = estimator.__class__.__new__(estimator.__class__)
    for name, value in estimator.__dict__.items():
        if not name.startswith('_'):
            setattr(made, name, value)
    return made


class OneToOneFeatureMixin:
    pass


def is_classifier(estimator):
    return isinstance(estimator, ClassifierMixin) and not isinstance(estimator, RegressorMixin)


def is_regressor(estimator):
    return isinstance(estimator, RegressorMixin)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('sklearn.base.' + name)
