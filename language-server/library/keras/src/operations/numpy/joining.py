"""keras.ops after NumPy: tensors into one and one into several."""
import layerscope

from keras.src.backend.tensors import align, cast as cast_tensor, convert, plain_class, same_shape
from keras.src.operations.core import axes_of, emit, known_rank, operation, sizes_of
from keras.src.operations.numpy.shaping import expand_dims, reshape


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
        same = len(x.shape) == rank and same_shape(_without(x.shape, position), _without(xs[0].shape, position))
        if not same:
            error = ValueError(f"Every value in `xs` must have the same shape except on the `axis` dim. But found element of shape {x.shape}, which is different from the first element's shape {xs[0].shape}.")
            raise layerscope.related(layerscope.related(error, xs[0], f'the tensor of shape {xs[0].shape} is made here'), x, f'the tensor of shape {x.shape} is made here')
    return emit('Concat', *xs, axis=position)


def _without(shape, position):
    return list(shape[:position]) + list(shape[position + 1:])


@operation('Stack')
def stack(x, axis=0):
    xs = [convert(item) for item in x]
    for item in xs[1:]:
        if known_rank(item) and known_rank(xs[0]) and (len(item.shape) != len(xs[0].shape) or not same_shape(item.shape, xs[0].shape)):
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
