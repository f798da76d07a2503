"""sklearn.datasets: shapes are known, elements are not."""
import layerscope
import numpy


class Bunch(dict):
    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)


def _array(shape, dtype, name):
    return layerscope.data(shape, dtype, f'the data set {name}', like=numpy.ndarray)


def _set(name, samples, features, classes, return_X_y, as_frame=False, target='int64', dtype='float64', images=None):
    x, y = _array((samples, features), dtype, name), _array((samples,), target, name)
    if classes:
        layerscope.state_range(y, 0, classes - 1, True)
    if as_frame:
        from pandas import DataFrame, Series
        x, y = DataFrame(x), Series(y)
    if return_X_y:
        return x, y
    made = Bunch(data=x, target=y, feature_names=layerscope.unknown('names'), DESCR='', frame=None,
                 target_names=_array((classes,), 'string', name) if classes else layerscope.unknown('names'))
    if images is not None:
        made['images'] = _array(images, 'float64', name)
    return made


def load_iris(*, return_X_y=False, as_frame=False):
    return _set('iris', 150, 4, 3, return_X_y, as_frame)


def load_wine(*, return_X_y=False, as_frame=False):
    return _set('wine', 178, 13, 3, return_X_y, as_frame)


def load_breast_cancer(*, return_X_y=False, as_frame=False):
    return _set('breast_cancer', 569, 30, 2, return_X_y, as_frame)


def load_diabetes(*, return_X_y=False, as_frame=False, scaled=True):
    return _set('diabetes', 442, 10, 0, return_X_y, as_frame, 'float64')


def load_boston(return_X_y=False):
    return _set('boston', 506, 13, 0, return_X_y, False, 'float64')


def load_digits(*, n_class=10, return_X_y=False, as_frame=False):
    samples = 1797 if n_class == 10 else layerscope.symbol('samples')
    return _set('digits', samples, 64, n_class, return_X_y, as_frame, images=(samples, 8, 8))


def load_linnerud(*, return_X_y=False, as_frame=False):
    return _set('linnerud', 20, 3, 0, return_X_y, as_frame, 'float64')


def fetch_california_housing(*, data_home=None, download_if_missing=True, return_X_y=False, as_frame=False, **kwargs):
    return _set('california_housing', 20640, 8, 0, return_X_y, as_frame, 'float64')


def fetch_olivetti_faces(*, data_home=None, shuffle=False, random_state=0, download_if_missing=True, return_X_y=False, **kwargs):
    return _set('olivetti_faces', 400, 4096, 0, return_X_y, images=(400, 64, 64), dtype='float32')


def fetch_covtype(*, data_home=None, return_X_y=False, as_frame=False, **kwargs):
    return _set('covtype', 581012, 54, 0, return_X_y, as_frame, 'int32')


def fetch_openml(name=None, *, version='active', data_id=None, return_X_y=False, as_frame='auto', **kwargs):
    known = {'mnist_784': (70000, 784), 'Fashion-MNIST': (70000, 784)}.get(name)
    if known is None:
        return (layerscope.unknown('a data set of OpenML'), layerscope.unknown('a data set of OpenML')) if return_X_y else layerscope.unknown('a data set of OpenML')
    return _set(name, known[0], known[1], 0, return_X_y, as_frame is not False, 'string')


def fetch_20newsgroups(*args, **kwargs):
    return layerscope.unknown('the data set 20newsgroups')


fetch_lfw_people = load_files = fetch_kddcup99 = fetch_rcv1 = fetch_20newsgroups


def _count_at_least(who, least, **counts):
    for name, value in counts.items():
        if layerscope.is_known(value) and (not isinstance(value, int) or value < least):
            raise ValueError(f"The '{name}' parameter of {who} must be an int in the range [{least}, inf). Got {value!r} instead.")


def make_classification(n_samples=100, n_features=20, *, n_classes=2, **kwargs):
    _count_at_least('make_classification', 1, n_samples=n_samples, n_features=n_features, n_classes=n_classes)
    informative, redundant, repeated = kwargs.get('n_informative', 2), kwargs.get('n_redundant', 2), kwargs.get('n_repeated', 0)
    if informative + redundant + repeated > n_features:
        raise ValueError("Number of informative, redundant and repeated features must sum to less than the number of total features")
    y = _array((n_samples,), 'int64', 'made')
    if isinstance(n_classes, int):
        layerscope.state_range(y, 0, n_classes - 1, True)
    return _array((n_samples, n_features), 'float64', 'made'), y


def make_regression(n_samples=100, n_features=100, *, n_informative=10, n_targets=1, coef=False, **kwargs):
    y = _array((n_samples,) if n_targets == 1 else (n_samples, n_targets), 'float64', 'made')
    return _array((n_samples, n_features), 'float64', 'made'), y


def make_blobs(n_samples=100, n_features=2, *, centers=None, **kwargs):
    return _array((n_samples, n_features), 'float64', 'made'), _array((n_samples,), 'int64', 'made')


def make_moons(n_samples=100, *, shuffle=True, noise=None, random_state=None):
    return _array((n_samples, 2), 'float64', 'made'), _array((n_samples,), 'int64', 'made')


def make_circles(n_samples=100, *, shuffle=True, noise=None, random_state=None, factor=0.8):
    return make_moons(n_samples)


def make_swiss_roll(n_samples=100, *, noise=0.0, random_state=None, hole=False):
    return _array((n_samples, 3), 'float64', 'made'), _array((n_samples,), 'float64', 'made')


make_s_curve = make_swiss_roll


def make_multilabel_classification(n_samples=100, n_features=20, *, n_classes=5, **kwargs):
    return _array((n_samples, n_features), 'float64', 'made'), _array((n_samples, n_classes), 'int64', 'made')
