"""Functions that few models use. Those that no operator of the graph computes give gaps of the right shape and type."""
import layerscope

from .. import types
from .checks import cast, dimension, dtype_name, floating, gap, is_tensor, operator, product, ranked, typed
from .creation import arange, tensor, zeros
from .linear import matmul, outer
from .pointwise import abs, add, cos, div, eq, isnan, log, lt, maximum, minimum, mul, pow, sub, where
from .promotion import binary, combine
from .reducing import Pair, cummax, mean, nansum, sum
from .selecting import diag, narrow, select, tril, triu
from .shaping import broadcast_shapes, expand, permute, reshape_to, squeeze, transpose, unsqueeze


def _like(name, source, *others, shape=None, dtype=None):
    """A gap of the source's shape and type, where no other is said."""
    known = list(source.shape) if ranked(source) else None
    return gap(f'torch.{name}', source, *others, shape=known if shape is None else shape, dtype=dtype or (source.dtype.name if typed(source) else None))


def _smooth(name):
    """A function of each element that gives floating-point numbers."""
    def function(input, *args, out=None):
        return _like(name, floating(input))
    return function


erfinv, lgamma, digamma, i0, i0e, i1, i1e, ndtr, ndtri, log_ndtr, entr, erfcx = [_smooth(_name) for _name in (
    'erfinv', 'lgamma', 'digamma', 'special.i0', 'special.i0e', 'special.i1', 'special.i1e', 'special.ndtr', 'special.ndtri', 'special.log_ndtr', 'special.entr', 'special.erfcx')]
gammaln = lgamma
psi = digamma


def _of_two(name, integers=False, floats=True):
    def function(input, other, *, out=None):
        result = binary('Add', input, other)
        if integers and result.dtype.category != 1:
            raise NotImplementedError(f'"{name}_cpu" not implemented for \'{dtype_name(result)}\'')
        return _like(name, floating(result) if floats else result)
    return function


gcd, lcm = _of_two('gcd', True, False), _of_two('lcm', True, False)
xlog1py, zeta, igamma, igammac = _of_two('special.xlog1py'), _of_two('special.zeta'), _of_two('igamma'), _of_two('igammac')
nextafter = _of_two('nextafter', floats=False)
logaddexp2 = _of_two('logaddexp2')


def positive(input):
    if typed(input) and input.dtype is types.bool_:
        raise RuntimeError('The `+` operator, on a bool tensor is not supported.')
    return input


def conj_physical(input, *, out=None):
    return input


def signbit(input, *, out=None):
    return lt(input, 0)


def isposinf(input, *, out=None):
    return eq(input, float('inf'))


def isneginf(input, *, out=None):
    return eq(input, float('-inf'))


def isreal(input):
    return eq(input, input)


def fmax(input, other, *, out=None):
    return where(isnan(input), other, where(isnan(other), input, maximum(input, other)))


def fmin(input, other, *, out=None):
    return where(isnan(input), other, where(isnan(other), input, minimum(input, other)))


def float_power(input, exponent, *, out=None):
    return pow(cast(input, types.float64) if is_tensor(input) else input, cast(exponent, types.float64) if is_tensor(exponent) else exponent)


def xlogy(input, other, *, out=None):
    return where(eq(input, 0), 0.0, mul(input, log(other)))


def ldexp(input, other, *, out=None):
    return mul(input, pow(2.0, other))


def addr(input, vec1, vec2, *, beta=1, alpha=1, out=None):
    product_of = outer(vec1, vec2)
    return add(mul(expand(input, list(product_of.shape)), beta) if beta != 1 else expand(input, list(product_of.shape)), mul(product_of, alpha) if alpha != 1 else product_of)


