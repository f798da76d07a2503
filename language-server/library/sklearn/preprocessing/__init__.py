"""sklearn.preprocessing: what becomes of shapes."""
import math

import layerscope
import numpy

from sklearn._checks import check_column, check_table, is_shaped, made_here
from sklearn._estimators import BaseEstimator, TransformerMixin
from sklearn.exceptions import NotFittedError


class _Scaler(TransformerMixin, BaseEstimator):
    """Keeps shapes; remembers how many features it saw."""
    n_features_in_ = None
    _fitted = _texts = False

    def fit(self, X, y=None, sample_weight=None):
        array = check_table(X, self.__class__.__name__, self._texts)
        self._fitted = True
        self.n_features_in_ = array.shape[1] if is_shaped(array) else None
        for name in ('mean_', 'scale_', 'var_', 'data_min_', 'data_max_', 'data_range_', 'min_', 'center_'):
            setattr(self, name, layerscope.data((self.n_features_in_,) if self.n_features_in_ is not None else None, 'float64', 'a statistic', like=numpy.ndarray))
        return self

    partial_fit = fit

    def transform(self, X, copy=None):
        if not self._fitted and not layerscope.escaped(self):
            raise NotFittedError(f"This {self.__class__.__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator.")
        return self._scaled(check_table(X, self.__class__.__name__, self._texts), True)

    def inverse_transform(self, X, copy=None):
        return self._scaled(check_table(X, self.__class__.__name__, self._texts), False)

    def _scaled(self, array, named):
        if is_shaped(array) and self.n_features_in_ is not None:
            message = (f"X has {array.shape[1]} features, but {self.__class__.__name__} is expecting {self.n_features_in_} features as input." if named else
                       f"operands could not be broadcast together with shapes {tuple(array.shape)} ({self.n_features_in_},): {self.__class__.__name__} was fitted to {self.n_features_in_} features")
            # the statistics of one feature fit several
            if named or layerscope.is_known(self.n_features_in_) and self.n_features_in_ != 1:
                layerscope.require(array.shape[1] == self.n_features_in_, made_here(ValueError(message), array))
        return layerscope.data(array.shape if is_shaped(array) else None, 'float64', 'scaled data', like=numpy.ndarray)

    def get_feature_names_out(self, input_features=None):
        return layerscope.unknown('names')


class StandardScaler(_Scaler):
    pass


class MinMaxScaler(_Scaler):
    feature_range = (0, 1)
    _positional = ('feature_range',)

    def fit(self, X, y=None):
        low, high = self.feature_range if layerscope.is_known(self.feature_range) else (None, None)
        if isinstance(low, (int, float)) and isinstance(high, (int, float)) and layerscope.is_known(low) and layerscope.is_known(high) and low >= high:
            raise ValueError(f"Minimum of desired feature range must be smaller than maximum. Got {tuple(self.feature_range)}.")
        return super().fit(X, y)

    partial_fit = fit


class MaxAbsScaler(_Scaler):
    pass


class RobustScaler(_Scaler):
    pass


class Normalizer(_Scaler):
    _fitted = True


class QuantileTransformer(_Scaler):
    pass


class PowerTransformer(_Scaler):
    pass


class Binarizer(_Scaler):
    _fitted = True


class LabelEncoder(TransformerMixin, BaseEstimator):
    def fit(self, y):
        self._check(y)
        self.classes_ = layerscope.data((layerscope.symbol('classes'),), None, 'classes', like=numpy.ndarray)
        return self

    def _check(self, y):
        array = check_column(y)
        return array if array is not None else numpy.asarray(y)

    def transform(self, y):
        array = self._check(y)
        return layerscope.data(tuple(array.shape)[:1] if layerscope.is_known(array.shape) else None, 'int64', 'classes', like=numpy.ndarray)

    def fit_transform(self, y):
        return self.fit(y).transform(y)

    def inverse_transform(self, y):
        return layerscope.data(numpy.asarray(y).shape, None, 'classes', like=numpy.ndarray)


class OneHotEncoder(TransformerMixin, BaseEstimator):
    def __init__(self, *, categories='auto', drop=None, sparse_output=True, dtype='float64', handle_unknown='error', sparse=None, **kwargs):
        self.dense = sparse_output is False or sparse is False
        self.categories_ = layerscope.unknown('categories')

    def fit(self, X, y=None):
        check_table(X, self.__class__.__name__, texts=True)
        # a column of one value alone has nothing to tell apart
        self.width = layerscope.symbol('classes', 2)
        return self

    def transform(self, X):
        array = check_table(X, self.__class__.__name__, texts=True)
        made = layerscope.data((array.shape[0], self.width) if is_shaped(array) else None, 'float64', 'one-hot categories', like=numpy.ndarray)
        return made if self.dense else _Sparse(made)

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, X):
        return layerscope.unknown('categories')

    def get_feature_names_out(self, *args):
        return layerscope.unknown('names')


class _Sparse:
    _is_sparse = True

    def __init__(self, dense):
        self.dense = dense
        self.shape = dense.shape

    def toarray(self):
        return self.dense

    todense = toarray


class LabelBinarizer(LabelEncoder):
    def __init__(self, *, neg_label=0, pos_label=1, sparse_output=False):
        self.width = layerscope.symbol('classes')

    def transform(self, y):
        array = numpy.asarray(y)
        return layerscope.data((array.shape[0], self.width) if layerscope.is_known(array.shape) else None, 'int64', 'one-hot classes', like=numpy.ndarray)


class MultiLabelBinarizer(LabelBinarizer):
    def __init__(self, *, classes=None, sparse_output=False):
        self.width = len(classes) if isinstance(classes, (list, tuple)) else layerscope.symbol('classes')

    def fit(self, y):
        return self

    def fit_transform(self, y):
        return self.transform(y)

    def transform(self, y):
        return layerscope.data((len(y) if hasattr(y, '__len__') else layerscope.symbol('samples'), self.width), 'int64', 'sets of labels', like=numpy.ndarray)


class OrdinalEncoder(_Scaler):
    _texts = True


class PolynomialFeatures(TransformerMixin, BaseEstimator):
    def __init__(self, degree=2, *, interaction_only=False, include_bias=True, order='C'):
        self.degree, self.interaction_only, self.include_bias = degree, interaction_only, include_bias

    def fit(self, X, y=None):
        array = check_table(X, self.__class__.__name__)
        known = is_shaped(array) and isinstance(self.degree, int) and not self.interaction_only and layerscope.is_known(array.shape[1])
        # monomials of up to so many factors
        self.n_output_features_ = math.comb(array.shape[1] + self.degree, self.degree) - (not self.include_bias) if known else layerscope.symbol('features')
        return self

    def transform(self, X):
        array = check_table(X, self.__class__.__name__)
        return layerscope.data((array.shape[0], self.n_output_features_) if is_shaped(array) else None, 'float64', 'polynomials', like=numpy.ndarray)

    def get_feature_names_out(self, input_features=None):
        return layerscope.unknown('names')


def scale(X, **kwargs):
    return layerscope.data(numpy.asarray(X).shape, 'float64', 'scaled data', like=numpy.ndarray)


normalize = minmax_scale = robust_scale = scale


def label_binarize(y, *, classes, **kwargs):
    return layerscope.data((len(y), len(classes)), 'int64', 'one-hot classes', like=numpy.ndarray)


FunctionTransformer = KBinsDiscretizer = lambda *args, **kwargs: layerscope.unknown('a transformer')
