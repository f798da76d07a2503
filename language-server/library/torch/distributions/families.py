"""Distributions of which the shapes are followed, and not the numbers."""
import layerscope

from ..operations.checks import ranked
from ..operations.shaping import broadcast_shapes, broadcast_tensors
from ..types import Size
from .distribution import Distribution, as_tensor


class _OfParameters(Distribution):
    """Parameters that broadcast with one another, a number for each event."""

    def _hold(self, **parameters):
        tensors = [as_tensor(each) for each in parameters.values()]
        if all([ranked(each) for each in tensors]):
            tensors = broadcast_tensors(*tensors)
            super().__init__(tensors[0].shape)
        for name, each in zip(parameters, tensors):
            setattr(self, name, each)


class _LocationScale(_OfParameters):
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self._hold(loc=loc, scale=scale)


class Laplace(_LocationScale):
    pass


class Cauchy(_LocationScale):
    pass


class Gumbel(_LocationScale):
    pass


class LogNormal(_LocationScale):
    pass


class LogisticNormal(_LocationScale):
    pass


class Uniform(_OfParameters):
    has_rsample = True

    def __init__(self, low, high, validate_args=None):
        self._hold(low=low, high=high)

    @property
    def mean(self):
        return (self.high + self.low) / 2


class Beta(_OfParameters):
    has_rsample = True

    def __init__(self, concentration1, concentration0, validate_args=None):
        self._hold(concentration1=concentration1, concentration0=concentration0)


class Gamma(_OfParameters):
    has_rsample = True

    def __init__(self, concentration, rate, validate_args=None):
        self._hold(concentration=concentration, rate=rate)


class _OfRate(_OfParameters):
    has_rsample = True

    def __init__(self, rate, validate_args=None):
        self._hold(rate=rate)


class Exponential(_OfRate):
    pass


class Poisson(_OfRate):
    has_rsample = False


class _OfScale(_OfParameters):
    has_rsample = True

    def __init__(self, scale, validate_args=None):
        self._hold(scale=scale)


class HalfNormal(_OfScale):
    pass


class HalfCauchy(_OfScale):
    pass


class Chi2(_OfParameters):
    has_rsample = True

    def __init__(self, df, validate_args=None):
        self._hold(df=df)


class StudentT(_OfParameters):
    has_rsample = True

    def __init__(self, df, loc=0.0, scale=1.0, validate_args=None):
        self._hold(df=df, loc=loc, scale=scale)


class Geometric(_OfParameters):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError('Either `probs` or `logits` must be specified, but not both.')
        self._hold(**({'probs': probs} if probs is not None else {'logits': logits}))


class _OfLast(Distribution):
    """An event is the last dimension of the parameters."""

    def _hold(self, name, value):
        if ranked(value) and len(value.shape) < 1:
            raise ValueError(f'`{name}` parameter must be at least one-dimensional.')
        setattr(self, name, value)
        if ranked(value):
            Distribution.__init__(self, value.shape[:-1], value.shape[-1:])


class Dirichlet(_OfLast):
    has_rsample = True

    def __init__(self, concentration, validate_args=None):
        self._hold('concentration', concentration)


class OneHotCategorical(_OfLast):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError('Either `probs` or `logits` must be specified, but not both.')
        self._hold('probs' if probs is not None else 'logits', probs if probs is not None else logits)


class OneHotCategoricalStraightThrough(OneHotCategorical):
    has_rsample = True


class RelaxedOneHotCategorical(_OfLast):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self.temperature = temperature
        self._hold('probs' if probs is not None else 'logits', probs if probs is not None else logits)


class Multinomial(_OfLast):
    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        self.total_count = total_count
        self._hold('probs' if probs is not None else 'logits', probs if probs is not None else logits)


class MultivariateNormal(Distribution):
    has_rsample = True

    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        given = [each for each in (covariance_matrix, precision_matrix, scale_tril) if each is not None]
        if len(given) != 1:
            raise ValueError('Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.')
        if len(given[0].shape) < 2:
            raise ValueError('the matrix must be at least two-dimensional, with optional leading batch dimensions')
        size = loc.shape[-1]
        layerscope.require(given[0].shape[-1] == size, RuntimeError(
            f'The size of tensor a ({given[0].shape[-1]}) must match the size of tensor b ({size}): the matrix is of shape {tuple(given[0].shape)}, the location of {tuple(loc.shape)}'))
        self.loc, self.covariance_matrix = loc, given[0]
        super().__init__(broadcast_shapes(list(given[0].shape)[:-2], list(loc.shape)[:-1]), loc.shape[-1:])

    @property
    def mean(self):
        return self.loc


class Independent(Distribution):
    """The last dimensions of a batch taken as one event."""

    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        batch, count = list(base_distribution.batch_shape), reinterpreted_batch_ndims
        if count > len(batch):
            raise ValueError(f'Expected reinterpreted_batch_ndims <= len(base_distribution.batch_shape), actual {count} vs {len(batch)}')
        self.base_dist, self.reinterpreted_batch_ndims = base_distribution, count
        self.has_rsample = base_distribution.has_rsample
        super().__init__(batch[:len(batch) - count], batch[len(batch) - count:] + list(base_distribution.event_shape))

    def _over_event(self, value):
        for _ in range(self.reinterpreted_batch_ndims):
            value = value.sum(-1)
        return value

    def _draw(self, sample_shape):
        return self.base_dist._draw(sample_shape)

    def log_prob(self, value):
        return self._over_event(self.base_dist.log_prob(value))

    def entropy(self):
        return self._over_event(self.base_dist.entropy())

    @property
    def mean(self):
        return self.base_dist.mean
