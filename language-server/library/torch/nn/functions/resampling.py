"""Padding, interpolation, sampling on grids and shuffles between channels and space."""
import layerscope

from ...operations.checks import gap, is_tensor, list_text, operator, ranked, typed
from ...operations.shaping import reshape_to
from .convolution import each


def pad(input, pad, mode='constant', value=None):
    amounts = list(pad)
    if len(amounts) % 2 != 0:
        raise RuntimeError('Padding length must be divisible by 2')
    if not ranked(input):
        return gap('padding of a tensor of unknown rank', input)
    rank, count = len(input.shape), len(amounts) // 2
    if count > rank:
        raise RuntimeError(f'Padding length should be less than or equal to two times the input dimension but got padding length {len(amounts)} and input of dimension {rank}')
    if mode != 'constant':
        if mode not in ('reflect', 'replicate', 'circular'):
            raise NotImplementedError(f'Unrecognised padding mode {mode}')
        if not (rank == count + 1 or rank == count + 2):
            raise NotImplementedError('Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now')
        if value is not None and value != 0:
            raise ValueError(f'Padding mode "{mode}" doesn\'t take in value argument')
    # pairs come from the last dimension backwards
    axes = [rank - 1 - position for position in range(count)]
    before, after = amounts[0::2], amounts[1::2]
    for axis, low, high in zip(axes, before, after):
        size = input.shape[axis]
        if mode == 'reflect':
            error = RuntimeError(f'Argument #4: Padding size should be less than the corresponding input dimension, but got: padding ({low}, {high}) at dimension {axis} of input {list_text(input.shape)}')
            layerscope.require(low < size, error)
            layerscope.require(high < size, error)
        elif mode == 'circular':
            layerscope.require(low <= size, RuntimeError('Padding value causes wrapping around more than once.'))
            layerscope.require(high <= size, RuntimeError('Padding value causes wrapping around more than once.'))
        layerscope.require(size + low + high >= 0, RuntimeError(
            f'The input size {size}, plus negative padding {low} and {high} resulted in a negative output size, which is invalid. Check dimension {axis} of your input.'))
    if all([layerscope.is_known(amount) and amount == 0 for amount in amounts]):
        return input
    if mode == 'constant':
        fill = layerscope.constant(value or 0, dtype=input.dtype.name if typed(input) else None, like=layerscope.Value)
        return operator('Pad', input, before + after, fill, axes)
    onnx = {'reflect': 'reflect', 'replicate': 'edge', 'circular': 'wrap'}[mode]
    return operator('Pad', input, before + after, None, axes, mode=onnx)


def interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False):
    wanted = {'linear': 3, 'bilinear': 4, 'bicubic': 4, 'trilinear': 5}.get(mode)
    layerscope.expect(input, (None,) * wanted if wanted else (None, None, None, None))
    if mode in ('nearest', 'area', 'nearest-exact'):
        if align_corners is not None:
            raise ValueError('align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear')
    elif wanted is None:
        raise NotImplementedError(f'Input Error: Only 3D, 4D and 5D input Tensors supported (got {len(input.shape)}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area | nearest-exact (got {mode})')
    if not ranked(input):
        return gap('interpolation of a tensor of unknown rank', input)
    rank = len(input.shape) - 2
    if rank not in (1, 2, 3):
        raise NotImplementedError(f'Input Error: Only 3D, 4D and 5D input Tensors supported (got {len(input.shape)}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area | nearest-exact (got {mode})')
    if wanted is not None and wanted != rank + 2:
        raise NotImplementedError(f'Got {rank + 2}D input, but {mode} mode needs {wanted}D input')
    if size is not None and scale_factor is not None:
        raise ValueError('only one of size or scale_factor should be defined')
    if size is None and scale_factor is None:
        raise ValueError('either size or scale_factor should be defined')
    own = list(input.shape)[2:]
    if size is not None:
        if any([isinstance(each, float) for each in (size if isinstance(size, (tuple, list)) else [size])]):
            raise TypeError(f'expected size to be one of int or Tuple[int] or Tuple[int, int] or Tuple[int, int, int], but got size {size}')
        if isinstance(size, (tuple, list)) and len(size) != rank:
            raise ValueError(f'Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of {own} and output size of {size}. '
                             'Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.')
        target = [length.item() if is_tensor(length) else length for length in each(size, rank)]
        scales = None
    else:
        if isinstance(scale_factor, (tuple, list)) and len(scale_factor) != rank:
            raise ValueError(f'Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of {own} and scale_factor of shape {scale_factor}.')
        scales = each(scale_factor, rank)
        target = [_scaled(length, scale) for length, scale in zip(own, scales)]
        if recompute_scale_factor:
            scales = None
    for length in target:
        layerscope.require(length > 0, RuntimeError(f'Input and output sizes should be greater than 0, but got input ({list_text(own)}) output ({list_text(target)})'))
    if mode == 'area':
        from .pooling import adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d
        return (adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d)[rank - 1](input, target)
    return _resize(input, target, scales, mode, align_corners, antialias)


def _scaled(length, scale):
    if not layerscope.is_known(length) and int(scale) == scale:
        return length * int(scale)
    if not layerscope.is_known(length) and scale > 0 and int(1 / scale) == 1 / scale:
        return length // int(1 / scale)
    return int(length * scale)


