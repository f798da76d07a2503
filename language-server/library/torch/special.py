"""`torch.special`."""
from .nn.functions.activation import log_softmax, softmax
from .operations.pointwise import erf, erfc, exp2, expm1, log1p, logit, sinc
from .operations.pointwise import sigmoid as expit
from .operations.reducing import logsumexp
