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
        self._check_columns(X)
        self._seen = array_of(X)
        return self

    def _check_columns(self, X):
        """Columns are named by texts; a table of named columns has them all."""
        names = getattr(X, '_names', None)
        if names is None or not layerscope.is_known(names) or not layerscope.is_known(self.transformers):
            return
        for item in self.transformers:
            chosen = item[-1] if layerscope.is_known(item) and isinstance(item, tuple) else None
            for column in chosen if isinstance(chosen, list) and layerscope.is_known(chosen) else []:
                if isinstance(column, str) and layerscope.is_known(column) and column not in names:
                    raise ValueError(f"A given column is not a column of the dataframe: {column!r}. It has {list(names)}")

    def transform(self, X, **params):
        array = array_of(X)
        seen = getattr(self, '_seen', None)
        if is_shaped(array) and is_shaped(seen) and len(array.shape) == 2 and len(seen.shape) == 2 and not hasattr(X, '_names'):
            wide, wanted = array.shape[1], seen.shape[1]
            if layerscope.is_known(wide) and layerscope.is_known(wanted):
                layerscope.require(wide == wanted, ValueError(f"X has {wide} features, but ColumnTransformer is expecting {wanted} features as input."))
        return layerscope.data((array.shape[0], self._width) if is_shaped(array) else None, None, 'transformed columns', like=numpy.ndarray)

    def get_feature_names_out(self, input_features=None):
        return layerscope.unknown('names')


def make_column_transformer(*transformers, **kwargs):
    return ColumnTransformer(transformers)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('sklearn.compose.' + name)
