"""sklearn.preprocessing: what becomes of shapes."""
import layerscope
import numpy


def _check_2d(X):
    """scikit-learn wants (samples, features)."""
    array = X.to_numpy() if hasattr(X, 'to_numpy') else numpy.asarray(X)
    if layerscope.is_known(array.shape) and len(array.shape) != 2:
        if len(array.shape) == 1:
            message = ("Expected 2D array, got 1D array instead. Reshape your data either using array.reshape(-1, 1) if your data has a single feature or "
                       "array.reshape(1, -1) if it contains a single sample.")
        else:
            message = f"Found array with dim {len(array.shape)}. None expected <= 2."
        raise layerscope.related(ValueError(message), array, f'the array of shape {array.shape} is made here')
    return array


class _Scaler:
    """Keeps shapes; remembers how many features it saw."""

    def __init__(self, *args, **kwargs):
        self.n_features_in_ = None

    def fit(self, X, y=None, sample_weight=None):
        array = _check_2d(X)
        self.n_features_in_ = array.shape[1] if layerscope.is_known(array.shape) else None
        for name in ('mean_', 'scale_', 'var_', 'data_min_', 'data_max_', 'min_'):
            setattr(self, name, layerscope.data((self.n_features_in_,) if self.n_features_in_ is not None else None, 'float64', 'a statistic', like=numpy.ndarray))
        return self

    partial_fit = fit

    def transform(self, X, copy=None):
        array = _check_2d(X)
        if self.n_features_in_ is not None and layerscope.is_known(array.shape):
            layerscope.require(array.shape[1] == self.n_features_in_, ValueError(
                f"X has {array.shape[1]} features, but {self.__class__.__name__} is expecting {self.n_features_in_} features as input."))
        return layerscope.data(array.shape if layerscope.is_known(array.shape) else None, 'float64', 'scaled data', like=numpy.ndarray)

    inverse_transform = transform

    def fit_transform(self, X, y=None, **kwargs):
        return self.fit(X).transform(X)


class StandardScaler(_Scaler):
    pass


class MinMaxScaler(_Scaler):
    pass


class MaxAbsScaler(_Scaler):
    pass


class RobustScaler(_Scaler):
    pass


class Normalizer(_Scaler):
    pass


class QuantileTransformer(_Scaler):
    pass


class PowerTransformer(_Scaler):
    pass


class Binarizer(_Scaler):
    pass


class LabelEncoder:
    def fit(self, y):
        self._check(y)
        self.classes_ = layerscope.data((layerscope.symbol('classes'),), None, 'classes', like=numpy.ndarray)
        return self

    def _check(self, y):
        array = y.to_numpy() if hasattr(y, 'to_numpy') else numpy.asarray(y)
        if layerscope.is_known(array.shape) and len(array.shape) == 2 and layerscope.is_known(array.shape[1]) and array.shape[1] != 1:
            raise ValueError(f"y should be a 1d array, got an array of shape {tuple(array.shape)} instead.")
        return array

    def transform(self, y):
        array = self._check(y)
        return layerscope.data(tuple(array.shape)[:1] if layerscope.is_known(array.shape) else None, 'int64', 'classes', like=numpy.ndarray)

    def fit_transform(self, y):
        return self.fit(y).transform(y)

    def inverse_transform(self, y):
        return layerscope.data(numpy.asarray(y).shape, None, 'classes', like=numpy.ndarray)


class OneHotEncoder:
    def __init__(self, *, categories='auto', drop=None, sparse_output=True, dtype='float64', handle_unknown='error', sparse=None, **kwargs):
        self.dense = sparse_output is False or sparse is False
        self.categories_ = layerscope.unknown('categories')

    def fit(self, X, y=None):
        _check_2d(X)
        self.width = layerscope.symbol('classes')
        return self

    def transform(self, X):
        array = _check_2d(X)
        made = layerscope.data((array.shape[0], self.width) if layerscope.is_known(array.shape) else None, 'float64', 'one-hot categories', like=numpy.ndarray)
        return made if self.dense else _Sparse(made)

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, X):
        return layerscope.unknown('categories')

    def get_feature_names_out(self, *args):
        return layerscope.unknown('names')


class _Sparse:
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


class OrdinalEncoder(_Scaler):
    pass


class PolynomialFeatures:
    def __init__(self, degree=2, **kwargs):
        pass

    def fit_transform(self, X, y=None):
        array = _check_2d(X)
        return layerscope.data((array.shape[0], layerscope.symbol('features')), 'float64', 'polynomials', like=numpy.ndarray)

    transform = fit_transform

    def fit(self, X, y=None):
        return self


def scale(X, **kwargs):
    return layerscope.data(numpy.asarray(X).shape, 'float64', 'scaled data', like=numpy.ndarray)


normalize = minmax_scale = robust_scale = scale


def label_binarize(y, *, classes, **kwargs):
    return layerscope.data((len(y), len(classes)), 'int64', 'one-hot classes', like=numpy.ndarray)


FunctionTransformer = KBinsDiscretizer = lambda *args, **kwargs: layerscope.unknown('a transformer')
