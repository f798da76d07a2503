"""numpy.random: shapes and types of draws."""
import layerscope

from numpy.arithmetic import broadcast_of
from numpy.array import count, layerscope_type, ndarray
from numpy.conversion import as_shape, asarray
from numpy.dtypes import name_of, storable

_REASON = 'random numbers'


def _draw(size, dtype='float64', *parameters):
    """An array of `size`; without one, of the shape of the parameters."""
    if size is None:
        shape = ()
        for parameter in parameters:
            if isinstance(parameter, (layerscope.Value, list, tuple)):
                parameter = asarray(parameter)
                shape = parameter.shape if len(parameter.shape) >= len(shape) else shape
    else:
        shape = as_shape(size)
    made = layerscope.data(shape, dtype, _REASON, like=ndarray)
    # no classes can be told by them
    made._continuous = dtype == 'float64'
    return made


def seed(seed=None):
    pass


def get_state(legacy=True):
    return layerscope.unknown('the state of a generator')


def set_state(state):
    pass


def rand(*args):
    return _draw(args)


def randn(*args):
    return _draw(args)


def random(size=None):
    return _draw(size)


random_sample = ranf = sample = random


def randint(low, high=None, size=None, dtype=int):
    if high is not None and isinstance(low, int) and isinstance(high, int) and layerscope.is_known(low) and layerscope.is_known(high) and low >= high:
        raise ValueError("low >= high")
    return _whole_numbers(_draw(size, storable(name_of(dtype)), low, high), low, high)


def _whole_numbers(array, low, high):
    """Says between which numbers they lie; of many, all numbers occur."""
    if high is None:
        low, high = 0, low
    if not isinstance(low, int) or not isinstance(high, int) or not layerscope.is_known((low, high)) or not layerscope.is_known(low) or not layerscope.is_known(high):
        return array
    size = count(array.shape) if layerscope.is_known(array.shape) else 1
    # the chance that one of k numbers is missing among 25 k of them is below 1e-10
    return layerscope.state_range(array, low, high - 1, layerscope.is_known(size) and size >= 25 * (high - low))


def random_integers(low, high=None, size=None):
    return _draw(size, 'int64')


def uniform(low=0.0, high=1.0, size=None):
    return _draw(size, 'float64', low, high)


def normal(loc=0.0, scale=1.0, size=None):
    return _draw(size, 'float64', loc, scale)


def standard_normal(size=None):
    return _draw(size)


def binomial(n, p, size=None):
    return _draw(size, 'int64', n, p)


def poisson(lam=1.0, size=None):
    return _draw(size, 'int64', lam)


def exponential(scale=1.0, size=None):
    return _draw(size, 'float64', scale)


def beta(a, b, size=None):
    return _draw(size, 'float64', a, b)


gamma = laplace = logistic = lognormal = gumbel = vonmises = beta


def geometric(p, size=None):
    return _draw(size, 'int64', p)


def chisquare(df, size=None):
    return _draw(size, 'float64', df)


rayleigh = standard_exponential = standard_gamma = standard_t = weibull = pareto = chisquare


def multinomial(n, pvals, size=None):
    lead = () if size is None else as_shape(size)
    return layerscope.data(lead + (len(pvals),), 'int64', _REASON, like=ndarray)


def dirichlet(alpha, size=None):
    lead = () if size is None else as_shape(size)
    return layerscope.data(lead + (len(alpha),), 'float64', _REASON, like=ndarray)


def multivariate_normal(mean, cov, size=None, check_valid='warn', tol=1e-8):
    mean = asarray(mean)
    lead = () if size is None else as_shape(size)
    return layerscope.data(lead + tuple(mean.shape), 'float64', _REASON, like=ndarray)


def choice(a, size=None, replace=True, p=None, axis=0, shuffle=True):
    if isinstance(a, int):
        if not replace and size is not None and layerscope.is_known(a) and layerscope.is_known(count(as_shape(size))) and count(as_shape(size)) > a:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        return _draw(size, 'int64')
    items = asarray(a)
    name = layerscope_type(items)
    if size is None and isinstance(a, (list, tuple)):
        return layerscope.unknown('a random choice')
    lead = () if size is None else as_shape(size)
    rest = tuple(items.shape)[1:] if layerscope.is_known(items.shape) else ()
    return layerscope.data(lead + rest, name, _REASON, like=ndarray)


def permutation(x, axis=0):
    if isinstance(x, int):
        return layerscope.data((x,), 'int64', _REASON, like=ndarray)
    x = asarray(x)
    return layerscope.data(x.shape if layerscope.is_known(x.shape) else None, layerscope_type(x), _REASON, like=ndarray)


permuted = permutation


def shuffle(x, axis=0):
    if isinstance(x, ndarray) and layerscope.is_known(x.shape):
        layerscope.assign(x, layerscope.data(x.shape, layerscope_type(x), _REASON, like=ndarray))


def bytes(length):
    return layerscope.unknown('random bytes')


class Generator:
    def __init__(self, bit_generator=None):
        self.bit_generator = bit_generator

    def random(self, size=None, dtype='float64', out=None):
        return _draw(size, storable(name_of(dtype)))

    def integers(self, low, high=None, size=None, dtype='int64', endpoint=False):
        made = _draw(size, storable(name_of(dtype)), low, high)
        return made if endpoint else _whole_numbers(made, low, high)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return _draw(size, 'float64', loc, scale)

    def uniform(self, low=0.0, high=1.0, size=None):
        return _draw(size, 'float64', low, high)

    def standard_normal(self, size=None, dtype='float64', out=None):
        return _draw(size, storable(name_of(dtype)))

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        return choice(a, size, replace, p, axis)

    def permutation(self, x, axis=0):
        return permutation(x)

    permuted = permutation

    def shuffle(self, x, axis=0):
        shuffle(x)

    def binomial(self, n, p, size=None):
        return _draw(size, 'int64', n, p)

    def poisson(self, lam=1.0, size=None):
        return _draw(size, 'int64', lam)

    def exponential(self, scale=1.0, size=None):
        return _draw(size, 'float64', scale)

    def beta(self, a, b, size=None):
        return _draw(size, 'float64', a, b)

    gamma = lognormal = laplace = beta

    def multivariate_normal(self, mean, cov, size=None, **kwargs):
        return multivariate_normal(mean, cov, size)

    def dirichlet(self, alpha, size=None):
        return dirichlet(alpha, size)

    def spawn(self, n):
        return [Generator() for _ in range(n)]

    # RandomState's names

    def rand(self, *args):
        return _draw(args)

    def randn(self, *args):
        return _draw(args)

    def randint(self, low, high=None, size=None, dtype=int):
        return randint(low, high, size, dtype)

    def random_sample(self, size=None):
        return _draw(size)

    def seed(self, seed=None):
        pass


class RandomState(Generator):
    def __init__(self, seed=None):
        super().__init__(seed)


def default_rng(seed=None):
    return Generator(seed)


class SeedSequence:
    def __init__(self, entropy=None, **kwargs):
        self.entropy = entropy

    def spawn(self, n):
        return [SeedSequence() for _ in range(n)]


PCG64 = MT19937 = Philox = SeedSequence
