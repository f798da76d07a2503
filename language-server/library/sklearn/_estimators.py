"""Estimators: what they check when they are fitted and asked, and the shapes that they answer with. Values are not computed."""
import layerscope
import numpy

from sklearn._checks import array_of, check_column, check_lengths, check_table, is_continuous, is_shaped, made_here
from sklearn._table import ESTIMATORS
from sklearn.exceptions import NotFittedError


class BaseEstimator:
    def __init__(self, *args, **kwargs):
        for name, value in zip(getattr(self, '_positional', ()), args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def get_params(self, deep=True):
        return layerscope.unknown('the parameters of an estimator')

    def set_params(self, **params):
        for name, value in params.items():
            if '__' not in name:
                setattr(self, name, value)
        return self

    def get_metadata_routing(self):
        return layerscope.unknown('the routing of metadata')


class TransformerMixin:
    def fit_transform(self, X, y=None, **fit_params):
        return (self.fit(X, **fit_params) if y is None else self.fit(X, y, **fit_params)).transform(X)

    def set_output(self, *, transform=None):
        return self


class ClassifierMixin:
    def score(self, X, y, sample_weight=None):
        check_lengths(array_of(self.predict(X)), array_of(y))
        return layerscope.unknown('a score', float)


class RegressorMixin(ClassifierMixin):
    pass


class ClusterMixin:
    def fit_predict(self, X, y=None, **kwargs):
        self.fit(X)
        return self.labels_


# what some estimators have and others lack, and pipelines ask for
_METHODS = ('transform', 'fit_transform', 'inverse_transform', 'predict', 'fit_predict')


class _Fitted(BaseEstimator):
    """Knows whether it was fitted, and to how many features."""
    _fitted = False
    _features = None
    # documents instead of a table; columns of texts in a table
    _texts = _words = False

    def __getattr__(self, name):
        if name.startswith('_') or name in _METHODS:
            raise AttributeError(f"'{self.__class__.__name__}' object has no attribute '{name}'")
        return layerscope.unknown(f'{name} of an estimator')

    def _accept(self, X):
        array = array_of(X) if self._texts else check_table(X, self.__class__.__name__, self._words)
        self._fitted = True
        self._features = array.shape[1] if is_shaped(array) and len(array.shape) == 2 else None
        return array

    def _asked(self, X):
        if not self._fitted and not layerscope.escaped(self):
            raise NotFittedError(f"This {self.__class__.__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator.")
        array = array_of(X) if self._texts else check_table(X, self.__class__.__name__, self._words)
        if is_shaped(array) and len(array.shape) == 2 and self._features is not None:
            layerscope.require(array.shape[1] == self._features, made_here(ValueError(
                f"X has {array.shape[1]} features, but {self.__class__.__name__} is expecting {self._features} features as input."), array))
        return array

    def _answer(self, array, *rest, dtype='float64', what='predictions'):
        known = is_shaped(array) and all([size is not None for size in rest])
        return layerscope.data((array.shape[0], *rest) if known else None, dtype, what, like=numpy.ndarray)


class _Supervised(_Fitted):
    _several = False
    _targets = ()
    _target_type = None

    def fit(self, X, y, sample_weight=None, **kwargs):
        if y is None:
            raise ValueError(f"This {self.__class__.__name__} estimator requires y to be passed, but the target y is None.")
        array = self._accept(X)
        target = array_of(y) if self._several else check_column(y)
        check_lengths(array, target)
        self._check_target(target)
        self._target_type = target._type if is_shaped(target) else None
        self._targets = self._columns(target)
        self.n_features_in_ = self._features if self._features is not None else layerscope.unknown('the number of features', int)
        return self

    def partial_fit(self, X, y, classes=None, **kwargs):
        return self.fit(X, y)

    def _check_target(self, target):
        pass

    def _columns(self, target):
        """The axes of a prediction behind its first."""
        if not is_shaped(target):
            return (None,)
        if len(target.shape) == 1:
            return ()
        columns = target.shape[1]
        if not self._several:
            return ()
        return (columns,) if layerscope.is_known(columns) and columns > 1 or self._keeps_columns else (None,)

    _keeps_columns = False

    def predict(self, X, **kwargs):
        made = self._answer(self._asked(X), *self._targets, dtype=self._predicted())
        return self._finish(made)

    def _finish(self, made):
        return made

    def _predicted(self):
        return self._target_type


class Classifier(ClassifierMixin, _Supervised):
    def _check_target(self, target):
        if is_continuous(target):
            raise made_here(ValueError("Unknown label type: continuous. Maybe you are trying to fit a classifier, which expects discrete classes on a regression target with continuous values."), target)

    def predict_proba(self, X):
        made = self._answer(self._asked(X), self._classes(), what='probabilities')
        made._probabilities = True
        # trees and neighbours may give nothing but 0 and 1
        made._continuous = self.__class__.__name__ in ('LogisticRegression', 'LogisticRegressionCV', 'SVC', 'GaussianNB', 'MultinomialNB', 'BernoulliNB', 'MLPClassifier',
                                                       'GradientBoostingClassifier', 'LinearDiscriminantAnalysis', 'GaussianProcessClassifier')
        return made

    predict_log_proba = predict_proba

    def _classes(self):
        # `classes_` is an attribute that is not known: its length is a size that is not known either
        if '_class_count' not in self.__dict__:
            self._class_count = layerscope.symbol('classes')
        return self._class_count if self._targets == () else None

    def decision_function(self, X):
        self._asked(X)
        return layerscope.data(None, 'float64', 'scores', like=numpy.ndarray)


class Regressor(RegressorMixin, _Supervised):
    def _predicted(self):
        return 'float64'

    def _finish(self, made):
        made._continuous = True
        return made


class Clusterer(ClusterMixin, _Fitted):
    def fit(self, X, y=None, sample_weight=None):
        array = self._accept(X)
        clusters = self.__dict__.get('n_clusters')
        if isinstance(clusters, int) and is_shaped(array) and layerscope.is_known(array.shape[0]) and array.shape[0] < clusters and self.__class__.__name__ in ('KMeans', 'MiniBatchKMeans'):
            raise made_here(ValueError(f"n_samples={array.shape[0]} should be >= n_clusters={clusters}."), array)
        self.labels_ = self._answer(array, dtype='int32', what='clusters')
        if isinstance(clusters, int) and self._features is not None:
            self.cluster_centers_ = layerscope.data((clusters, self._features), 'float64', 'the centres of clusters', like=numpy.ndarray)
        return self

    def predict(self, X, sample_weight=None):
        return self._answer(self._asked(X), dtype='int32', what='clusters')

    def transform(self, X):
        array = self._asked(X)
        clusters = self.__dict__.get('n_clusters')
        return self._answer(array, clusters if isinstance(clusters, int) else None, what='distances')

    def fit_transform(self, X, y=None, sample_weight=None):
        return self.fit(X).transform(X)


class Detector(Clusterer):
    """Outliers as -1, the rest as 1."""

    def decision_function(self, X):
        return self._answer(self._asked(X), what='scores')

    score_samples = decision_function


class Transformer(TransformerMixin, _Fitted):
    """A table to a table, whose width a subclass states."""

    def fit(self, X, y=None, **kwargs):
        array = self._accept(X)
        self._fit_width(array)
        return self

    def _fit_width(self, array):
        self._width = layerscope.symbol('features')

    def transform(self, X, **kwargs):
        array = self._asked(X)
        return self._answer(array, self._width, what='transformed data')

    def inverse_transform(self, X, **kwargs):
        array = array_of(X)
        return self._answer(array, self._features, what='data transformed back')


class Components(Transformer):
    """So many components as the first parameter states."""

    def _fit_width(self, array):
        components = self.__dict__.get('n_components')
        if self.__class__.__name__ == 'PCA' and isinstance(components, int) and is_shaped(array) and layerscope.is_known(tuple(array.shape)) and all([layerscope.is_known(size) for size in array.shape]):
            limit = min(array.shape)
            if components > limit:
                raise made_here(ValueError(f"n_components={components} must be between 0 and min(n_samples, n_features)={limit} with svd_solver='covariance_eigh'"), array)
        self._width = components if isinstance(components, int) else layerscope.symbol('components')
        self.n_components_ = self._width
        self.components_ = layerscope.data((self._width, self._features), 'float64', 'components', like=numpy.ndarray) if self._features is not None else layerscope.unknown('components')
        self.explained_variance_ratio_ = self.explained_variance_ = layerscope.data((self._width,), 'float64', 'variances', like=numpy.ndarray)


class Embedding(Components):
    """Has `fit_transform` alone."""

    def fit_transform(self, X, y=None):
        return Transformer.transform(self.fit(X), X)


class Same(Transformer):
    """As wide as it was."""

    def _fit_width(self, array):
        self._width = self._features


class Best(Transformer):
    """The best features by their scores."""

    def fit(self, X, y=None, **kwargs):
        array = self._accept(X)
        check_lengths(array, array_of(y))
        k = self.__dict__.get('k')
        self._width = k if isinstance(k, int) else layerscope.symbol('features')
        return self


class Vectorizer(Transformer):
    """Texts to a sparse table."""
    _texts = True

    def fit(self, X, y=None):
        self._fitted = True
        self._width = self._words_of(X)
        return self

    def _words_of(self, X):
        """How many words the texts hold, where they are written in the program and nothing but single words is counted."""
        texts = layerscope.elements(X._array) if hasattr(X, '_array') else layerscope.elements(X) if isinstance(X, layerscope.Value) else X
        plain = self.__class__.__name__ in ('CountVectorizer', 'TfidfVectorizer') and all([name.startswith('_') or name in ('norm', 'use_idf', 'smooth_idf', 'sublinear_tf', 'binary', 'dtype') for name in self.__dict__])
        if not plain or not isinstance(texts, (list, tuple)) or not layerscope.is_known(texts) or len(texts) > 200 or not all([isinstance(text, str) for text in texts]):
            return layerscope.symbol('words')
        import re
        return len({word for text in texts for word in re.findall(r'\b\w\w+\b', text.lower())}) or layerscope.symbol('words')

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def transform(self, X, copy=True):
        if not self._fitted and not layerscope.escaped(self):
            raise NotFittedError(f"Vocabulary not fitted or provided")
        rows = X.shape[0] if hasattr(X, 'shape') else len(X) if isinstance(X, (list, tuple)) else layerscope.symbol('texts')
        from sklearn.preprocessing import _Sparse
        return _Sparse(layerscope.data((rows, self._width), 'float64', 'counts of words', like=numpy.ndarray))

    def get_feature_names_out(self, input_features=None):
        return layerscope.unknown('words')

    get_feature_names = get_feature_names_out


_KINDS = {'classifier': Classifier, 'regressor': Regressor, 'cluster': Clusterer, 'detector': Detector, 'transformer': Transformer, 'components': Components,
          'embedding': Embedding, 'same': Same, 'best': Best, 'vectorizer': Vectorizer}
_made = {}


def estimator(module, name):
    """The class of an estimator of a module, made when it is first asked for; what the table does not list is unknown."""
    if name.startswith('__'):
        raise AttributeError(name)
    entry = ESTIMATORS.get(module, {}).get(name)
    if entry is None:
        return layerscope.unknown(f'sklearn.{module}.{name}')
    if name not in _made:
        kind, positional, *marks = entry
        _made[name] = type(name, (_KINDS[kind],), {'_positional': tuple(positional.split()), '_several': 'several' in marks, '_keeps_columns': 'columns' in marks, '_words': 'words' in marks,
                                                   '__module__': f'sklearn.{module}'})
    return _made[name]
