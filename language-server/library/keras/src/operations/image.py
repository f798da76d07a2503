"""keras.ops.image: resizing, cropping, colours."""
import layerscope

from keras.src.backend import config
from keras.src.backend.tensors import cast, convert, plain_class, to_float
from keras.src.operations.core import emit, operation, sizes_of


@operation('Resize')
def resize(images, size, interpolation='bilinear', antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant',
           fill_value=0.0, data_format=None):
    x = convert(images)
    target = sizes_of(size)
    if not layerscope.is_known(target):
        return layerscope.gap('a resize to an unknown size', x, dtype=x.dtype, like=plain_class(x))
    if len(target) != 2:
        raise ValueError(f"Expected `size` to be a tuple of 2 integers. Received: size={size}")
    if layerscope.is_known(x.shape) and len(x.shape) not in (3, 4):
        raise ValueError(f"Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received input with shape: images.shape={x.shape}")
    first = len(x.shape) - 3 if config.standardize_data_format(data_format) == 'channels_last' else len(x.shape) - 2
    shape = list(x.shape)
    shape[first:first + 2] = target
    modes = {'nearest': 'nearest', 'bilinear': 'linear', 'bicubic': 'cubic'}
    if interpolation not in modes or antialias or crop_to_aspect_ratio or pad_to_aspect_ratio:
        return layerscope.gap(f'a resize by {interpolation}', x, shape=shape, dtype=x.dtype, like=plain_class(x))
    return emit('Resize', x, None, None, shape, mode=modes[interpolation], coordinate_transformation_mode='half_pixel', nearest_mode='round_prefer_ceil',
                **({'cubic_coeff_a': -0.5} if interpolation == 'bicubic' else {}))


def _same(images, *args, **kwargs):
    return layerscope.gap('a change of images', convert(images), shape=list(images.shape), dtype=images.dtype, like=plain_class(images))


affine_transform = perspective_transform = elastic_transform = gaussian_blur = rgb_to_hsv = hsv_to_rgb = _same


@operation('RGBToGrayscale')
def rgb_to_grayscale(images, data_format=None):
    x = convert(images)
    last = config.standardize_data_format(data_format) == 'channels_last'
    axis = len(x.shape) - (1 if last else 3)
    if layerscope.is_known(x.shape[axis]) and x.shape[axis] not in (1, 3):
        raise ValueError(f"Invalid channel size: expected 3 (RGB) or 1 (Grayscale). Received input with shape: images.shape={x.shape}")
    weights = [[[0.2989]], [[0.5870]], [[0.1140]]] if not last else [0.2989, 0.5870, 0.1140]
    grey = emit('ReduceSum', emit('Mul', to_float(x), weights), [axis], keepdims=1)
    return cast(grey, x.dtype)


@operation('CropImages')
def crop_images(images, top_cropping=None, left_cropping=None, bottom_cropping=None, right_cropping=None, target_height=None, target_width=None, data_format=None):
    x = convert(images)
    first = _first_axis(x, data_format)
    height, width = x.shape[first], x.shape[first + 1]
    rows = _span(height, top_cropping, bottom_cropping, target_height)
    columns = _span(width, left_cropping, right_cropping, target_width)
    return emit('Slice', x, [rows[0], columns[0]], [rows[1], columns[1]], [first, first + 1])


def _span(size, before, after, target):
    """Where a crop begins and ends: two of the three are given."""
    if before is None:
        before = size - target - (after or 0)
    return before, before + target if target is not None else size - (after or 0)


@operation('PadImages')
def pad_images(images, top_padding=None, left_padding=None, bottom_padding=None, right_padding=None, target_height=None, target_width=None, data_format=None):
    x = convert(images)
    first = _first_axis(x, data_format)
    before, after = [0] * len(x.shape), [0] * len(x.shape)
    for axis, low, high, target in ((first, top_padding, bottom_padding, target_height), (first + 1, left_padding, right_padding, target_width)):
        if low is None:
            low = target - x.shape[axis] - (high or 0)
        if high is None:
            high = target - x.shape[axis] - low if target is not None else 0
        before[axis], after[axis] = low, high
    return emit('Pad', x, before + after)


def _first_axis(x, data_format):
    """The axis of the rows."""
    return len(x.shape) - (3 if config.standardize_data_format(data_format) == 'channels_last' else 2)


@operation('ExtractPatches')
def extract_patches(images=None, size=None, strides=None, dilation_rate=1, padding='valid', data_format=None, image=None):
    """Windows side by side along the last axis, row by row, their channels innermost."""
    # Keras 3.0 called its images `image`
    x = convert(image if images is None else images)
    size = (size, size) if isinstance(size, int) else tuple(size)
    strides = size if strides is None else (strides, strides) if isinstance(strides, int) else tuple(strides)
    spacing = (dilation_rate, dilation_rate) if isinstance(dilation_rate, int) else tuple(dilation_rate)
    if not layerscope.is_known(x.shape) or config.standardize_data_format(data_format) != 'channels_last':
        return layerscope.gap('patches of images', x, dtype=x.dtype, like=plain_class(x))
    single = len(x.shape) == 3
    if single:
        x = emit('Unsqueeze', x, [0])
    batch, channels = x.shape[0], x.shape[-1]
    sizes = list(x.shape[1:3])
    reach = [(length - 1) * step + 1 for length, step in zip(size, spacing)]
    if padding == 'same':
        if not layerscope.is_known(sizes):
            return layerscope.gap('patches of images', x, dtype=x.dtype, like=plain_class(x))
        missing = [max((-(-length // stride) - 1) * stride + window - length, 0) for length, stride, window in zip(sizes, strides, reach)]
        before = [total // 2 for total in missing]
        x = emit('Pad', x, [0] + before + [0, 0] + [total - low for total, low in zip(missing, before)] + [0])
        sizes = [length + total for length, total in zip(sizes, missing)]
    counts = [(length - window) // stride + 1 for length, window, stride in zip(sizes, reach, strides)]
    if strides == size and spacing == (1, 1):
        x = emit('Slice', x, [0, 0], [counts[0] * size[0], counts[1] * size[1]], [1, 2])
        x = emit('Reshape', x, [batch, counts[0], size[0], counts[1], size[1], channels])
        x = emit('Reshape', emit('Transpose', x, perm=[0, 1, 3, 2, 4, 5]), [batch, counts[0], counts[1], size[0] * size[1] * channels])
    else:
        parts = []
        for row in range(size[0]):
            for column in range(size[1]):
                begin = [row * spacing[0], column * spacing[1]]
                end = [at + (count - 1) * stride + 1 for at, count, stride in zip(begin, counts, strides)]
                parts.append(emit('Slice', x, begin, end, [1, 2], list(strides)))
        x = emit('Concat', *parts, axis=3)
    return emit('Squeeze', x, [0]) if single else x


def map_coordinates(inputs, coordinates, order, fill_mode='constant', fill_value=0):
    return layerscope.gap('map_coordinates', convert(inputs), shape=list(coordinates.shape[1:]), dtype=inputs.dtype, like=plain_class(inputs))
