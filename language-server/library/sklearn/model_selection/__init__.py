"""sklearn.model_selection: splits by their sizes."""
import layerscope
import numpy

from sklearn._checks import array_of, check_lengths


def _length(array):
    if hasattr(array, 'shape'):
        return array.shape[0] if layerscope.is_known(array.shape) and len(array.shape) else None
    return len(array) if isinstance(array, (list, tuple, range)) else None


def _sizes(count, test_size, train_size):
    """How many go to training and test: the test part is rounded up."""
    if not isinstance(test_size, (int, float, type(None))) or not isinstance(train_size, (int, float, type(None))):
        return layerscope.symbol('train'), layerscope.symbol('test')
    if test_size is None and train_size is None:
        test_size = 0.25
    for name, size in (('test_size', test_size), ('train_size', train_size)):
        if layerscope.is_known(size) and (isinstance(size, float) and not 0 < size < 1 or isinstance(size, int) and layerscope.is_known(count) and (size <= 0 or size >= count)):
            raise ValueError(f"{name}={size} should be either positive and smaller than the number of samples {count} or a float in the (0, 1) range")
    if not layerscope.is_known(count) or not layerscope.is_known(test_size) or not layerscope.is_known(train_size):
        return layerscope.symbol('train'), layerscope.symbol('test')
    test = None if test_size is None else _up(test_size * count) if isinstance(test_size, float) else test_size
    train = None if train_size is None else int(train_size * count) if isinstance(train_size, float) else train_size
    if train is None:
        train = count - test
    elif test is None:
        test = count - train
    if train + test > count:
        raise ValueError(f"The sum of train_size and test_size = {train + test}, should be smaller than the number of samples {count}. Reduce test_size and/or train_size.")
    return train, test


def _up(x):
    return int(x) if x == int(x) else int(x) + 1


def train_test_split(*arrays, test_size=None, train_size=None, random_state=None, shuffle=True, stratify=None):
    if not arrays:
        raise ValueError("At least one array required as input")
    if layerscope.is_known(random_state) and (isinstance(random_state, int) and random_state < 0 or isinstance(random_state, (float, str))):
        raise ValueError("The 'random_state' parameter of train_test_split must be an int in the range [0, 4294967295], an instance of 'numpy.random.mtrand.RandomState' or None. "
                         f"Got {random_state!r} instead.")
    lengths = [_length(array) for array in arrays]
    known = [length for length in lengths if length is not None]
    for length in known[1:]:
        error = ValueError(f"Found input variables with inconsistent numbers of samples: {known}")
        for array in arrays:
            if isinstance(array, layerscope.Value):
                error = layerscope.related(error, array, f'an array of shape {array.shape} is made here')
        layerscope.require(length == known[0], error)
    train, test = _sizes(known[0], test_size, train_size) if known else (layerscope.symbol('train'), layerscope.symbol('test'))
    made = []
    for array in arrays:
        made.extend([_part(array, train), _part(array, test)])
    return made


def _part(array, size):
    if isinstance(array, layerscope.Value):
        if not layerscope.is_known(array.shape):
            return array
        made = layerscope.data((size,) + tuple(array.shape)[1:], getattr(array, '_type', None) or array.dtype, 'a part of the data', like=array.__class__)
        if getattr(array, '_continuous', False):
            made._continuous = True
        return layerscope.same_range(made, array, layerscope.is_known(size) and (size >= 50 or _meets_all(array, size)))
    if hasattr(array, '_part'):
        return array._part(size)
    if isinstance(array, range) and isinstance(size, int) and layerscope.is_known(size):
        return [layerscope.unknown('a part of the data', int)] * size
    return layerscope.unknown('a part of the data')


def _meets_all(array, size):
    """Whether so many samples have each of a few classes among them."""
    between = layerscope.range_of(array)
    return between is not None and 'int' in (getattr(array, '_type', None) or '') and size >= 8 * (between[1] - between[0] + 1)


class KFold:
    def __init__(self, n_splits=5, *, shuffle=False, random_state=None):
        if layerscope.is_known(n_splits) and n_splits <= 1:
            raise ValueError(f"k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got n_splits={n_splits}.")
        self.n_splits = n_splits

    def split(self, X, y=None, groups=None):
        def fold():
            return tuple([layerscope.data((layerscope.symbol(part),), 'int64', 'the indices of a fold', like=numpy.ndarray) for part in ('train', 'test')])
        return iter([fold() for _ in range(self.get_n_splits(X, y, groups))])

    def get_n_splits(self, X=None, y=None, groups=None):
        return self.n_splits


class StratifiedKFold(KFold):
    pass


class ShuffleSplit(KFold):
    def __init__(self, n_splits=10, *, test_size=None, train_size=None, random_state=None):
        super().__init__(n_splits)


StratifiedShuffleSplit = GroupKFold = TimeSeriesSplit = RepeatedKFold = LeaveOneOut = ShuffleSplit


def _check_cv(who, cv, X):
    """A number of folds is 2 at least, and no more than there are samples."""
    if cv is None or not layerscope.is_known(cv) or not isinstance(cv, (int, float, str)):
        return
    if not isinstance(cv, int) or cv < 2:
        raise ValueError(f"The 'cv' parameter of {who} must be an int in the range [2, inf), an object implementing 'split' and 'get_n_splits', an iterable or None. Got {cv!r} instead.")
    count = _length(X)
    if count is not None and layerscope.is_known(count) and cv > count:
        raise ValueError(f"Cannot have number of splits n_splits={cv} greater than the number of samples: n_samples={count}.")


def cross_val_score(estimator, X, y=None, *, cv=None, **kwargs):
    check_lengths(array_of(X), array_of(y))
    _check_cv('cross_val_score', cv, X)
    return layerscope.unknown('scores')


cross_validate = cross_val_predict = learning_curve = cross_val_score


class GridSearchCV:
    """A search among parameters: what it is asked for is checked, what it finds is not known."""

    def __init__(self, estimator, *args, cv=None, **kwargs):
        self.estimator, self.cv = estimator, cv

    def fit(self, X, y=None, **params):
        check_lengths(array_of(X), array_of(y))
        _check_cv(self.__class__.__name__, self.cv, X)
        return self

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return layerscope.unknown('what a search found')


class RandomizedSearchCV(GridSearchCV):
    pass


def ParameterGrid(*args, **kwargs):
    return layerscope.unknown('parameters')
