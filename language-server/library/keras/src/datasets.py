"""The data sets that Keras loads, by their known shapes and types; their elements are not known here."""
import layerscope
import numpy


def _array(shape, dtype, name):
    return layerscope.data(shape, dtype, f'the data set {name}', like=numpy.ndarray)


def _split(name, train, test, x_shape, x_dtype, y_dtype, y_shape=(), classes=None):
    """Training and test data; of pictures, the bytes and the class numbers lie between known ends."""
    parts = []
    for count in (train, test):
        x, y = _array((count,) + x_shape, x_dtype, name), _array((count,) + y_shape, y_dtype, name)
        if classes is not None:
            layerscope.state_range(x, 0, 255, True)
            layerscope.state_range(y, 0, classes - 1, True)
        parts.append((x, y))
    return tuple(parts)


class mnist:
    @staticmethod
    def load_data(path='mnist.npz'):
        return _split('mnist', 60000, 10000, (28, 28), 'uint8', 'uint8', classes=10)


class fashion_mnist:
    @staticmethod
    def load_data():
        return _split('fashion_mnist', 60000, 10000, (28, 28), 'uint8', 'uint8', classes=10)


class cifar10:
    @staticmethod
    def load_data():
        return _split('cifar10', 50000, 10000, (32, 32, 3), 'uint8', 'uint8', (1,), 10)


class cifar100:
    @staticmethod
    def load_data(label_mode='fine'):
        if label_mode not in ('fine', 'coarse'):
            raise ValueError(f"`label_mode` must be one of `\"fine\"`, `\"coarse\"`. Received: label_mode={label_mode}.")
        return _split('cifar100', 50000, 10000, (32, 32, 3), 'uint8', 'int64', (1,), 100 if label_mode == 'fine' else 20)


class boston_housing:
    @staticmethod
    def load_data(path='boston_housing.npz', test_split=0.2, seed=113):
        if not layerscope.is_known(test_split):
            return layerscope.unknown('the split of boston_housing')
        train = int(506 * (1 - test_split))
        return _split('boston_housing', train, 506 - train, (13,), 'float64', 'float64')


class california_housing:
    @staticmethod
    def load_data(version='large', path='california_housing.npz', test_split=0.2, seed=113):
        count = 20640 if version == 'large' else 600
        train = int(count * (1 - test_split))
        return _split('california_housing', train, count - train, (8,), 'float32', 'float32')


class _Texts:
    """Sequences of word numbers: as many arrays of objects as reviews, each of its own length."""

    def __init__(self, name, train, test):
        self.name, self.train, self.test = name, train, test

    def load_data(self, *args, **kwargs):
        reason = f'the texts of the data set {self.name}'
        return ((_Sequences(self.train, reason), _array((self.train,), 'int64', self.name)), (_Sequences(self.test, reason), _array((self.test,), 'int64', self.name)))

    def get_word_index(self, path=None):
        return layerscope.unknown(f'the word index of {self.name}')

    def get_label_names(self):
        return layerscope.unknown(f'the labels of {self.name}')


class _Sequences:
    """An array of lists of different lengths."""

    def __init__(self, count, reason):
        self.count = count
        self.reason = reason

    @property
    def shape(self):
        return (self.count,)

    dtype = 'object'
    _holds_objects = True

    def __array__(self, *args, **kwargs):
        import numpy
        made = layerscope.data(self.shape, None, self.reason, like=numpy.ndarray)
        made._holds_objects = True
        return made

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        return layerscope.unknown(self.reason)

    def __iter__(self):
        return iter(layerscope.unknown(self.reason))


imdb = _Texts('imdb', 25000, 25000)
reuters = _Texts('reuters', 8982, 2246)
