"""PyTorch as Layerscope reads it: every function and layer adds ONNX operators to the graph, and raises what PyTorch raises."""
import builtins
import math

import layerscope

from .operations.checks import gap
from . import types
from .types import (
    Generator, Size, bfloat16, cdouble, cfloat, channels_last, channels_last_3d, complex64, complex128, contiguous_format, device, double, dtype,
    finfo, float16, float32, float64, get_default_dtype, half, iinfo, int8, int16, int32, int64, layout, long, memory_format, preserve_format, set_default_dtype,
    short, sparse_coo, strided, uint8, uint16, uint32, uint64)
from ._tensor import Tensor
from .operations.creation import (
    arange, as_tensor, asarray, bernoulli, complex, empty, empty_like, eye, from_numpy, full, full_like, linspace, logspace, multinomial, normal, ones, ones_like,
    rand, rand_like, randint, randint_like, randn, randn_like, randperm, range_ as range, scalar_tensor, tensor, tril_indices, triu_indices, zeros, zeros_like)
from .operations.joining import (
    block_diag, cartesian_prod, cat, chunk, column_stack, concat, concatenate, dstack, hstack, meshgrid, row_stack, split, split_with_sizes, stack,
    tensor_split, unbind, vstack)
from .operations.linear import (
    addbmm, addmm, addmv, baddbmm, bmm, cdist, chain_matmul, cross, det, dot, einsum, ger, inner, inverse, kron, matmul, mm, mv, outer, tensordot, trace, vdot)
from .operations.pointwise import (
    abs, absolute, acos, acosh, add, addcdiv, addcmul, angle, arccos, arcsin, arctan, arctan2, asin, asinh, atan, atan2, atanh, bitwise_and, bitwise_left_shift,
    bitwise_not, bitwise_or, bitwise_right_shift, bitwise_xor, ceil, clamp, clamp_max, clamp_min, clip, copysign, cos, cosh, deg2rad, div, divide, eq, erf,
    erfc, exp, exp2, expm1, fix, floor, floor_divide, fmod, frac, ge, greater, greater_equal, gt, heaviside, hypot, isclose, isfinite, isinf, isnan, le, lerp,
    less, less_equal, log, log1p, log2, log10, logaddexp, logical_and, logical_not, logical_or, logical_xor, logit, lt, masked_fill, maximum, minimum, mul,
    multiply, nan_to_num, ne, neg, negative, not_equal, pow, rad2deg, reciprocal, relu, remainder, result_type, round, rsqrt, rsub, sgn, sigmoid, sign, sin,
    sinc, sinh, sqrt, square, sub, subtract, tan, tanh, true_divide, trunc, where)
from .operations.reducing import (
    all, allclose, amax, amin, aminmax, any, argmax, argmin, argsort, bincount, count_nonzero, cummax, cumprod, cumsum, diff, dist, equal, histc, kthvalue,
    logcumsumexp, logsumexp, max, mean, median, min, mode, msort, nansum, norm, prod, quantile, sort, std, std_mean, sum, topk, unique, unique_consecutive,
    var, var_mean)
from .operations.selecting import (
    argwhere, bucketize, diag, diag_embed, diagonal, flip, fliplr, flipud, gather, index_add, index_copy, index_fill, index_select, isin, masked_scatter,
    masked_select, narrow, nonzero, numel, roll, rot90, scatter, scatter_add, scatter_reduce, searchsorted, select, take, take_along_dim, tril, triu)
from .operations.shaping import (
    atleast_1d, broadcast_shapes, broadcast_tensors, broadcast_to, flatten, moveaxis, movedim, permute, ravel, repeat_interleave, reshape, squeeze, swapaxes,
    swapdims, t, tile, transpose, unflatten, unsqueeze, view_as_complex, view_as_real)
from .autograd.grad_mode import enable_grad, inference_mode, is_grad_enabled, no_grad, set_grad_enabled

float = types.float32
int = types.int32
bool = types.bool_

__version__ = '2.13.0'
inf, nan, pi, e = math.inf, math.nan, math.pi, math.e
newaxis = None

# submodules are read when something of theirs is asked for
_submodules = ('accelerator', 'amp', 'ao', 'autograd', 'backends', 'compiler', 'cuda', 'distributed', 'distributions', 'export', 'fft', 'func', 'fx', 'hub', 'jit', 'library', 'linalg', 'mps', 'nn',
               'onnx', 'ops', 'optim', 'overrides', 'profiler', 'quantization', 'random', 'sparse', 'special', 'testing', 'torch_version', 'utils', 'version', 'xpu', '_C', '_dynamo')

# functions that also live in torch.nn.functional
_functional = ('adaptive_avg_pool1d', 'alpha_dropout', 'avg_pool1d', 'batch_norm', 'bilinear', 'celu', 'celu_', 'channel_shuffle', 'conv1d', 'conv2d', 'conv3d', 'conv_transpose1d',
               'conv_transpose2d', 'conv_transpose3d', 'cosine_similarity', 'dropout', 'feature_dropout', 'group_norm', 'hardshrink', 'instance_norm', 'layer_norm', 'log_softmax',
               'max_pool1d', 'max_pool2d', 'max_pool3d', 'pairwise_distance', 'pixel_shuffle', 'pixel_unshuffle', 'prelu', 'relu_', 'rms_norm', 'rrelu', 'selu', 'selu_', 'softmax',
               'threshold', 'adaptive_max_pool1d', 'embedding', 'embedding_bag')


