"""keras.ops: the functions that follow NumPy."""
import layerscope

from keras.src.backend.dtypes import FLOATS, result_type, standardize_dtype
from keras.src.backend.indexing import get_item
from keras.src.backend.tensors import (
    Tensor, align, arithmetic, cast as cast_tensor, check_broadcast, convert, divide as divide_tensors, floor_divide, modulo, plain_class, to_float, unary)
from keras.src.operations.core import axes_of, count, emit, known_rank, operation, sizes_of
from keras.src.operations.operation import record_function


def _float_function(name, type):
    def function(x):
        return record_function(name, lambda x: emit(type, to_float(x)), (x,), {})
    return function


exp, log, sqrt, sin, cos, tan = (_float_function('Exp', 'Exp'), _float_function('Log', 'Log'), _float_function('Sqrt', 'Sqrt'),
                                 _float_function('Sin', 'Sin'), _float_function('Cos', 'Cos'), _float_function('Tan', 'Tan'))
arcsin, arccos, arctan = _float_function('Arcsin', 'Asin'), _float_function('Arccos', 'Acos'), _float_function('Arctan', 'Atan')
sinh, cosh, tanh = _float_function('Sinh', 'Sinh'), _float_function('Cosh', 'Cosh'), _float_function('Tanh', 'Tanh')
arcsinh, arccosh, arctanh = _float_function('Arcsinh', 'Asinh'), _float_function('Arccosh', 'Acosh'), _float_function('Arctanh', 'Atanh')
reciprocal = _float_function('Reciprocal', 'Reciprocal')


def add(x1, x2):
    return arithmetic('Add', x1, x2)


def subtract(x1, x2):
    return arithmetic('Sub', x1, x2)


def multiply(x1, x2):
    return arithmetic('Mul', x1, x2)


def divide(x1, x2):
    return divide_tensors(convert(x1), x2)


true_divide = divide


@operation('DivideNoNan')
def divide_no_nan(x1, x2):
    x1, x2 = align(to_float(x1), to_float(x2))
    safe = emit('Equal', x2, 0.0)
    return emit('Where', safe, 0.0, emit('Div', x1, emit('Where', safe, 1.0, x2)))


def power(x1, x2):
    return arithmetic('Pow', convert(x1), x2)


def mod(x1, x2):
    return modulo(convert(x1), x2)


def negative(x):
    return unary('Neg', x)


def absolute(x):
    return unary('Abs', x)


abs = absolute


def sign(x):
    return unary('Sign', x)


def floor(x):
    return unary('Floor', to_float(x))


def ceil(x):
    return unary('Ceil', to_float(x))


@operation('Round')
def round(x, decimals=0):
    x = to_float(x)
    if not decimals:
        return emit('Round', x)
    scale = 10.0 ** decimals
    return emit('Div', emit('Round', emit('Mul', x, scale)), scale)


def trunc(x):
    return sign(x) * floor(absolute(x))


@operation('Square')
def square(x):
    x = convert(x)
    return emit('Mul', x, x)


@operation('Rsqrt')
def rsqrt(x):
    return emit('Reciprocal', emit('Sqrt', to_float(x)))


def expm1(x):
    return exp(x) - 1.0


def exp2(x):
    return power(2.0, to_float(x))


def log1p(x):
    return log(to_float(x) + 1.0)


def log2(x):
    return log(x) / 0.6931471805599453


def log10(x):
    return log(x) / 2.302585092994046


def arctan2(x1, x2):
    return arctan(divide(x1, x2))


def deg2rad(x):
    return to_float(x) * 0.017453292519943295


def rad2deg(x):
    return to_float(x) * 57.29577951308232


def _pairwise(name, type):
    def function(x1, x2):
        return record_function(name, lambda x1, x2: _both(type, x1, x2), (x1, x2), {})
    return function


def _both(type, x1, x2):
    x1, x2 = align(x1, x2)
    if isinstance(x1, layerscope.Value) and isinstance(x2, layerscope.Value):
        check_broadcast(x1.shape, x2.shape)
    return emit(type, x1, x2)


