"""Operations that read or write parts of a tensor."""
import layerscope

from .. import types
from .checks import cast, dimension, dtype_name, gap, is_tensor, list_text, operator, product, typed
from .shaping import expand, reshape_to

END = 2 ** 63 - 1


def narrow(input, dim, start, length):
    dim = dimension(dim, len(input.shape))
    start = start.item() if is_tensor(start) else start
    size = input.shape[dim]
    layerscope.require(length >= 0, RuntimeError('narrow(): length must be non-negative.'))
    layerscope.require(start >= -size, IndexError(f'Dimension out of range (expected to be in range of [{-size}, {size}], but got {start})'))
    start = start + size if layerscope.is_known(start) and start < 0 else start
    layerscope.require(start + length <= size, RuntimeError(f'start ({start}) + length ({length}) exceeds dimension size ({size}).'))
    return operator('Slice', input, [start], [start + length], [dim])


def select(input, dim, index):
    dim = dimension(dim, len(input.shape))
    size = input.shape[dim]
    if not is_tensor(index):
        layerscope.require(index < size, IndexError(f'select(): index {index} out of range for tensor of size {list_text(input.shape)} at dimension {dim}'))
        layerscope.require(index >= -size, IndexError(f'select(): index {index} out of range for tensor of size {list_text(input.shape)} at dimension {dim}'))
        index = layerscope.constant(index, dtype='int64', like=plain_class(input))
    return operator('Gather', input, index, axis=dim)


def plain_class(tensor):
    return getattr(tensor, '__layerscope_tensor__', tensor.__class__)


def index_select(input, dim, index, *, out=None):
    dim = dimension(dim, len(input.shape))
    if len(index.shape) > 1:
        raise IndexError('index_select(): Index is supposed to be a vector')
    _check_index(index, 'index_select()')
    index = cast(index, types.int64)
    return operator('Gather', input, operator('Reshape', index, [1]) if len(index.shape) == 0 else index, axis=dim)


def gather(input, dim, index, *, sparse_grad=False, out=None):
    if typed(index) and index.dtype not in (types.int64, types.int32):
        raise RuntimeError('gather(): Expected dtype int32/int64 for index')
    if len(index.shape) != len(input.shape):
        raise RuntimeError('Index tensor must have the same number of dimensions as input tensor')
    dim = dimension(dim, len(input.shape))
    for axis in range(len(input.shape)):
        if axis != dim:
            layerscope.require(index.shape[axis] <= input.shape[axis], RuntimeError(
                f'Size does not match at dimension {axis} expected index {list_text(index.shape)} to be no larger than self {list_text(input.shape)} apart from dimension {dim}'))
    return operator('GatherElements', _cropped(input, index, dim), cast(index, types.int64), axis=dim)


def _cropped(input, index, dim):
    """ONNX indexes elements of tensors that agree in all other dimensions' extent."""
    axes = [axis for axis in range(len(input.shape)) if axis != dim and _differs(index.shape[axis], input.shape[axis])]
    return operator('Slice', input, [0] * len(axes), [index.shape[axis] for axis in axes], axes) if axes else input


def _differs(one, other):
    same = one == other
    return layerscope.is_known(same) and not same


def take_along_dim(input, indices, dim=None):
    if dim is None:
        return gather(reshape_to(input, [-1]), 0, reshape_to(indices, [-1]))
    return gather(input, dim, indices)


def take(input, index):
    return operator('Gather', reshape_to(input, [-1]), index, axis=0)


def _source(input, index, value):
    if is_tensor(value):
        return cast(value, input.dtype) if typed(input) else value
    filled = layerscope.constant(value, dtype=input.dtype.name if typed(input) else None, like=plain_class(input))
    return operator('Expand', filled, operator('Shape', index))


