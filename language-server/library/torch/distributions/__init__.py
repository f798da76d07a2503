"""Distributions: samples have the parameters' shape, and are made by operators so that they can be run."""
import math

import layerscope

from ..operations.checks import gap
from ..operations import creation, pointwise
from ..operations.shaping import broadcast_tensors, expand


class Distribution:
    def __init__(self, *args, **options):
        pass

    def sample(self, sample_shape=()):
        return self.rsample(sample_shape)


class Normal(Distribution):
    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = broadcast_tensors(*[each if isinstance(each, layerscope.Value) else creation.tensor(float(each)) for each in (loc, scale)])
        self.mean, self.stddev = self.loc, self.scale
        self.batch_shape = self.loc.shape

    @property
    def variance(self):
        return pointwise.square(self.scale)

    def rsample(self, sample_shape=()):
        shape = list(sample_shape) + list(self.loc.shape)
        noise = layerscope.operator('RandomNormalLike', expand(self.loc, shape))
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
        self.logits = logits if logits is not None else pointwise.log(probs)
        self.probs = probs if probs is not None else logits.softmax(-1)
        self.batch_shape = self.param.shape[:-1]

    def rsample(self, sample_shape=()):
        return gap('samples of a categorical distribution', self.param, shape=list(sample_shape) + list(self.param.shape)[:-1], dtype='int64')

    def log_prob(self, value):
        return self.logits.log_softmax(-1).gather(-1, value.long().unsqueeze(-1)).squeeze(-1)

    def entropy(self):
        return -(self.probs * self.logits.log_softmax(-1)).sum(-1)


class Bernoulli(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        self.probs = probs if probs is not None else pointwise.sigmoid(logits)
        self.logits = logits if logits is not None else pointwise.logit(probs)

    def rsample(self, sample_shape=()):
        return creation.bernoulli(expand(self.probs, list(sample_shape) + list(self.probs.shape)))

    def log_prob(self, value):
        return value * self.probs.log() + (1 - value) * (1 - self.probs).log()


def kl_divergence(p, q):
    return gap('the divergence of two distributions', p.loc, q.loc, shape=list(p.loc.shape), dtype='float32')