maximum, minimum = _pairwise('Maximum', 'Max'), _pairwise('Minimum', 'Min')


def less(x1, x2):
    return arithmetic('Less', convert(x1), x2)


def less_equal(x1, x2):
    return arithmetic('LessOrEqual', convert(x1), x2)


def greater(x1, x2):
    return arithmetic('Greater', convert(x1), x2)


def greater_equal(x1, x2):
    return arithmetic('GreaterOrEqual', convert(x1), x2)


def equal(x1, x2):
    return arithmetic('Equal', convert(x1), x2)


def not_equal(x1, x2):
    return unary('Not', arithmetic('Equal', convert(x1), x2))


@operation('LogicalAnd')
def logical_and(x1, x2):
    return arithmetic('And', cast_tensor(x1, 'bool'), cast_tensor(x2, 'bool'))


@operation('LogicalOr')
def logical_or(x1, x2):
    return arithmetic('Or', cast_tensor(x1, 'bool'), cast_tensor(x2, 'bool'))


@operation('LogicalXor')
def logical_xor(x1, x2):
    return arithmetic('Xor', cast_tensor(x1, 'bool'), cast_tensor(x2, 'bool'))


@operation('LogicalNot')
def logical_not(x):
    return unary('Not', cast_tensor(x, 'bool'))


def isnan(x):
    return unary('IsNaN', to_float(x))


def isinf(x):
    return unary('IsInf', to_float(x))


def isfinite(x):
    return logical_not(logical_or(isnan(x), isinf(x)))


def isclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False):
    return absolute(x1 - x2) <= absolute(x2) * rtol + atol


@operation('Clip')
def clip(x, x_min, x_max):
    x = convert(x)
    if x.dtype == 'bool':
        x = cast_tensor(x, 'int32')
    if isinstance(x_min, (int, float)) and isinstance(x_max, (int, float)) and x.dtype in FLOATS:
        return emit('Clip', x, float(x_min), float(x_max))
    return _both('Min', _both('Max', x, x_min), x_max)


def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    return where(isnan(x), float(nan), x)


# reductions

def _reduction(name, type):
    def function(x, axis=None, keepdims=False):
        return record_function(name, lambda x, axis, keepdims: reduce(type, x, axis, keepdims), (x, axis, keepdims), {})
    return function


def reduce(type, x, axis, keepdims):
    x = convert(x)
    if type in ('ReduceMean', 'ReduceLogSumExp'):
        x = to_float(x)
    elif x.dtype in ('bool', 'int8', 'int16', 'uint8', 'uint16') and type in ('ReduceSum', 'ReduceProd'):
        x = cast_tensor(x, 'int32')
    if not known_rank(x):
        return layerscope.data(None, x.dtype, 'a reduction of a tensor of unknown rank', like=plain_class(x))
    axes = list(range(len(x.shape))) if axis is None else axes_of(axis, len(x.shape))
    if not axes:
        return x
    return emit(type, x, axes, keepdims=1 if keepdims else 0)


sum, prod, mean = _reduction('Sum', 'ReduceSum'), _reduction('Prod', 'ReduceProd'), _reduction('Mean', 'ReduceMean')
logsumexp = _reduction('Logsumexp', 'ReduceLogSumExp')


def max(x, axis=None, keepdims=False, initial=None):
    return record_function('Max', lambda x, axis, keepdims: reduce('ReduceMax', x, axis, keepdims), (x, axis, keepdims), {})


def min(x, axis=None, keepdims=False, initial=None):
    return record_function('Min', lambda x, axis, keepdims: reduce('ReduceMin', x, axis, keepdims), (x, axis, keepdims), {})


amax, amin = max, min


@operation('Var')
def var(x, axis=None, keepdims=False):
    x = to_float(x)
    centred = x - reduce('ReduceMean', x, axis, True)
    return reduce('ReduceMean', centred * centred, axis, keepdims)


@operation('Std')
def std(x, axis=None, keepdims=False):
    return emit('Sqrt', var(x, axis, keepdims))