def _resize(input, target, scales, mode, align_corners, antialias):
    axes = list(range(2, len(input.shape)))
    onnx = {'nearest': 'nearest', 'nearest-exact': 'nearest', 'bicubic': 'cubic'}.get(mode, 'linear')
    if mode == 'nearest':
        options = {'coordinate_transformation_mode': 'asymmetric', 'nearest_mode': 'floor'}
    elif mode == 'nearest-exact':
        options = {'coordinate_transformation_mode': 'half_pixel', 'nearest_mode': 'round_prefer_ceil'}
    elif align_corners:
        options = {'coordinate_transformation_mode': 'align_corners'}
    else:
        options = {'coordinate_transformation_mode': 'half_pixel'}
    if mode == 'bicubic':
        options['cubic_coeff_a'] = -0.5 if antialias else -0.75
    if antialias:
        options['antialias'] = 1
        options['exclude_outside'] = 1
    if scales is not None and all([layerscope.is_known(length) for length in target]) and not align_corners:
        # the stated factor, not the quotient of the sizes, decides where samples lie
        return operator('Resize', input, None, layerscope.constant([float(scale) for scale in scales], dtype='float32', like=layerscope.Value), mode=onnx, axes=axes, **options)
    return operator('Resize', input, None, None, target, mode=onnx, axes=axes, **options)


def upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None):
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, 'nearest')


def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, 'bilinear', True)


def grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None):
    if mode not in ('bilinear', 'nearest', 'bicubic'):
        raise ValueError(f"nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '{mode}'")
    if padding_mode not in ('zeros', 'border', 'reflection'):
        raise ValueError(f"nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '{padding_mode}'")
    if len(input.shape) != len(grid.shape) or len(input.shape) not in (4, 5):
        raise RuntimeError(f'grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got input with sizes {list_text(input.shape)} and grid with sizes {list_text(grid.shape)}')
    layerscope.require(input.shape[0] == grid.shape[0], RuntimeError(
        f'grid_sampler(): expected grid and input to have same batch size, but got input with sizes {list_text(input.shape)} and grid with sizes {list_text(grid.shape)}'))
    layerscope.require(grid.shape[-1] == len(input.shape) - 2, RuntimeError(
        f'grid_sampler(): expected grid to have size {len(input.shape) - 2} in last dimension, but got grid with sizes {list_text(grid.shape)}'))
    onnx = {'bilinear': 'linear', 'nearest': 'nearest', 'bicubic': 'cubic'}[mode]
    return operator('GridSample', input, grid, mode=onnx, padding_mode=padding_mode, align_corners=1 if align_corners else 0)


def affine_grid(theta, size, align_corners=None):
    return operator('AffineGrid', theta, list(size), align_corners=1 if align_corners else 0)


def pixel_shuffle(input, upscale_factor):
    layerscope.expect(input, (None, None, None, None))
    r = upscale_factor
    shape = list(input.shape)
    if len(shape) < 3:
        raise RuntimeError(f'pixel_shuffle expects input to have at least 3 dimensions, but got input with {len(shape)} dimension(s)')
    layerscope.require(shape[-3] % (r * r) == 0, RuntimeError(
        f'pixel_shuffle expects its input\'s \'channel\' dimension to be divisible by the square of upscale_factor, but input.size(-3)={shape[-3]} is not divisible by {r * r}'))
    if len(shape) == 4:
        return operator('DepthToSpace', input, blocksize=r, mode='CRD')
    image = operator('DepthToSpace', reshape_to(input, [-1] + shape[-3:]), blocksize=r, mode='CRD')
    return reshape_to(image, shape[:-3] + [shape[-3] // (r * r), shape[-2] * r, shape[-1] * r])


def pixel_unshuffle(input, downscale_factor):
    layerscope.expect(input, (None, None, None, None))
    r = downscale_factor
    shape = list(input.shape)
    if len(shape) < 3:
        raise RuntimeError(f'pixel_unshuffle expects input to have at least 3 dimensions, but got input with {len(shape)} dimension(s)')
    for axis, name in ((-2, 'height'), (-1, 'width')):
        layerscope.require(shape[axis] % r == 0, RuntimeError(
            f'pixel_unshuffle expects {name} to be divisible by downscale_factor, but input.size({axis})={shape[axis]} is not divisible by {r}'))
    height, width = shape[-2] // r, shape[-1] // r
    leading = shape[:-3]
    blocks = operator('Reshape', input, leading + [shape[-3], height, r, width, r])
    base = len(leading)
    ordered = operator('Transpose', blocks, perm=list(range(base)) + [base, base + 2, base + 4, base + 1, base + 3])
    return operator('Reshape', ordered, leading + [shape[-3] * r * r, height, width])


def channel_shuffle(input, groups):
    shape = list(input.shape)
    if len(shape) < 3:
        raise RuntimeError(f'channel_shuffle expects input with > 2 dims, but got input with sizes {list_text(shape)}')
    layerscope.require(shape[1] % groups == 0, RuntimeError(f'Number of channels must be divisible by groups. Got {shape[1]} channels and {groups} groups.'))
    split = operator('Reshape', input, [shape[0], groups, shape[1] // groups] + shape[2:])
    turned = operator('Transpose', split, perm=[0, 2, 1] + list(range(3, len(shape) + 1)))
    return operator('Reshape', turned, shape)


def native_channel_shuffle(input, groups):
    return channel_shuffle(input, groups)
