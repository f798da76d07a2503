"""How weights are filled. `initial(shape)` is the rule in the graph's words."""
import math

import layerscope


class Initializer:
    def initial(self, shape):
        return 'unknown'

    def __call__(self, shape, dtype=None):
        from keras.src.backend.tensors import Tensor
        return layerscope.data(shape, dtype or 'float32', f'values drawn by {self.__class__.__name__}', like=Tensor)

    def get_config(self):
        return {key: value for key, value in self.__dict__.items()}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def clone(self):
        return self


class Zeros(Initializer):
    def initial(self, shape):
        return 0.0


class Ones(Initializer):
    def initial(self, shape):
        return 1.0


class Constant(Initializer):
    def __init__(self, value=0.0):
        self.value = value

    def initial(self, shape):
        return self.value if isinstance(self.value, (int, float)) else 'unknown'


class RandomNormal(Initializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def initial(self, shape):
        return ('normal', self.mean, self.stddev)


class TruncatedNormal(RandomNormal):
    pass


class RandomUniform(Initializer):
    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def initial(self, shape):
        return ('uniform', self.minval, self.maxval)


class VarianceScaling(Initializer):
    def __init__(self, scale=1.0, mode='fan_in', distribution='truncated_normal', seed=None):
        if scale <= 0.0:
            raise ValueError(f"Argument `scale` must be positive float. Received: scale={scale}")
        if mode not in ('fan_in', 'fan_out', 'fan_avg'):
            raise ValueError(f"Invalid `mode` argument: {mode}. Please use one of {{'fan_in', 'fan_out', 'fan_avg'}}")
        self.scale, self.mode, self.distribution, self.seed = scale, mode, distribution, seed

    def initial(self, shape):
        fan_in, fan_out = compute_fans(shape)
        fan = {'fan_in': fan_in, 'fan_out': fan_out}.get(self.mode, (fan_in + fan_out) / 2)
        if not layerscope.is_known(fan):
            return 'unknown'
        variance = self.scale / max(1.0, fan)
        if self.distribution == 'uniform':
            limit = math.sqrt(3.0 * variance)
            return ('uniform', -limit, limit)
        return ('normal', 0.0, math.sqrt(variance))


def compute_fans(shape):
    shape = tuple(shape)
    if len(shape) < 1:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    receptive = 1
    for size in shape[:-2]:
        receptive = receptive * size
    return shape[-2] * receptive, shape[-1] * receptive


class GlorotUniform(VarianceScaling):
    def __init__(self, seed=None):
        super().__init__(1.0, 'fan_avg', 'uniform', seed)

    def get_config(self):
        return {'seed': self.seed}


class GlorotNormal(GlorotUniform):
    def __init__(self, seed=None):
        VarianceScaling.__init__(self, 1.0, 'fan_avg', 'truncated_normal', seed)


class LecunUniform(GlorotUniform):
    def __init__(self, seed=None):
        VarianceScaling.__init__(self, 1.0, 'fan_in', 'uniform', seed)


class LecunNormal(GlorotUniform):
    def __init__(self, seed=None):
        VarianceScaling.__init__(self, 1.0, 'fan_in', 'truncated_normal', seed)


class HeUniform(GlorotUniform):
    def __init__(self, seed=None):
        VarianceScaling.__init__(self, 2.0, 'fan_in', 'uniform', seed)


class HeNormal(GlorotUniform):
    def __init__(self, seed=None):
        VarianceScaling.__init__(self, 2.0, 'fan_in', 'truncated_normal', seed)


class Orthogonal(Initializer):
    def __init__(self, gain=1.0, seed=None):
        self.gain, self.seed = gain, seed

    def initial(self, shape):
        fan = compute_fans(shape)[1]
        return ('normal', 0.0, self.gain / math.sqrt(fan)) if layerscope.is_known(fan) else 'unknown'


class Identity(Initializer):
    def __init__(self, gain=1.0):
        self.gain = gain


class STFT(Initializer):
    def __init__(self, side='real', window='hann', scaling='density', periodic=False):
        self.side, self.window, self.scaling, self.periodic = side, window, scaling, periodic


RandomInitializer = Initializer
OrthogonalInitializer = Orthogonal
IdentityInitializer = Identity

zeros = Zeros
ones = Ones
constant = Constant
uniform = random_uniform = RandomUniform
normal = random_normal = RandomNormal
truncated_normal = TruncatedNormal
variance_scaling = VarianceScaling
glorot_uniform = GlorotUniform
glorot_normal = GlorotNormal
lecun_uniform = LecunUniform
lecun_normal = LecunNormal
he_uniform = HeUniform
he_normal = HeNormal
orthogonal = Orthogonal
identity = Identity
stft = STFT

_NAMES = {
    'zeros': Zeros, 'zero': Zeros, 'ones': Ones, 'one': Ones, 'constant': Constant, 'random_normal': RandomNormal, 'normal': RandomNormal,
    'random_uniform': RandomUniform, 'uniform': RandomUniform, 'truncated_normal': TruncatedNormal, 'variance_scaling': VarianceScaling,
    'glorot_uniform': GlorotUniform, 'glorot_normal': GlorotNormal, 'lecun_uniform': LecunUniform, 'lecun_normal': LecunNormal,
    'he_uniform': HeUniform, 'he_normal': HeNormal, 'orthogonal': Orthogonal, 'identity': Identity, 'stft': STFT,
    'Zeros': Zeros, 'Ones': Ones, 'Constant': Constant, 'RandomNormal': RandomNormal, 'RandomUniform': RandomUniform,
    'TruncatedNormal': TruncatedNormal, 'VarianceScaling': VarianceScaling, 'GlorotUniform': GlorotUniform, 'GlorotNormal': GlorotNormal,
    'LecunUniform': LecunUniform, 'LecunNormal': LecunNormal, 'HeUniform': HeUniform, 'HeNormal': HeNormal, 'Orthogonal': Orthogonal,
    'Identity': Identity, 'glorotuniform': GlorotUniform, 'STFT': STFT,
}


def get(identifier):
    if identifier is None or isinstance(identifier, Initializer):
        return identifier
    if isinstance(identifier, dict):
        cls = _NAMES.get(identifier.get('class_name'))
        return cls(**identifier.get('config', {})) if cls else identifier
    if isinstance(identifier, str):
        if identifier not in _NAMES:
            raise ValueError(f"Could not interpret initializer identifier: {identifier}")
        return _NAMES[identifier]()
    if isinstance(identifier, type):
        return identifier()
    return identifier


def serialize(initializer):
    return {'class_name': initializer.__class__.__name__, 'config': initializer.get_config()}


def deserialize(config):
    return get(config)


def initial_of(initializer, shape):
    """The graph's rule for a weight of this shape."""
    return initializer.initial(shape) if isinstance(initializer, Initializer) else 'unknown'
