"""`torch.special`."""
import layerscope

from .nn.functions.activation import log_softmax, softmax
from .operations.pointwise import erf, erfc, exp2, expm1, log1p, logit, round, sinc
from .operations.pointwise import sigmoid as expit
from .operations.rarer import digamma, entr, erfcx, erfinv, gammaln, i0, i0e, i1, i1e, log_ndtr, ndtr, ndtri, psi, xlog1py, xlogy, zeta
from .operations.reducing import logsumexp


def __getattr__(name):
    return layerscope.missing('torch.special', name)
