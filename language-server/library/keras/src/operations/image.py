"""keras.ops.image: resizing, cropping, colours."""
import layerscope

from keras.src.backend import config
from keras.src.backend.tensors import convert, plain_class, to_float
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


def rgb_to_grayscale(images, data_format=None):
    axis = -1 if config.standardize_data_format(data_format) == 'channels_last' else -3
    shape = list(images.shape)
    shape[axis] = 1
    return layerscope.gap('a change of colours', convert(images), shape=shape, dtype=images.dtype, like=plain_class(images))


def crop_images(images, top_cropping=None, left_cropping=None, bottom_cropping=None, right_cropping=None, target_height=None, target_width=None, data_format=None):
    shape = list(images.shape)
    first = len(shape) - 3
    shape[first] = target_height if target_height is not None else shape[first] - (top_cropping or 0) - (bottom_cropping or 0)
    shape[first + 1] = target_width if target_width is not None else shape[first + 1] - (left_cropping or 0) - (right_cropping or 0)
    return layerscope.gap('a crop', convert(images), shape=shape, dtype=images.dtype, like=plain_class(images))


def pad_images(images, top_padding=None, left_padding=None, bottom_padding=None, right_padding=None, target_height=None, target_width=None, data_format=None):
    shape = list(images.shape)
    first = len(shape) - 3
    shape[first] = target_height if target_height is not None else shape[first] + (top_padding or 0) + (bottom_padding or 0)
    shape[first + 1] = target_width if target_width is not None else shape[first + 1] + (left_padding or 0) + (right_padding or 0)
    return layerscope.gap('padded images', convert(images), shape=shape, dtype=images.dtype, like=plain_class(images))


def extract_patches(images, size, strides=None, dilation_rate=1, padding='valid', data_format=None):
    size = (size, size) if isinstance(size, int) else tuple(size)
    strides = size if strides is None else (strides, strides) if isinstance(strides, int) else tuple(strides)
    shape = list(images.shape)
    first = len(shape) - 3
    for offset in range(2):
        length = shape[first + offset]
        shape[first + offset] = (length - size[offset]) // strides[offset] + 1 if padding == 'valid' else -(-length // strides[offset])
    shape[-1] = shape[-1] * size[0] * size[1]
    return layerscope.gap('patches of images', convert(images), shape=shape, dtype=images.dtype, like=plain_class(images))


def map_coordinates(inputs, coordinates, order, fill_mode='constant', fill_value=0):
    return layerscope.gap('map_coordinates', convert(inputs), shape=list(coordinates.shape[1:]), dtype=inputs.dtype, like=plain_class(inputs))
