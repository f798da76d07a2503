"""Constraints on weights: they change no shape and no output."""


class Constraint:
    def __call__(self, w):
        return w

    def get_config(self):
        return {key: value for key, value in self.__dict__.items()}


class MaxNorm(Constraint):
    def __init__(self, max_value=2, axis=0):
        self.max_value, self.axis = max_value, axis


class NonNeg(Constraint):
    pass


class UnitNorm(Constraint):
    def __init__(self, axis=0):
        self.axis = axis


class MinMaxNorm(Constraint):
    def __init__(self, min_value=0.0, max_value=1.0, rate=1.0, axis=0):
        self.min_value, self.max_value, self.rate, self.axis = min_value, max_value, rate, axis


max_norm = maxnorm = MaxNorm
non_neg = nonneg = NonNeg
unit_norm = unitnorm = UnitNorm
min_max_norm = MinMaxNorm
_NAMES = {'max_norm': MaxNorm, 'non_neg': NonNeg, 'unit_norm': UnitNorm, 'min_max_norm': MinMaxNorm, 'MaxNorm': MaxNorm, 'NonNeg': NonNeg,
          'UnitNorm': UnitNorm, 'MinMaxNorm': MinMaxNorm, 'maxnorm': MaxNorm, 'nonneg': NonNeg, 'unitnorm': UnitNorm}


def get(identifier):
    if isinstance(identifier, str):
        if identifier not in _NAMES:
            raise ValueError(f"Could not interpret constraint identifier: {identifier}")
        return _NAMES[identifier]()
    return identifier


def serialize(constraint):
    return {'class_name': constraint.__class__.__name__, 'config': constraint.get_config()}


deserialize = get
