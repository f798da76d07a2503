"""einops: patterns that name the axes of a tensor, for any framework."""
import layerscope

from .pattern import EinopsError, apply, fit, parse

__version__ = '0.8.2'


def _one(tensor):
    """A list of tensors is stacked along a new first axis."""
    if isinstance(tensor, (list, tuple)):
        return layerscope.operator('Concat', *[layerscope.operator('Unsqueeze', each, [0]) for each in tensor], axis=0)
    return tensor


def rearrange(tensor, pattern, **axes_lengths):
    return apply(pattern, _one(tensor), axes_lengths)


def reduce(tensor, pattern, reduction, **axes_lengths):
    return apply(pattern, _one(tensor), axes_lengths, reduction)


def repeat(tensor, pattern, **axes_lengths):
    return apply(pattern, _one(tensor), axes_lengths, 'repeat')


def einsum(*tensors_and_pattern):
    *tensors, pattern = tensors_and_pattern
    names, letters = {}, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

    def short(part):
        return ''.join([name if name == '...' else names.setdefault(name, letters[len(names)]) for name in part.split()])
    left, right = pattern.split('->')
    equation = ','.join([short(part) for part in left.split(',')]) + '->' + short(right)
    return layerscope.operator('Einsum', *tensors, equation=equation)


def parse_shape(x, pattern):
    names, sizes = fit(pattern, parse(pattern), x.shape, {})
    return {name: sizes[name] for name in names if name != '_'}


def asnumpy(tensor):
    return tensor.numpy() if hasattr(tensor, 'numpy') else tensor


def pack(tensors, pattern):
    axes = pattern.split()
    before, after = axes.index('*'), len(axes) - axes.index('*') - 1
    shapes, flat = [], []
    for tensor in tensors:
        shape = list(tensor.shape)
        inner = shape[before:len(shape) - after]
        shapes.append(tuple(inner))
        count = 1
        for size in inner:
            count = count * size
        flat.append(layerscope.operator('Reshape', tensor, shape[:before] + [count] + shape[len(shape) - after:], allowzero=1))
    return layerscope.operator('Concat', *flat, axis=before) if len(flat) > 1 else flat[0], shapes


def unpack(tensor, packed_shapes, pattern):
    axes = pattern.split()
    before = axes.index('*')
    counts = []
    for inner in packed_shapes:
        count = 1
        for size in inner:
            count = count * size
        counts.append(count)
    parts = layerscope.operator('Split', tensor, counts, axis=before, outputs=len(counts)) if len(counts) > 1 else (tensor,)
    shape = list(tensor.shape)
    return [layerscope.operator('Reshape', part, shape[:before] + list(inner) + shape[before + 1:], allowzero=1) for part, inner in zip(parts, packed_shapes)]
