"""What all distributions share: the shapes of their batches, of their events and of what is drawn from them."""
import layerscope

from ..operations import creation
from ..operations.checks import gap
from ..operations.shaping import broadcast_shapes
from ..types import Size


def as_tensor(value):
    return value if isinstance(value, layerscope.Value) or layerscope.is_unknown(value) else creation.tensor(float(value))


# the attributes of all distributions; which of them a distribution has is not followed
_attributes = '''alpha arg_constraints base_dist base_distribution component_distribution concentration concentration0 concentration1 cov_diag cov_factor covariance_matrix
    df df1 df2 dim enumerate_support has_enumerate_support high lims loc log_cdf log_survival_function logits low mixture_distribution param_shape precision_matrix probs rate
    reinterpreted_batch_ndims scale scale_tril set_default_validate_args support temperature total_count transforms'''.split()


class Distribution:
    has_rsample = False
    batch_shape = Size()
    event_shape = Size()

    def __init__(self, batch_shape=Size(), event_shape=Size(), validate_args=None):
        self.batch_shape, self.event_shape = Size(batch_shape), Size(event_shape)

    def __getattr__(self, name):
        if name in _attributes:
            return layerscope.unknown(f'{name} of a distribution')
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def _extended(self, sample_shape):
        return list(sample_shape) + list(self.batch_shape) + list(self.event_shape)

    def _gap(self, what, shape, dtype='float32'):
        return gap(f'{what} of {type(self).__name__}', *[each for each in self.__dict__.values() if isinstance(each, layerscope.Value)], shape=shape, dtype=dtype)

    def sample(self, sample_shape=Size()):
        return self._draw(sample_shape).detach()

    def sample_n(self, n):
        return self.sample((n,))

    def rsample(self, sample_shape=Size()):
        if not self.has_rsample:
            raise NotImplementedError(f'{type(self).__name__} has no rsample: what it draws cannot be differentiated. Use sample().')
        return self._draw(sample_shape)

    def _draw(self, sample_shape):
        return self._gap('samples', self._extended(sample_shape))

    def log_prob(self, value):
        """One number for each event: the value's shape, broadcast with the batch's, without the event's dimensions."""
        full = list(broadcast_shapes(list(value.shape), list(self.batch_shape) + list(self.event_shape)))
        return self._gap('log probabilities', full[:len(full) - len(self.event_shape)])

    def cdf(self, value):
        return self._gap('the distribution function', list(value.shape))

    icdf = cdf

    def entropy(self):
        return self._gap('the entropy', list(self.batch_shape))

    @property
    def mean(self):
        return self._gap('the mean', list(self.batch_shape) + list(self.event_shape))

    @property
    def variance(self):
        return self._gap('the variance', list(self.batch_shape) + list(self.event_shape))

    mode = variance

    @property
    def stddev(self):
        return self.variance.sqrt()

    def perplexity(self):
        return self.entropy().exp()

    def expand(self, batch_shape, _instance=None):
        wide = type(self).__new__(type(self))
        wide.__dict__.update(self.__dict__)
        wide.batch_shape = Size(batch_shape)
        return wide