def nanmean(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if typed(input) and input.dtype.category < 2:
        raise RuntimeError('nanmean(): expected input to have floating point or complex dtype but got ' + dtype_name(input))
    present = cast(operator('Not', isnan(input)), input.dtype)
    return div(nansum(input, dim, keepdim), sum(present, dim, keepdim))


def nanmedian(input, dim=None, keepdim=False):
    if dim is None:
        return _like('nanmedian', input, shape=[])
    reduced = sum(input, dim, keepdim)
    return Pair(_like('nanmedian', input, shape=list(reduced.shape)), _like('nanmedian', input, shape=list(reduced.shape), dtype='int64'))


def nanquantile(input, q, dim=None, keepdim=False, *, interpolation='linear', out=None):
    from .reducing import quantile
    return quantile(input, q, dim, keepdim)


def _at_most_two(input, name):
    if ranked(input) and len(input.shape) > 2:
        raise RuntimeError(f'{name}(): expected input to have two or fewer dimensions but got an input with {len(input.shape)} dimensions')


def cov(input, *, correction=1, fweights=None, aweights=None):
    _at_most_two(input, 'cov')
    rows = [] if len(input.shape) < 2 else [input.shape[0]] * 2
    return _like('cov', floating(input), shape=rows if not rows or rows[0] != 1 else [])


def corrcoef(input):
    _at_most_two(input, 'corrcoef')
    return cov(input)


def cummin(input, dim, *, out=None):
    dimension(dim, len(input.shape))
    return Pair(_like('cummin', input), _like('cummin', input, dtype='int64'))


def diagflat(input, offset=0):
    return diag(reshape_to(input, [-1]), offset)


def fill_diagonal_(self, fill_value, wrap=False):
    if ranked(self) and len(self.shape) < 2:
        raise RuntimeError('dimensions must larger than 1')
    layerscope.assign(self, _like('fill_diagonal_', self))
    return self


def as_strided(input, size, stride, storage_offset=None):
    return _like('as_strided', input, shape=list(size))


def renorm(input, p, dim, maxnorm):
    dimension(dim, len(input.shape))
    return _like('renorm', input)


def select_scatter(input, src, dim, index):
    return _like('select_scatter', input, src)


def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    return _like('slice_scatter', input, src)


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    return _like('diagonal_scatter', input, src)


def narrow_copy(input, dim, start, length):
    return narrow(input, dim, start, length)


def matrix_power(input, n, *, out=None):
    from ..linalg import matrix_power as power
    return power(input, n)


def adjoint(input):
    if len(input.shape) < 2:
        raise RuntimeError(f'tensor.adjoint() is only supported on matrices or batches of matrices. Got {len(input.shape)}-D tensor.')
    return transpose(input, -2, -1)


def atleast_2d(input):
    rank = len(input.shape)
    return input if rank >= 2 else reshape_to(input, [1, 1] if rank == 0 else [1, input.shape[0]])


def atleast_3d(input):
    rank = len(input.shape)
    return input if rank >= 3 else unsqueeze(atleast_2d(input), -1)


def _split_along(name, axis, least):
    def function(input, indices_or_sections):
        from .joining import tensor_split
        rank = len(input.shape)
        if rank < least:
            raise RuntimeError(f'torch.{name} requires a tensor with at least {least} dimension, but got a tensor with {rank} dimensions!')
        along = 0 if rank == 1 else axis
        if isinstance(indices_or_sections, int):
            layerscope.require(input.shape[along] % indices_or_sections == 0, RuntimeError(
                f'torch.{name} attempted to split along dimension {along}, but the size of the dimension {input.shape[along]} is not divisible by the split_size {indices_or_sections}!'))
        return tensor_split(input, indices_or_sections, along)
    return function


hsplit, vsplit, dsplit = _split_along('hsplit', 1, 1), _split_along('vsplit', 0, 2), _split_along('dsplit', 2, 3)


def combinations(input, r=2, with_replacement=False):
    count, ways = input.shape[0], 1
    if not layerscope.is_known(count):
        return gap('torch.combinations', input, dtype=input.dtype.name)
    for k in range(r):
        ways = ways * (count + (k if with_replacement else -k)) // (k + 1)
    return _like('combinations', input, shape=[max(ways, 0), r])


def trapezoid(y, x=None, *, dx=None, dim=-1):
    return _like('trapezoid', floating(y), shape=[size for axis, size in enumerate(y.shape) if axis != dimension(dim, len(y.shape))])


def cumulative_trapezoid(y, x=None, *, dx=None, dim=-1):
    axis = dimension(dim, len(y.shape))
    return _like('cumulative_trapezoid', floating(y), shape=[size - 1 if position == axis else size for position, size in enumerate(y.shape)])


def gradient(input, *, spacing=1, dim=None, edge_order=1):
    axes = range(len(input.shape)) if dim is None else [dim] if isinstance(dim, int) else dim
    return tuple([_like('gradient', input) for _ in axes])


def pdist(input, p=2.0):
    if ranked(input) and len(input.shape) != 2:
        raise RuntimeError(f'pdist only supports 2D tensors, got: {len(input.shape)}D')
    count = input.shape[0]
    return _like('pdist', input, shape=[count * (count - 1) // 2])


def poisson(input, generator=None):
    return _like('poisson', input)


def frexp(input, *, out=None):
    return (_like('frexp', floating(input)), _like('frexp', input, dtype='int32'))


def vander(x, N=None, *, increasing=False):
    return _like('vander', x, shape=[x.shape[0], x.shape[0] if N is None else N])


def empty_strided(size, stride, *, dtype=None, **options):
    return zeros(*size, dtype=dtype)


def index_put(input, indices, values, accumulate=False):
    from .indexing import put
    return put(input, tuple(indices), values)


def logdet(input):
    from ..linalg import _square
    _square(input, 'logdet')
    return _like('logdet', input, shape=list(input.shape)[:-2])


def cholesky_solve(B, L, upper=False, *, out=None):
    return _like('cholesky_solve', B, L)


def triangular_solve(b, A, upper=True, transpose=False, unitriangular=False, *, out=None):
    return (_like('triangular_solve', b, A), _like('triangular_solve', A))


def sparse_coo_tensor(indices, values=None, size=None, *, dtype=None, device=None, requires_grad=False, check_invariants=None, is_coalesced=None):
    """A tensor that is stored by its elements that are not 0; here it is as any other."""
    held = values if is_tensor(values) else tensor(values if values is not None else [])
    return gap('the elements of sparse tensors are not followed', held, shape=list(size) if size is not None else None, dtype=dtype.name if dtype is not None else held.dtype.name if typed(held) else None)


def stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None, align_to_window=None):
    if ranked(input) and len(input.shape) > 2:
        raise RuntimeError(f'stft(...): expected a 1D or 2D tensor, but got {len(input.shape)}D')
    hop = hop_length if hop_length is not None else n_fft // 4
    length = input.shape[-1] + (2 * (n_fft // 2) if center else 0)
    bins = n_fft if onesided is False else n_fft // 2 + 1
    shape = list(input.shape)[:-1] + [bins, (length - n_fft) // hop + 1]
    return gap('torch.stft', input, shape=shape + ([] if return_complex else [2]), dtype='complex64' if return_complex else input.dtype.name)


def istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False):
    hop = hop_length if hop_length is not None else n_fft // 4
    full = n_fft + hop * (input.shape[-1] - 1)
    size = length if length is not None else full - (2 * (n_fft // 2) if center else 0)
    return gap('torch.istft', input, shape=list(input.shape)[:-2] + [size], dtype='float32')


def _window(name, values):
    def window(window_length, periodic=True, *args, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
        if not layerscope.is_known(window_length) or values is None:
            return layerscope.data((window_length,), (dtype or types.get_default_dtype()).name, reason=name, like=types.state['tensor'])
        if window_length < 0:
            raise RuntimeError(f'{name} requires non-negative window_length, got window_length={window_length}')
        count = window_length if periodic else window_length - 1
        return tensor([1.0 if count <= 0 else values(k / count) for k in range(window_length)], dtype=dtype or types.get_default_dtype())
    return window


def _cosine(turns):
    import math
    return math.cos(2 * math.pi * turns)


hann_window = _window('hann_window', lambda t: 0.5 - 0.5 * _cosine(t))
hamming_window = _window('hamming_window', lambda t: 0.54 - 0.46 * _cosine(t))
blackman_window = _window('blackman_window', lambda t: 0.42 - 0.5 * _cosine(t) + 0.08 * _cosine(2 * t))
bartlett_window = _window('bartlett_window', lambda t: 2 * t if t <= 0.5 else 2 - 2 * t)
kaiser_window = _window('kaiser_window', None)


def _drawn(name, least=0):
    """A method that fills a tensor with random numbers."""
    def fill(self, *args, generator=None):
        if len(args) < least:
            raise TypeError(f'{name}() missing {least} required positional arguments: "p"')
        layerscope.assign(self, _like(name, self))
        return self
    return fill


log_normal_, cauchy_, geometric_ = _drawn('log_normal_'), _drawn('cauchy_'), _drawn('geometric_', 1)

METHODS = '''erfinv lgamma digamma i0 gcd lcm igamma igammac nextafter logaddexp2 positive conj_physical signbit isposinf isneginf isreal fmax fmin float_power xlogy ldexp addr nanmean nanmedian
    nanquantile cov corrcoef cummin diagflat fill_diagonal_ as_strided renorm select_scatter slice_scatter diagonal_scatter narrow_copy matrix_power adjoint hsplit vsplit dsplit frexp
    logdet stft istft log_normal_ cauchy_ geometric_'''.split()
FUNCTIONS = METHODS + '''atleast_2d atleast_3d combinations trapezoid cumulative_trapezoid gradient pdist poisson vander empty_strided index_put cholesky_solve triangular_solve sparse_coo_tensor
    hann_window hamming_window blackman_window bartlett_window kaiser_window'''.split()