@operation('All')
def all(x, axis=None, keepdims=False):
    return cast_tensor(min(cast_tensor(cast_tensor(x, 'bool'), 'int32'), axis, keepdims), 'bool')


@operation('Any')
def any(x, axis=None, keepdims=False):
    return cast_tensor(max(cast_tensor(cast_tensor(x, 'bool'), 'int32'), axis, keepdims), 'bool')


@operation('CountNonzero')
def count_nonzero(x, axis=None):
    return sum(cast_tensor(cast_tensor(x, 'bool'), 'int32'), axis)


def average(x, axis=None, weights=None):
    return mean(x, axis) if weights is None else sum(x * weights, axis) / sum(weights, axis)


def median(x, axis=None, keepdims=False):
    return layerscope.gap('a median', convert(x), shape=mean(x, axis, keepdims).shape, dtype=to_float(x).dtype, like=plain_class(x))


def quantile(x, q, axis=None, method='linear', keepdims=False):
    return median(x, axis, keepdims)


def norm(x, ord=None, axis=None, keepdims=False):
    x = to_float(x)
    if ord == 1:
        return sum(absolute(x), axis, keepdims)
    return sqrt(sum(x * x, axis, keepdims))


def _extreme(type, x, axis, keepdims):
    x = convert(x)
    if axis is None:
        return cast_tensor(emit(type, emit('Reshape', x, [-1]), axis=0, keepdims=0), 'int32')
    return cast_tensor(emit(type, x, axis=axes_of(axis, len(x.shape))[0], keepdims=1 if keepdims else 0), 'int32')


def argmax(x, axis=None, keepdims=False):
    if isinstance(axis, (list, tuple)):
        raise TypeError(f"argmax takes one axis, an integer. Received: axis={axis}")
    return record_function('Argmax', _extreme, ('ArgMax', x, axis, keepdims), {})


def argmin(x, axis=None, keepdims=False):
    return record_function('Argmin', _extreme, ('ArgMin', x, axis, keepdims), {})


@operation('Cumsum')
def cumsum(x, axis=None, dtype=None):
    x = convert(x)
    if axis is None:
        x, axis = emit('Reshape', x, [-1]), 0
    return emit('CumSum', x, layerscope.constant(axes_of(axis, len(x.shape))[0], 'int64'))


def cumprod(x, axis=None, dtype=None):
    return layerscope.gap('a cumulative product', convert(x), shape=list(x.shape), dtype=x.dtype, like=plain_class(x))


def sort(x, axis=-1):
    return layerscope.gap('a sort', convert(x), shape=list(x.shape), dtype=x.dtype, like=plain_class(x))


def argsort(x, axis=-1):
    return layerscope.gap('a sort', convert(x), shape=list(x.shape), dtype='int32', like=plain_class(x))


# shapes

@operation('Reshape')
def reshape(x, newshape):
    x = convert(x)
    target = sizes_of(newshape)
    if not layerscope.is_known(target) or any_unknown([size for size in target if not isinstance(size, int)]):
        return layerscope.gap('a reshape to an unknown shape', x, dtype=x.dtype, like=plain_class(x))
    if known_rank(x):
        if len([size for size in target if layerscope.is_known(size) and size == -1]) > 1:
            free = [position for position, size in enumerate(target) if layerscope.is_known(size) and size == -1]
            target = [x.shape[0] if position == 0 and 0 in free else size for position, size in enumerate(target)]
        target = _resolved(x, target)
    return emit('Reshape', x, list(target))