def scatter(input, dim, index, src=None, *, value=None, reduce=None):
    dim = dimension(dim, len(input.shape))
    if typed(index) and index.dtype not in (types.int64, types.int32):
        raise RuntimeError('scatter(): Expected dtype int32/int64 for index')
    if len(index.shape) != len(input.shape):
        raise RuntimeError('Index tensor must have the same number of dimensions as self tensor')
    given = value if src is None else src
    if is_tensor(given):
        if typed(given) and typed(input) and given.dtype is not input.dtype:
            raise RuntimeError('scatter(): Expected self.dtype to be equal to src.dtype')
        for axis in range(len(index.shape)):
            layerscope.require(index.shape[axis] <= given.shape[axis], RuntimeError(
                f'Expected index {list_text(index.shape)} to be no larger than src {list_text(given.shape)} apart from dimension {dim}'))
        axes = [axis for axis in range(len(index.shape)) if _differs(index.shape[axis], given.shape[axis])]
        if axes:
            given = operator('Slice', given, [0] * len(axes), [index.shape[axis] for axis in axes], axes)
    reduction = {'add': 'add', 'multiply': 'mul', 'sum': 'add', 'prod': 'mul', 'amax': 'max', 'amin': 'min'}.get(reduce, 'none')
    return operator('ScatterElements', input, cast(index, types.int64), _source(input, index, given), axis=dim, reduction=reduction)


def scatter_add(input, dim, index, src):
    return scatter(input, dim, index, src, reduce='add')


def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    if reduce == 'mean' or not include_self:
        return gap(f'scatter_reduce with reduce={reduce!r}', input, index, src, shape=list(input.shape), dtype=input.dtype.name)
    return scatter(input, dim, index, src, reduce=reduce)


def _along_rows(input, dim, index, source, reduction):
    """Scatters whole slices along a dimension."""
    dim = dimension(dim, len(input.shape))
    shape = list(source.shape)
    column = reshape_to(index, [index.shape[0] if axis == dim else 1 for axis in range(len(shape))])
    return operator('ScatterElements', input, operator('Expand', cast(column, types.int64), shape), source, axis=dim, reduction=reduction)


def _check_index(index, name):
    if typed(index) and index.dtype not in (types.int64, types.int32):
        raise RuntimeError(f'{name}: Expected dtype int32/int64 for index but got: {dtype_name(index)}')


def index_add(input, dim, index, source, *, alpha=1):
    _check_index(index, 'index_add_()')
    return _along_rows(input, dim, index, source if alpha == 1 else source * alpha, 'add')


def index_copy(input, dim, index, source):
    _check_index(index, 'index_copy_()')
    return _along_rows(input, dim, index, source, 'none')


def index_fill(input, dim, index, value):
    _check_index(index, 'index_fill_()')
    shape = list(input.shape)
    shape[dim] = index.shape[0]
    filled = layerscope.constant(value, dtype=input.dtype.name, like=plain_class(input))
    return _along_rows(input, dim, index, operator('Expand', filled, shape), 'none')


def masked_select(input, mask):
    shape = list(input.shape)
    return operator('Compress', reshape_to(input, [-1]), reshape_to(expand(mask, shape), [-1]), axis=0)


def masked_scatter(input, mask, source):
    return gap('masked_scatter', input, mask, source, shape=list(input.shape), dtype=input.dtype.name)


def nonzero(input, *, as_tuple=False):
    found = operator('NonZero', input)
    if not as_tuple:
        return operator('Transpose', found, perm=[1, 0])
    return tuple([select(found, 0, axis) for axis in range(len(input.shape))])


def argwhere(input):
    return nonzero(input)


def flip(input, *axes, dims=None):
    from .checks import dimensions, spread
    if dims is None and len(axes) == 0:
        raise TypeError('flip() missing 1 required positional arguments: "dims"')
    axes = dimensions(spread(axes if dims is None else (dims,)), len(input.shape))
    if not axes:
        return input
    return operator('Slice', input, [-1] * len(axes), [-END] * len(axes), axes, [-1] * len(axes))


def fliplr(input):
    return flip(input, 1)


def flipud(input):
    return flip(input, 0)