def __getattr__(name):
    if name in _submodules:
        import importlib
        return importlib.import_module('torch.' + name)
    if name in _functional:
        from .nn import functional
        return getattr(functional, name)
    if name in ('autocast', 'GradScaler'):
        from . import amp
        return getattr(amp, name)
    if name.endswith('Tensor'):
        return _typed_tensor(name)
    from .operations import rarer
    if name in rarer.FUNCTIONS:
        return getattr(rarer, name)
    if name in ('svd', 'qr', 'slogdet', 'matrix_exp', 'lu', 'lstsq', 'cholesky'):
        from . import linalg
        return getattr(linalg, name)
    if name == 'pinverse':
        from .linalg import pinv
        return pinv
    if name in ('spmm', 'smm', 'dsmm', 'hspmm'):
        return mm
    if name.endswith('_') and not name.startswith('_') and hasattr(Tensor, name):
        return getattr(Tensor, name)
    return layerscope.missing('torch', name)


def _typed_tensor(name):
    """`torch.FloatTensor(...)` and its like."""
    dtype = {'FloatTensor': types.float32, 'LongTensor': types.int64, 'DoubleTensor': types.float64, 'IntTensor': types.int32, 'BoolTensor': types.bool_,
             'ByteTensor': types.uint8, 'HalfTensor': types.float16, 'ShortTensor': types.int16, 'CharTensor': types.int8, 'BFloat16Tensor': types.bfloat16}.get(name)
    if dtype is None:
        return layerscope.missing('torch', name)

    def make(*args):
        if args and not isinstance(args[0], (builtins.int, types.Size)):
            if len(args) > 1:
                raise TypeError(f'new() received an invalid combination of arguments: {name} takes one sequence or several sizes')
            return tensor(args[0], dtype=dtype)
        return zeros(*(args or (0,)), dtype=dtype)
    # `x.type(torch.FloatTensor)`
    make.dtype = dtype
    return make


def real(input):
    return input.real


def imag(input):
    return input.imag


def conj(input):
    return input


def polar(abs, angle, *, out=None):
    return complex(abs, angle)


def is_tensor(obj):
    return isinstance(obj, Tensor)


def is_storage(obj):
    return False


def is_floating_point(input):
    return input.dtype.is_floating_point


def is_complex(input):
    return input.dtype.is_complex


def clone(input, *, memory_format=None):
    return input.clone()


def detach(input):
    return input.detach()


def promote_types(type1, type2):
    return types.promote(type1, type2)


def can_cast(from_, to):
    return from_.category <= to.category


def manual_seed(seed):
    return Generator().manual_seed(seed)


def seed():
    return 0


def initial_seed():
    return 0


def get_rng_state():
    return None


def set_rng_state(state):
    return None


def set_default_device(device):
    return None


def get_default_device():
    return types.cpu


def set_default_tensor_type(t):
    return None


def set_num_threads(number):
    return None


def get_num_threads():
    return 1


def set_printoptions(**options):
    return None


def set_float32_matmul_precision(precision):
    return None


def get_float32_matmul_precision():
    return 'highest'


def use_deterministic_algorithms(mode, *, warn_only=False):
    return None


def are_deterministic_algorithms_enabled():
    return False


def is_autocast_enabled(device_type=None):
    return False


def get_autocast_dtype(device_type):
    return bfloat16


def compile(model=None, **options):
    if model is None:
        return lambda function: function
    return model


def _file(f):
    return f if isinstance(f, str) else f.__fspath__() if hasattr(f, '__fspath__') else None


def save(obj, f, *args, **options):
    name = _file(f) if layerscope.is_known(f) else None
    if name is None or not layerscope.is_known(name):
        # it may be any of those that were written before
        types.state['files'].clear()
    else:
        types.state['files'][name] = dict(obj) if isinstance(obj, dict) else obj


def load(f, map_location=None, *args, **options):
    """What this program saved under the name."""
    name = _file(f) if layerscope.is_known(f) else None
    if name is not None and layerscope.is_known(name):
        saved = types.state['files'].get(name)
        if saved is not None:
            return dict(saved) if isinstance(saved, dict) else saved
    return layerscope.unknown('what is in a checkpoint is not read while the program is read')


def vmap(func, in_dims=0, out_dims=0, **options):
    return lambda *args, **kwargs: gap('torch.vmap is not followed')


def _assert(condition, message):
    layerscope.require(condition, AssertionError(message))


def sym_int(value):
    return builtins.int(value)


def sym_max(a, b):
    return builtins.max(a, b)


def sym_min(a, b):
    return builtins.min(a, b)


def sym_float(value):
    return builtins.float(value)


def clear_autocast_cache():
    return None


def _log_api_usage_once(name):
    return None


class SymInt:
    """Sizes are ints here; the class exists for isinstance."""


class SymFloat:
    pass


class SymBool:
    pass