def _resolved(x, target):
    total, rest = count(x.shape), count([size for size in target if not layerscope.is_known(size) or size != -1])
    error = layerscope.related(ValueError(f"Cannot reshape a tensor of shape {tuple(x.shape)} ({total} elements) into shape {tuple(target)} ({rest} elements)"), x,
                               f'the tensor of shape {x.shape} is made here')
    if -1 in [size for size in target if layerscope.is_known(size)]:
        if layerscope.is_known(rest) and rest == 0:
            raise error
        layerscope.require(total % rest == 0, error)
        return [total // rest if layerscope.is_known(size) and size == -1 else size for size in target]
    layerscope.require(total == rest, error)
    return target


@operation('Transpose')
def transpose(x, axes=None):
    x = convert(x)
    rank = len(x.shape)
    axes = list(range(rank - 1, -1, -1)) if axes is None else axes_of(axes, rank)
    if len(axes) != rank:
        raise ValueError(f"axes must be a list of the same length as the input shape, expected {rank}, but received {len(axes)}.")
    return emit('Transpose', x, perm=axes)


def swapaxes(x, axis1, axis2):
    rank = len(x.shape)
    order = list(range(rank))
    a, b = axis1 % rank, axis2 % rank
    order[a], order[b] = b, a
    return transpose(x, order)


def moveaxis(x, source, destination):
    rank = len(x.shape)
    source, destination = axes_of(source, rank), axes_of(destination, rank)
    order = [axis for axis in range(rank) if axis not in source]
    for place, axis in sorted(zip(destination, source)):
        order.insert(place, axis)
    return transpose(x, order)


@operation('ExpandDims')
def expand_dims(x, axis):
    x = convert(x)
    axes = list(axis) if isinstance(axis, (list, tuple)) else [axis]
    return emit('Unsqueeze', x, axes_of(axes, len(x.shape) + len(axes)) if known_rank(x) else axes)


@operation('Squeeze')
def squeeze(x, axis=None):
    x = convert(x)
    if axis is None:
        axes = [position for position, size in enumerate(x.shape) if layerscope.is_known(size) and size == 1]
        return emit('Squeeze', x, axes) if axes else x
    axes = axes_of(axis, len(x.shape))
    if plain_class(x) is Tensor and any([layerscope.is_known(x.shape[position]) and x.shape[position] != 1 for position in axes]):
        # TensorFlow refuses it, PyTorch gives the tensor back
        return layerscope.data(None, x.dtype, 'a squeeze of an axis that is not 1', like=Tensor)
    for position in axes:
        layerscope.require(x.shape[position] == 1, layerscope.related(
            ValueError(f"Cannot squeeze axis={position}, because the dimension is not 1. Received: shape={x.shape}"), x, f'the tensor of shape {x.shape} is made here'))
    return emit('Squeeze', x, axes)


@operation('Concatenate')
def concatenate(xs, axis=0):
    xs = [convert(x) for x in xs]
    made = xs[0]
    for x in xs[1:]:
        made, _ = align(made, x)
    xs = [cast_tensor(x, made.dtype) if made.dtype is not None else x for x in xs]
    rank = len(xs[0].shape)
    position = axes_of(axis, rank)[0]
    for x in xs[1:]:
        same = len(x.shape) == rank and builtin_all([not layerscope.is_known(a) or not layerscope.is_known(b) or a == b or place == position for place, (a, b) in enumerate(zip(x.shape, xs[0].shape))])
        if not same:
            error = ValueError(f"Every value in `xs` must have the same shape except on the `axis` dim. But found element of shape {x.shape}, which is different from the first element's shape {xs[0].shape}.")
            raise layerscope.related(layerscope.related(error, xs[0], f'the tensor of shape {xs[0].shape} is made here'), x, f'the tensor of shape {x.shape} is made here')
    return emit('Concat', *xs, axis=position)


def builtin_all(conditions):
    for condition in conditions:
        if not condition:
            return False
    return True


@operation('Stack')
def stack(x, axis=0):
    xs = [convert(item) for item in x]
    for item in xs[1:]:
        if known_rank(item) and known_rank(xs[0]) and (len(item.shape) != len(xs[0].shape) or not builtin_all(
                [not layerscope.is_known(a) or not layerscope.is_known(b) or a == b for a, b in zip(item.shape, xs[0].shape)])):
            raise ValueError(f"Every value in `x` must have the same shape. But found element of shape {item.shape}, which is different from the first element's shape {xs[0].shape}.")
    made = xs[0]
    for item in xs[1:]:
        made, _ = align(made, item)
    position = axis % (len(xs[0].shape) + 1)
    return emit('Concat', *[emit('Unsqueeze', cast_tensor(item, made.dtype) if made.dtype is not None else item, [position]) for item in xs], axis=position)


def vstack(xs):
    return concatenate([expand_dims(x, 0) if len(x.shape) == 1 else x for x in xs], 0)


def hstack(xs):
    return concatenate(xs, 0 if len(xs[0].shape) == 1 else 1)


def append(x1, x2, axis=None):
    return concatenate([reshape(x1, [-1]), reshape(x2, [-1])], 0) if axis is None else concatenate([x1, x2], axis)


@operation('Split')
def split(x, indices_or_sections, axis=0):
    x = convert(x)
    axis = axis % len(x.shape)
    size = x.shape[axis]
    if isinstance(indices_or_sections, int):
        sections = indices_or_sections
        layerscope.require(size % sections == 0, ValueError(f"`x` size on given `axis` must be dividible by `indices_or_sections` when `indices_or_sections` is an int. But received {size} and {sections}."))
        lengths = [size // sections] * sections
    else:
        bounds = [0] + sizes_of(indices_or_sections) + [size]
        lengths = [end - start for start, end in zip(bounds[:-1], bounds[1:])]
    if len(lengths) == 1:
        return [emit('Identity', x)]
    return list(layerscope.operator('Split', x, lengths, outputs=len(lengths), axis=axis, like=plain_class(x)))


@operation('Tile')
def tile(x, repeats):
    x = convert(x)
    repeats = sizes_of(repeats)
    rank = len(x.shape)
    if len(repeats) < rank:
        repeats = [1] * (rank - len(repeats)) + repeats
    elif len(repeats) > rank:
        x = emit('Unsqueeze', x, list(range(len(repeats) - rank)))
    return emit('Tile', x, repeats)


@operation('Repeat')
def repeat(x, repeats, axis=None):
    from keras.src.layers.reshaping import repeat_axis
    x = convert(x)
    if axis is None:
        x, axis = emit('Reshape', x, [-1]), 0
    if not isinstance(repeats, int):
        return layerscope.gap('a repetition by different counts', x, dtype=x.dtype, like=plain_class(x))
    return repeat_axis(x, axis % len(x.shape), repeats)


@operation('Pad')
def pad(x, pad_width, mode='constant', constant_values=None):
    x = convert(x)
    rank = len(x.shape)
    if isinstance(pad_width, int):
        pad_width = ((pad_width, pad_width),) * rank
    elif isinstance(pad_width[0], int):
        pad_width = (tuple(pad_width),) * rank
    widths = [(item[0], item[-1]) for item in pad_width]
    if len(widths) == 1:
        widths = widths * rank
    if len(widths) != rank:
        raise ValueError(f"`pad_width` must have the same length as `x.shape`. Received: pad_width={pad_width} (of length {len(widths)}) and x.shape={x.shape} (of length {rank})")
    pads = [low for low, _ in widths] + [high for _, high in widths]
    return emit('Pad', x, pads, constant_values, mode={'constant': 'constant', 'reflect': 'reflect', 'edge': 'edge', 'symmetric': 'reflect', 'wrap': 'wrap'}.get(mode, 'constant'))


@operation('BroadcastTo')
def broadcast_to(x, shape):
    x, target = convert(x), sizes_of(shape)
    if layerscope.is_known(x.shape) and layerscope.is_known(target):
        for a, b in zip(reversed(x.shape), reversed(target)):
            if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1:
                raise ValueError(f"Cannot broadcast shape, the failure dim has value {a}, which cannot be broadcasted to {b}. Input shapes are: {list(x.shape)} and {target}.")
    return emit('Expand', x, target)


@operation('Flip')
def flip(x, axis=None):
    x = convert(x)
    axes = list(range(len(x.shape))) if axis is None else axes_of(axis, len(x.shape))
    return emit('Slice', x, [-1] * len(axes), [-9223372036854775807] * len(axes), axes, [-1] * len(axes))


@operation('Roll')
def roll(x, shift, axis=None):
    x = convert(x)
    if axis is None or not isinstance(shift, (int, list, tuple)):
        return layerscope.gap('a roll', x, shape=list(x.shape), dtype=x.dtype, like=plain_class(x))
    shifts = [shift] if isinstance(shift, int) else list(shift)
    for one, place in zip(shifts, axes_of(axis, len(x.shape))):
        if layerscope.is_known(one) and one == 0:
            continue
        head = emit('Slice', x, [-one], [9223372036854775807], [place], [1])
        x = emit('Concat', head, emit('Slice', x, [0], [-one], [place], [1]), axis=place)
    return x


def ravel(x):
    return reshape(x, [-1])


@operation('Take')
def take(x, indices, axis=None):
    x = convert(x)
    indices = cast_tensor(indices, 'int32') if isinstance(indices, layerscope.Value) and indices.dtype not in ('int32', 'int64') else convert(indices)
    if axis is None:
        return emit('Gather', emit('Reshape', x, [-1]), indices, axis=0)
    return emit('Gather', x, indices, axis=axis % len(x.shape))


@operation('TakeAlongAxis')
def take_along_axis(x, indices, axis=None):
    x, indices = convert(x), convert(indices)
    return emit('GatherElements', x, cast_tensor(indices, 'int64'), axis=0 if axis is None else axis % len(x.shape))


@operation('Where')
def where(condition, x1=None, x2=None):
    condition = cast_tensor(condition, 'bool')
    if x1 is None:
        return tuple([layerscope.gap('the indices of elements', condition, shape=[layerscope.symbol('found', 0)], dtype='int32', like=plain_class(condition)) for _ in condition.shape])
    if not isinstance(x1, layerscope.Value) and not isinstance(x2, layerscope.Value):
        x1 = convert(float(x1) if isinstance(x2, float) else x1)
    x1, x2 = align(x1, x2)
    for x in (x1, x2):
        if isinstance(x, layerscope.Value):
            check_broadcast(condition.shape, x.shape)
    return layerscope.operator('Where', condition, x1 if isinstance(x1, layerscope.Value) else convert(x1, x2.dtype), x2 if isinstance(x2, layerscope.Value) else convert(x2, x1.dtype),
                               like=plain_class(condition, x1, x2))


def nonzero(x):
    return where(x)


@operation('Tril')
def tril(x, k=0):
    return emit('Trilu', convert(x), layerscope.constant(k, 'int64'), upper=0)


@operation('Triu')
def triu(x, k=0):
    return emit('Trilu', convert(x), layerscope.constant(k, 'int64'), upper=1)


def diagonal(x, offset=0, axis1=0, axis2=1):
    kept = [size for place, size in enumerate(x.shape) if place not in (axis1 % len(x.shape), axis2 % len(x.shape))]
    return layerscope.gap('a diagonal', convert(x), shape=kept + [x.shape[axis1]], dtype=x.dtype, like=plain_class(x))


def diag(x, k=0):
    if len(x.shape) == 1:
        return layerscope.gap('a diagonal matrix', convert(x), shape=[x.shape[0] + k, x.shape[0] + k], dtype=x.dtype, like=plain_class(x))
    return diagonal(x, k)


def meshgrid(*x, indexing='xy'):
    xs = [convert(item) for item in x]
    shape = [count(item.shape) for item in xs]
    rank = len(xs)
    made = []
    for index, item in enumerate(xs):
        place = {0: 1, 1: 0}.get(index, index) if indexing == 'xy' and rank > 1 else index
        line = emit('Reshape', item, [1] * place + [-1] + [1] * (rank - place - 1))
        whole = [shape[1], shape[0]] + shape[2:] if indexing == 'xy' and rank > 1 else shape
        made.append(emit('Expand', line, whole))
    return made


# creation

def zeros(shape, dtype=None):
    return _filled(shape, 0, dtype)


def ones(shape, dtype=None):
    return _filled(shape, 1, dtype)


empty = zeros


def full(shape, fill_value, dtype=None):
    if isinstance(fill_value, layerscope.Value):
        return emit('Expand', convert(fill_value, dtype), sizes_of(shape))
    return _filled(shape, fill_value, dtype or ('int32' if isinstance(fill_value, int) and not isinstance(fill_value, bool) else None))


def _filled(shape, value, dtype):
    target = sizes_of(shape)
    dtype = standardize_dtype(dtype)
    made = layerscope.constant(value, dtype, like=Tensor)
    if not layerscope.is_known(target):
        return layerscope.data(None, dtype, 'a tensor of unknown shape', like=Tensor)
    return emit('Expand', made, target) if target else made


def zeros_like(x, dtype=None):
    x = convert(x)
    return _filled(x.shape, 0, dtype or x.dtype)


def ones_like(x, dtype=None):
    x = convert(x)
    return _filled(x.shape, 1, dtype or x.dtype)


empty_like = zeros_like


def full_like(x, fill_value, dtype=None):
    x = convert(x)
    return full(x.shape, fill_value, dtype or x.dtype)


def arange(start, stop=None, step=None, dtype=None):
    if stop is None:
        start, stop = 0, start
    step = 1 if step is None else step
    bounds = [layerscope.elements(bound) if isinstance(bound, layerscope.Value) else bound for bound in (start, stop, step)]
    if dtype is None:
        dtype = 'float32' if [bound for bound in bounds if isinstance(bound, float)] else 'int32'
    if any_unknown(bounds):
        return layerscope.data(None if not isinstance(bounds[1], int) else (-((bounds[0] - bounds[1]) // bounds[2]),), standardize_dtype(dtype), 'a range', like=Tensor)
    made = layerscope.operator('Range', *[layerscope.constant(bound, 'float32' if standardize_dtype(dtype) in FLOATS else 'int64') for bound in bounds], like=Tensor)
    return cast_tensor(made, dtype)


def any_unknown(values):
    return bool([value for value in values if not layerscope.is_known(value)])


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if isinstance(start, (int, float)) and isinstance(stop, (int, float)) and layerscope.is_known(num):
        steps = (num - 1 if num > 1 else 1) if endpoint else num
        return layerscope.constant([float(start + (stop - start) * index / steps) for index in range(num)], standardize_dtype(dtype), like=Tensor)
    return layerscope.data([num] + list(getattr(start, 'shape', ())), standardize_dtype(dtype), 'evenly spaced numbers', like=Tensor)


def eye(N, M=None, k=0, dtype=None):
    M = N if M is None else M
    dtype = standardize_dtype(dtype)
    if layerscope.is_known(N) and layerscope.is_known(M) and N * M <= 4096:
        return layerscope.constant([[1 if column == row + k else 0 for column in range(M)] for row in range(N)], dtype, like=Tensor)
    return layerscope.data((N, M), dtype, 'an identity matrix', like=Tensor)


def identity(n, dtype=None):
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=None):
    return tril(ones((N, N if M is None else M), dtype), k)


def array(x, dtype=None):
    return convert(x, dtype)


def copy(x):
    return emit('Identity', convert(x))


def conj(x):
    return convert(x)


real = conj


def size(x):
    return count(convert(x).shape)


def ndim(x):
    return len(convert(x).shape)


# products

@operation('Matmul')
def matmul(x1, x2):
    x1, x2 = align(convert(x1), convert(x2))
    if known_rank(x1) and known_rank(x2) and len(x1.shape) and len(x2.shape):
        inner = x2.shape[-2] if len(x2.shape) > 1 else x2.shape[0]
        error = ValueError(f"Inner dimensions (`x1.shape[-1]` and `x2.shape[-2]`) must be equal, but received x1.shape={x1.shape} and x2.shape={x2.shape}")
        error = layerscope.related(error, x1, f'the tensor of shape {x1.shape} is made here')
        layerscope.require(x1.shape[-1] == inner, layerscope.related(error, x2, f'the tensor of shape {x2.shape} is made here'))
        check_broadcast(x1.shape[:-2], x2.shape[:-2])
    return emit('MatMul', x1, x2)


@operation('Dot')
def dot(x1, x2):
    x1, x2 = align(convert(x1), convert(x2))
    if not len(x1.shape) or not len(x2.shape):
        return emit('Mul', x1, x2)
    if len(x2.shape) <= 2:
        return matmul(x1, x2)
    return tensordot(x1, x2, ([len(x1.shape) - 1], [len(x2.shape) - 2]))


def vdot(x1, x2):
    return sum(x1 * x2)


def inner(x1, x2):
    return tensordot(x1, x2, ([len(x1.shape) - 1], [len(x2.shape) - 1]))


def outer(x1, x2):
    return reshape(x1, [-1, 1]) * reshape(x2, [1, -1])


@operation('Tensordot')
def tensordot(x1, x2, axes=2):
    a, b = align(convert(x1), convert(x2))
    if isinstance(axes, int):
        left, right = list(range(len(a.shape) - axes, len(a.shape))), list(range(axes))
    else:
        left, right = axes_of(axes[0], len(a.shape)), axes_of(axes[1], len(b.shape))
    for p, q in zip(left, right):
        layerscope.require(a.shape[p] == b.shape[q], ValueError(f"shape-mismatch for sum: axis {p} of {a.shape} and axis {q} of {b.shape}"))
    rows = [axis for axis in range(len(a.shape)) if axis not in left]
    columns = [axis for axis in range(len(b.shape)) if axis not in right]
    flat_a = emit('Reshape', emit('Transpose', a, perm=rows + left), [count([a.shape[axis] for axis in rows]), count([a.shape[axis] for axis in left])])
    flat_b = emit('Reshape', emit('Transpose', b, perm=right + columns), [count([b.shape[axis] for axis in right]), count([b.shape[axis] for axis in columns])])
    return emit('Reshape', emit('MatMul', flat_a, flat_b), [a.shape[axis] for axis in rows] + [b.shape[axis] for axis in columns])


@operation('Einsum')
def einsum(subscripts, *operands, **kwargs):
    tensors = [convert(operand) for operand in operands]
    made = tensors[0]
    for tensor in tensors[1:]:
        made, _ = align(made, tensor)
    equation = subscripts.replace(' ', '')
    sizes = {}
    for term, tensor in zip(equation.split('->')[0].split(','), tensors):
        if '...' in term or not known_rank(tensor):
            continue
        if len(term) != len(tensor.shape):
            raise ValueError(f"einsum: the subscripts '{term}' have {len(term)} letters, but the operand has shape {tensor.shape}")
        for letter, length in zip(term, tensor.shape):
            if letter in sizes:
                layerscope.require(sizes[letter] == length, ValueError(f"einsum '{equation}': the letter '{letter}' stands for sizes {sizes[letter]} and {length}"))
            else:
                sizes[letter] = length
    return emit('Einsum', *[cast_tensor(tensor, made.dtype) if made.dtype is not None else tensor for tensor in tensors], equation=equation)


def cross(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None):
    return layerscope.gap('a cross product', convert(x1), convert(x2), shape=list(x1.shape), dtype=x1.dtype, like=plain_class(x1, x2))


def bincount(x, weights=None, minlength=0, sparse=False):
    return layerscope.gap('a count', convert(x), dtype='int32', like=plain_class(x))


def digitize(x, bins):
    return layerscope.gap('bins of numbers', convert(x), shape=list(x.shape), dtype='int32', like=plain_class(x))


def diff(a, n=1, axis=-1):
    for _ in range(n):
        before, after = [slice(None)] * len(a.shape), [slice(None)] * len(a.shape)
        before[axis], after[axis] = slice(None, -1), slice(1, None)
        a = a[tuple(after)] - a[tuple(before)]
    return a


def vectorize(pyfunc, *, excluded=None, signature=None):
    return pyfunc


def top_k(x, k, sorted=True):
    return tuple(record_function('TopK', lambda x: list(layerscope.operator('TopK', convert(x), [k], outputs=2, axis=-1, like=plain_class(x))), (x,), {}))
