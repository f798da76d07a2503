"""Operations that change the shape and keep the elements, or repeat them."""
import layerscope

from .. import types
from .checks import dimension, dimensions, gap, is_tensor, list_text, numpy_names, operator, product, ranked, spread
from .strides import check_view, permuted


def sizes_from(sizes):
    """Sizes for a shape: ints, symbolic ints, scalar tensors."""
    return [size.item() if is_tensor(size) else size for size in spread(sizes)]


def view(self, *shape, size=None, dtype=None):
    if size is not None or dtype is not None:
        shape = (size if dtype is None else dtype,)
    if len(shape) == 1 and isinstance(shape[0], types.dtype):
        return _view_type(self, shape[0])
    sizes = sizes_from(shape)
    check_view(self, sizes)
    return reshape_to(self, sizes)


def _view_type(self, dtype):
    shape = list(self.shape)
    if dtype.itemsize != self.dtype.itemsize:
        shape[-1] = shape[-1] * self.dtype.itemsize // dtype.itemsize
    return gap('the bytes of a tensor seen as another type', self, shape=shape, dtype=dtype.name)


def reshape(input, *sizes, shape=None):
    return reshape_to(input, sizes_from(sizes if shape is None else (shape,)))


def reshape_to(input, sizes):
    if not ranked(input):
        return operator('Reshape', input, sizes, allowzero=1)
    open_dimensions = 0
    for size in sizes:
        if isinstance(size, float):
            raise TypeError("reshape(): argument 'shape' must be tuple of ints, but found element of type float")
        if layerscope.is_known(size):
            if size == -1:
                open_dimensions += 1
            elif size < -1:
                raise RuntimeError(f'invalid shape dimension {size}')
    if open_dimensions > 1:
        raise RuntimeError('only one dimension can be inferred')
    if sizes == []:
        layerscope.require(product(input.shape) == 1, misfit(input, sizes))
        return operator('Reshape', input, layerscope.constant([], dtype='int64', like=type(input)))
    try:
        return operator('Reshape', input, sizes, allowzero=1)
    except layerscope.ShapeError:
        error = misfit(input, sizes)
    raise layerscope.related(error, input, f'the tensor of shape {tuple(input.shape)}')


def misfit(input, sizes):
    return RuntimeError(f"shape '{list_text(sizes)}' is invalid for input of size {product(input.shape)}")


def view_as(self, other):
    return view(self, list(other.shape))


def reshape_as(self, other):
    return reshape_to(self, list(other.shape))


def flatten(input, start_dim=0, end_dim=-1):
    if not ranked(input):
        if start_dim == 1 and end_dim == -1:
            return operator('Flatten', input)
        return gap('flatten of a tensor of unknown rank', input)
    rank = len(input.shape)
    start, end = dimension(start_dim, rank), dimension(end_dim, rank)
    if start > end:
        raise RuntimeError('flatten() has invalid args: start_dim cannot come after end_dim')
    if rank == 0:
        return operator('Reshape', input, [1])
    if start == 1 and end == rank - 1 and rank > 1:
        return operator('Flatten', input)
    if start == end:
        return input
    shape = list(input.shape)
    return operator('Reshape', input, shape[:start] + [product(shape[start:end + 1])] + shape[end + 1:])


def ravel(input):
    return flatten(input)


