"""sklearn.compose: transformers for columns. What they make of a table is not known; how many rows is."""
import layerscope
import numpy

from sklearn._checks import array_of, is_shaped
from sklearn._estimators import BaseEstimator, TransformerMixin


class ColumnTransformer(TransformerMixin, BaseEstimator):
    def __init__(self, transformers, *, remainder='drop', **kwargs):
        self.transformers = transformers
        self._width = layerscope.symbol('features')

    def fit(self, X, y=None, **params):
        return self

    def transform(self, X, **params):
        array = array_of(X)
        return layerscope.data((array.shape[0], self._width) if is_shaped(array) else None, None, 'transformed columns', like=numpy.ndarray)

    def get_feature_names_out(self, input_features=None):
        return layerscope.unknown('names')


def make_column_transformer(*transformers, **kwargs):
    return ColumnTransformer(transformers)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('sklearn.compose.' + name)