def roll(input, shifts, dims=None):
    from .joining import cat
    if dims is None:
        return reshape_to(roll(reshape_to(input, [-1]), shifts, 0), list(input.shape))
    shifts = [shifts] if isinstance(shifts, int) else list(shifts)
    dims = [dims] if isinstance(dims, int) else list(dims)
    if len(shifts) != len(dims):
        raise RuntimeError(f'shifts and dimensions must align. shifts: {len(shifts)}, dims:{len(dims)}')
    for shift, dim in zip(shifts, dims):
        dim = dimension(dim, len(input.shape))
        if layerscope.is_known(shift) and shift == 0:
            continue
        # the last `shift` slices come to the front
        size = input.shape[dim]
        known = layerscope.is_known(size) and layerscope.is_known(shift)
        cut = shift % size if known else shift
        if known and cut == 0:
            continue
        input = cat([operator('Slice', input, [-cut], [END], [dim]), operator('Slice', input, [0], [-cut], [dim])], dim)
    return input


def rot90(input, k=1, dims=(0, 1)):
    from .shaping import transpose
    k = k % 4
    if k == 0:
        return input
    if k == 2:
        return flip(flip(input, dims[0]), dims[1])
    turned = transpose(input, dims[0], dims[1])
    return flip(turned, dims[0] if k == 1 else dims[1])


def unfold(self, dimension_, size, step):
    """Windows of `size` along a dimension, as a new last dimension."""
    from .creation import arange
    dim = dimension(dimension_, len(self.shape))
    layerscope.require(size <= self.shape[dim], RuntimeError(f'maximum size for tensor at dimension {dim} is {self.shape[dim]} but size is {size}'))
    count = (self.shape[dim] - size) // step + 1
    starts = reshape_to(arange(count) * step, [count, 1])
    windows = operator('Gather', self, starts + reshape_to(arange(size), [1, size]), axis=dim)
    order = list(range(len(self.shape) + 1))
    order.append(order.pop(dim + 1))
    return operator('Transpose', windows, perm=order)


def diagonal(input, offset=0, dim1=0, dim2=1):
    from .creation import arange
    from .shaping import movedim
    moved = movedim(input, [dim1, dim2], [-2, -1])
    rows, columns = moved.shape[-2], moved.shape[-1]
    size = min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns)
    positions = arange(size) * (columns + 1) + (offset if offset >= 0 else -offset * columns)
    flat = reshape_to(moved, list(moved.shape)[:-2] + [rows * columns])
    return operator('Gather', flat, positions, axis=-1)


def diag(input, diagonal_=0):
    if len(input.shape) == 2:
        return diagonal(input, diagonal_)
    return diag_embed(input, diagonal_)


def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    from .creation import eye
    size = input.shape[-1] + abs(offset)
    if offset:
        return gap('diagonals beside the main one', input, shape=list(input.shape)[:-1] + [size, size], dtype=input.dtype.name)
    return operator('Mul', operator('Unsqueeze', input, [-1]), eye(size, dtype=input.dtype))


def _triangle(upper):
    def triangle(input, diagonal=0, *, out=None):
        if len(input.shape) < 2:
            raise RuntimeError(f'{"triu" if upper else "tril"}: input tensor must have at least 2 dimensions')
        return operator('Trilu', input, layerscope.constant(diagonal, dtype='int64', like=plain_class(input)), upper=upper)
    return triangle


triu, tril = _triangle(1), _triangle(0)


def bucketize(input, boundaries, *, out_int32=False, right=False):
    return searchsorted(boundaries, input, right=right)


def searchsorted(sorted_sequence, values, *, out_int32=False, right=False, side=None):
    column = operator('Unsqueeze', values, [-1])
    below = operator('LessOrEqual' if right or side == 'right' else 'Less', sorted_sequence, column)
    return operator('ReduceSum', cast(below, types.int64), [-1], keepdims=0)


def isin(elements, test_elements, *, invert=False):
    found = operator('Equal', operator('Unsqueeze', elements, [-1]), reshape_to(test_elements, [-1]))
    result = cast(operator('ReduceMax', cast(found, types.int32), [-1], keepdims=0), types.bool_)
    return operator('Not', result) if invert else result


def numel(input):
    return product(input.shape)