def unflatten(input, dim, sizes):
    rank = len(input.shape)
    dim = dimension(dim, rank)
    sizes = sizes_from((sizes,))
    shape = list(input.shape)
    if -1 not in [size for size in sizes if layerscope.is_known(size)]:
        layerscope.require(product(sizes) == shape[dim], RuntimeError(
            f'unflatten: Provided sizes {list_text(sizes)} don\'t multiply up to the size of dim {dim} ({shape[dim]}) in the input tensor'))
    else:
        rest = product([size for size in sizes if not (layerscope.is_known(size) and size == -1)])
        layerscope.require(shape[dim] % rest == 0, RuntimeError(
            f'unflatten: Provided sizes {list_text(sizes)} don\'t multiply up to the size of dim {dim} ({shape[dim]}) in the input tensor'))
        sizes = [shape[dim] // rest if layerscope.is_known(size) and size == -1 else size for size in sizes]
    return operator('Reshape', input, shape[:dim] + sizes + shape[dim + 1:])


def permute(input, *order, dims=None):
    dims = spread(order if dims is None else (dims,))
    if not ranked(input):
        return operator('Transpose', input, perm=[dim + len(dims) if dim < 0 else dim for dim in dims])
    if len(dims) != len(input.shape):
        raise RuntimeError('permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions '
                           f'i.e. input.dim() = {len(input.shape)} is not equal to len(dims) = {len(dims)}')
    order = []
    for dim in dims:
        dim = dimension(dim, len(dims))
        if dim in order:
            raise RuntimeError('permute(): duplicate dims are not allowed.')
        order.append(dim)
    return permuted(operator('Transpose', input, perm=order), input, order)


def transpose(input, dim0, dim1):
    if not ranked(input):
        return gap('transpose of a tensor of unknown rank', input)
    rank = len(input.shape)
    one, other = dimension(dim0, rank), dimension(dim1, rank)
    order = list(range(rank))
    if rank == 0 or one == other:
        return input
    order[one], order[other] = other, one
    return permuted(operator('Transpose', input, perm=order), input, order)


swapaxes = swapdims = transpose


def t(input):
    if len(input.shape) > 2:
        raise RuntimeError(f't() expects a tensor with <= 2 dimensions, but self is {len(input.shape)}D')
    return transpose(input, 0, 1) if len(input.shape) == 2 else input


def movedim(input, source, destination):
    rank = len(input.shape)
    sources, destinations = dimensions(source, rank), dimensions(destination, rank)
    order = [dim for dim in range(rank) if dim not in sources]
    for target, origin in sorted(zip(destinations, sources)):
        order.insert(target, origin)
    return permuted(operator('Transpose', input, perm=order), input, order)


moveaxis = movedim


@numpy_names
def squeeze(input, dim=None):
    if not ranked(input):
        return gap('squeeze of a tensor of unknown rank', input)
    shape = list(input.shape)
    dims = list(range(len(shape))) if dim is None else dimensions(dim, len(shape))
    if dim is None:
        dims = [each for each in dims if layerscope.is_known(shape[each]) and shape[each] == 1]
    else:
        # an axis that is named is meant to go
        dims = [each for each in dims if len(shape) > each and layerscope.presume(shape[each] == 1)]
    return operator('Squeeze', input, dims) if dims else input


@numpy_names
def unsqueeze(input, dim):
    if not ranked(input):
        return operator('Unsqueeze', input, [dim])
    return operator('Unsqueeze', input, [dimension(dim, len(input.shape) + 1)])


def expand(self, *sizes, size=None, implicit=False):
    sizes = sizes_from(sizes if size is None else (size,))
    if not ranked(self):
        return operator('Expand', self, sizes)
    shape = list(self.shape)
    if len(sizes) < len(shape):
        raise RuntimeError(f'expand({dtype_text(self)}{{{list_text(shape)}}}, size={list_text(sizes)}): the number of sizes provided ({len(sizes)}) '
                           f'must be greater or equal to the number of dimensions in the tensor ({len(shape)})')
    offset = len(sizes) - len(shape)
    target = []
    for position, size in enumerate(sizes):
        own = shape[position - offset] if position >= offset else 1
        if layerscope.is_known(size) and size == -1:
            if position < offset:
                raise RuntimeError(f'expand({dtype_text(self)}{{{list_text(shape)}}}, size={list_text(sizes)}): The expanded size of the tensor (-1) isn\'t allowed in a leading, '
                                   f'non-existing dimension {position}')
            target.append(own)
            continue
        if not (layerscope.is_known(own) and own == 1):
            layerscope.require(size == own, RuntimeError(
                f'The expanded size of the tensor ({size}) must match the existing size ({own}) at non-singleton dimension {position}.  '
                f'Target sizes: {list_text(sizes)}.  Tensor sizes: {list_text(shape)}'))
        target.append(size)
    return operator('Expand', self, target)


def dtype_text(tensor):
    return 'torch.' + {'float32': 'FloatTensor', 'int64': 'LongTensor', 'bool': 'BoolTensor', 'float64': 'DoubleTensor'}.get(tensor.dtype.name, 'Tensor')


def expand_as(self, other):
    return expand(self, list(other.shape))


def broadcast_to(input, size):
    return expand(input, size)


def broadcast_shapes(*shapes):
    rank = max([len(shape) for shape in shapes])
    result = []
    for offset in range(rank, 0, -1):
        size = 1
        for shape in shapes:
            own = shape[-offset] if len(shape) >= offset else 1
            if layerscope.is_known(own) and own == 1:
                continue
            if not (layerscope.is_known(size) and size == 1):
                layerscope.require(own == size, RuntimeError('Shape mismatch: objects cannot be broadcast to a single shape'))
            size = own
        result.append(size)
    return types.Size(result)


def broadcast_tensors(*tensors):
    shape = broadcast_shapes(*[tensor.shape for tensor in tensors])
    return [expand(tensor, shape) for tensor in tensors]


def repeat(self, *sizes, repeats=None):
    sizes = sizes_from(sizes if repeats is None else (repeats,))
    shape = list(self.shape)
    if len(sizes) < len(shape):
        raise RuntimeError('Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor')
    extra = len(sizes) - len(shape)
    grown = operator('Reshape', self, [1] * extra + shape) if extra else self
    return operator('Tile', grown, sizes) if sizes else self


def tile(input, *sizes, dims=None):
    dims = sizes_from(sizes if dims is None else (dims,))
    missing = len(input.shape) - len(dims)
    return repeat(input, [1] * missing + dims if missing > 0 else dims)


def repeat_interleave(input, repeats, dim=None, *, output_size=None):
    if dim is None:
        input, dim = flatten(input), 0
    dim = dimension(dim, len(input.shape))
    shape = list(input.shape)
    if is_tensor(repeats):
        if len(repeats.shape) == 0 or (len(repeats.shape) == 1 and layerscope.is_known(repeats.shape[0]) and repeats.shape[0] == 1):
            repeats = repeats.sum().item()
        else:
            total = repeats.sum().item()
            size = output_size if output_size is not None else total if layerscope.is_known(total) else layerscope.symbol('repeats')
            return gap('repeat_interleave by a tensor', input, repeats, shape=shape[:dim] + [size] + shape[dim + 1:], dtype=input.dtype.name)
    times = [1] * (len(shape) + 1)
    times[dim + 1] = repeats
    tiled = operator('Tile', operator('Unsqueeze', input, [dim + 1]), times)
    return operator('Reshape', tiled, shape[:dim] + [shape[dim] * repeats] + shape[dim + 1:])


def atleast_1d(*tensors):
    made = [operator('Unsqueeze', each, [0]) if len(each.shape) == 0 else each for each in spread(tensors)]
    return made[0] if len(made) == 1 else tuple(made)


def view_as_real(input):
    return gap('complex tensors are not followed', input, shape=list(input.shape) + [2], dtype='float32')


def view_as_complex(input):
    if not ranked(input):
        return gap('complex tensors are not followed', input, dtype='complex64')
    if len(input.shape) == 0:
        raise RuntimeError('Input tensor must have one or more dimensions')
    layerscope.require(input.shape[-1] == 2, RuntimeError(f'Tensor must have a last dimension of size 2: its shape is {tuple(input.shape)}'))
    return gap('complex tensors are not followed', input, shape=list(input.shape)[:-1], dtype='complex64')
