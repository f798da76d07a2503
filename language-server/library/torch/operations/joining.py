"""Operations that put tensors together and take them apart."""
import layerscope

from .. import types
from .checks import cast, dimension, gap, is_tensor, list_text, numpy_names, operator, ranked, typed
from .shaping import atleast_1d, reshape_to, unsqueeze


def _common(tensors, name):
    """The tensors as one dtype."""
    tensors = list(tensors)
    if len(tensors) == 0:
        raise RuntimeError(f'{name} expects a non-empty TensorList')
    for position, each in enumerate(tensors):
        number = isinstance(each, (int, float))
        if not is_tensor(each) and (layerscope.is_known(each) or layerscope.is_known(number) and number):
            raise TypeError(f'expected Tensor as element {position} in argument 0, but got {type(each).__name__}')
    dtype = None
    for each in tensors:
        if not is_tensor(each) or not typed(each):
            return tensors
        dtype = each.dtype if dtype is None else types.promote(dtype, each.dtype)
    return [cast(each, dtype) for each in tensors]


@numpy_names
def cat(tensors, dim=0, *, out=None):
    if not isinstance(tensors, (list, tuple)) and not layerscope.is_known(tensors):
        return gap('concatenation of a list that is not known')
    tensors = _common(tensors, 'torch.cat():')
    # tensors of shape (0,) are skipped, whatever the others look like
    parts = [each for each in tensors if not (is_tensor(each) and ranked(each) and list(each.shape) == [0])] or tensors[:1]
    first = parts[0]
    if is_tensor(first) and ranked(first):
        rank = len(first.shape)
        if rank == 0:
            raise RuntimeError('zero-dimensional tensor (at position 0) cannot be concatenated')
        dim = dimension(dim, rank)
        for position, each in enumerate(parts):
            if not is_tensor(each) or not ranked(each):
                continue
            if len(each.shape) != rank:
                raise RuntimeError(f'Tensors must have same number of dimensions: got {rank} and {len(each.shape)}')
            for axis in range(rank):
                if axis != dim:
                    error = RuntimeError(f'Sizes of tensors must match except in dimension {dim}. Expected size {first.shape[axis]} but got size {each.shape[axis]} '
                                         f'for tensor number {position} in the list.')
                    layerscope.related(error, first, f'tensor number 0 has shape {tuple(first.shape)}')
                    layerscope.require(each.shape[axis] == first.shape[axis], layerscope.related(error, each, f'tensor number {position} has shape {tuple(each.shape)}'))
    if len(parts) == 1:
        return first
    return operator('Concat', *parts, axis=dim)


concat = concatenate = cat


@numpy_names
def stack(tensors, dim=0, *, out=None):
    tensors = _common(tensors, 'stack')
    first = tensors[0]
    if not (is_tensor(first) and ranked(first)):
        return gap('stack of tensors of unknown rank', *tensors)
    dim = dimension(dim, len(first.shape) + 1)
    for position, each in enumerate(tensors):
        same = RuntimeError(f'stack expects each tensor to be equal size, but got {list_text(first.shape)} at entry 0 and {list_text(each.shape)} at entry {position}')
        if len(each.shape) != len(first.shape):
            raise same
        for own, other in zip(each.shape, first.shape):
            layerscope.require(own == other, same)
    return operator('Concat', *[operator('Unsqueeze', each, [dim]) for each in tensors], axis=dim)


def hstack(tensors):
    tensors = atleast_1d(*tensors) if len(tensors) > 1 else [atleast_1d(*tensors)]
    return cat(tensors, 0 if len(tensors[0].shape) == 1 else 1)


def vstack(tensors):
    return cat([unsqueeze(each, 0) if len(each.shape) == 1 else each for each in tensors], 0)


def dstack(tensors):
    return cat([reshape_to(each, list(each.shape) + [1]) if len(each.shape) == 2 else each for each in tensors], 2)


row_stack = vstack


def column_stack(tensors):
    return cat([unsqueeze(each, 1) if len(each.shape) == 1 else each for each in tensors], 1)


def _parts(input, sizes, dim):
    if len(sizes) == 1:
        return (input,)
    return operator('Split', input, sizes, axis=dim, outputs=len(sizes))


