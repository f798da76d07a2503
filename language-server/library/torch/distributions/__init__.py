"""`torch.distributions`: what models draw from most is made by operators, so that it can be run; the others have their shapes."""
import math

import layerscope

from ..operations.checks import gap, ranked
from ..operations import creation, pointwise
from ..operations.shaping import broadcast_tensors, expand
from ..types import Size
from .distribution import Distribution, as_tensor
from .families import (
    Beta, Cauchy, Chi2, Dirichlet, Exponential, Gamma, Geometric, Gumbel, HalfCauchy, HalfNormal, Independent, Laplace, LogisticNormal, LogNormal, Multinomial, MultivariateNormal, OneHotCategorical,
    OneHotCategoricalStraightThrough, Poisson, RelaxedOneHotCategorical, StudentT, Uniform)


class Normal(Distribution):
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = broadcast_tensors(*[as_tensor(each) for each in (loc, scale)])
        super().__init__(self.loc.shape)

    @property
    def mean(self):
        return self.loc

    @property
    def stddev(self):
        return self.scale

    @property
    def variance(self):
        return pointwise.square(self.scale)

    def _draw(self, sample_shape):
        noise = layerscope.operator('RandomNormalLike', expand(self.loc, self._extended(sample_shape)))
        return pointwise.add(self.loc, pointwise.mul(noise, self.scale))

    def log_prob(self, value):
        distance = pointwise.square(pointwise.sub(value, self.loc))
        return -distance / (2 * self.variance) - self.scale.log() - math.log(math.sqrt(2 * math.pi))

    def entropy(self):
        return pointwise.add(pointwise.log(self.scale), 0.5 + 0.5 * math.log(2 * math.pi))


class Categorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError('Either `probs` or `logits` must be specified, but not both.')
        self.param = probs if probs is not None else logits
        if ranked(self.param) and len(self.param.shape) < 1:
            raise ValueError('`probs` parameter must be at least one-dimensional.')
        self.logits = logits if logits is not None else pointwise.log(probs)
        self.probs = probs if probs is not None else logits.softmax(-1)
        super().__init__(self.param.shape[:-1])

    def _draw(self, sample_shape):
        return gap('samples of a categorical distribution', self.param, shape=self._extended(sample_shape), dtype='int64')

    def log_prob(self, value):
        scores, chosen = self.logits.log_softmax(-1), value.long().unsqueeze(-1)
        if len(chosen.shape) > len(scores.shape):
            scores = expand(scores, list(chosen.shape)[:-1] + list(scores.shape)[-1:])
        return scores.gather(-1, chosen).squeeze(-1)

    def entropy(self):
        return -(self.probs * self.logits.log_softmax(-1)).sum(-1)


class Bernoulli(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError('Either `probs` or `logits` must be specified, but not both.')
        given = as_tensor(probs if probs is not None else logits)
        self.probs = given if probs is not None else pointwise.sigmoid(given)
        self.logits = given if probs is None else pointwise.logit(given)
        super().__init__(self.probs.shape)

    @property
    def mean(self):
        return self.probs

    def _draw(self, sample_shape):
        return creation.bernoulli(expand(self.probs, self._extended(sample_shape)))

    def log_prob(self, value):
        return value * self.probs.log() + (1 - value) * (1 - self.probs).log()

    def entropy(self):
        return -(self.probs * self.probs.log() + (1 - self.probs) * (1 - self.probs).log())


def kl_divergence(p, q):
    return gap('the divergence of two distributions', *[each for each in p.__dict__.values() if isinstance(each, layerscope.Value)], shape=list(p.batch_shape), dtype='float32')


def __getattr__(name):
    return layerscope.missing('torch.distributions', name)
