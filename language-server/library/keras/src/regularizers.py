"""Penalties on weights: they change no shape and no output."""
import layerscope


class Regularizer:
    def __call__(self, x):
        return 0.0

    def get_config(self):
        return {key: value for key, value in self.__dict__.items()}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def _factor(name, value):
    """A penalty's weight; Keras takes None as 0."""
    if layerscope.is_known(value) and value is not None and (isinstance(value, str) or isinstance(value, (int, float)) and value < 0):
        raise ValueError(f"Invalid value for argument {name}: expected a non-negative float. Received: {name}={value}")
    return value


class L1L2(Regularizer):
    def __init__(self, l1=0.0, l2=0.0):
        self.l1, self.l2 = _factor('l1', l1), _factor('l2', l2)


class L1(Regularizer):
    def __init__(self, l1=0.01, l=None):
        self.l1 = _factor('l1', l1)


class L2(Regularizer):
    def __init__(self, l2=0.01, l=None):
        self.l2 = _factor('l2', l2)


class OrthogonalRegularizer(Regularizer):
    def __init__(self, factor=0.01, mode='rows'):
        self.factor, self.mode = factor, mode


l1 = L1
l2 = L2
orthogonal_regularizer = OrthogonalRegularizer


def l1_l2(l1=0.01, l2=0.01):
    return L1L2(l1, l2)


l1l2 = l1_l2
_NAMES = {'l1': L1, 'l2': L2, 'l1_l2': L1L2, 'L1': L1, 'L2': L2, 'L1L2': L1L2, 'orthogonal_regularizer': OrthogonalRegularizer, 'OrthogonalRegularizer': OrthogonalRegularizer}


def get(identifier):
    if isinstance(identifier, str):
        if identifier not in _NAMES:
            raise ValueError(f"Could not interpret regularizer identifier: {identifier}")
        return _NAMES[identifier]()
    if isinstance(identifier, dict):
        return _NAMES[identifier['class_name']](**identifier['config'])
    return identifier


def serialize(regularizer):
    return {'class_name': regularizer.__class__.__name__, 'config': regularizer.get_config()}


deserialize = get