@numpy_names
def split(tensor, split_size_or_sections, dim=0):
    if not ranked(tensor):
        sections = split_size_or_sections
        if isinstance(sections, (list, tuple)):
            return operator('Split', tensor, list(sections), axis=dim, outputs=len(sections))
        return layerscope.unknown('the number of parts of a tensor of unknown rank')
    dim = dimension(dim, len(tensor.shape))
    size = tensor.shape[dim]
    if isinstance(split_size_or_sections, (list, tuple)):
        sections = list(split_size_or_sections)
        layerscope.require(sum(sections) == size, RuntimeError(
            f'split_with_sizes expects split_sizes to sum exactly to {size} (input tensor\'s size at dimension {dim}), but got split_sizes={list_text(sections)}'))
        return tuple(_parts(tensor, sections, dim))
    return _equal(tensor, split_size_or_sections, dim)


split_with_sizes = split


def _equal(tensor, each, dim):
    """Parts of `each` elements, the last one smaller."""
    size = tensor.shape[dim]
    count = -(-size // each)
    if not layerscope.is_known(count):
        return layerscope.unknown(f'the number of parts of {each} elements depends on the size {size}')
    if count <= 1:
        return (tensor,)
    return tuple(_parts(tensor, [each] * (count - 1) + [size - each * (count - 1)], dim))


@numpy_names
def chunk(input, chunks, dim=0):
    if chunks <= 0:
        raise RuntimeError(f'chunk expects `chunks` to be greater than 0, got: {chunks}')
    if not ranked(input):
        return operator('Split', input, axis=dim, num_outputs=chunks, outputs=chunks)
    dim = dimension(dim, len(input.shape))
    size = input.shape[dim]
    each = -(-size // chunks)
    if not layerscope.is_known(size):
        # a symbolic size is taken to divide: each part has the same
        layerscope.require(size % chunks == 0, RuntimeError(f'{size} elements do not divide into {chunks} chunks'))
        return tuple(_parts(input, [size // chunks] * chunks, dim))
    if size == 0:
        return tuple([input] * chunks)
    return _equal(input, each, dim)


def tensor_split(input, indices_or_sections=None, dim=0, *, indices=None, sections=None):
    if indices_or_sections is None:
        indices_or_sections = indices if indices is not None else sections
    dim = dimension(dim, len(input.shape))
    size = input.shape[dim]
    if isinstance(indices_or_sections, int):
        count = indices_or_sections
        sizes = [size // count + (1 if position < size % count else 0) for position in range(count)]
    else:
        edges = [0] + list(indices_or_sections) + [size]
        sizes = [end - start for start, end in zip(edges[:-1], edges[1:])]
    return tuple(_parts(input, sizes, dim))


@numpy_names
def unbind(input, dim=0):
    dim = dimension(dim, len(input.shape))
    count = input.shape[dim]
    if not layerscope.is_known(count):
        return layerscope.unknown(f'the number of slices along a dimension of {count} elements')
    return tuple([operator('Squeeze', part, [dim]) for part in _parts(input, [1] * count, dim)])


def meshgrid(*tensors, indexing=None):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tensors[0]
    grids = list(tensors)
    if indexing == 'xy' and len(grids) > 1:
        grids[0], grids[1] = grids[1], grids[0]
    sizes = [each.shape[0] if len(each.shape) else 1 for each in grids]
    made = []
    for position, each in enumerate(grids):
        column = reshape_to(each, [sizes[position] if axis == position else 1 for axis in range(len(grids))])
        made.append(operator('Expand', column, sizes))
    if indexing == 'xy' and len(grids) > 1:
        made[0], made[1] = made[1], made[0]
        made = [operator('Transpose', each, perm=[1, 0] + list(range(2, len(grids)))) for each in made]
    return tuple(made)


def block_diag(*tensors):
    return gap('torch.block_diag', *tensors, shape=[sum([each.shape[0] for each in tensors]), sum([each.shape[1] for each in tensors])], dtype='float32')


def cartesian_prod(*tensors):
    grids = meshgrid(*tensors, indexing='ij')
    return stack([reshape_to(each, [-1]) for each in grids], 1)
