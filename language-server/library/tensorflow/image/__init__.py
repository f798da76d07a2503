"""tf.image."""
import layerscope

from keras.src.backend.tensors import Tensor, convert, plain_class, to_float
from keras.src.operations import image as _image
from keras.src.operations.core import sizes_of


class ResizeMethod:
    BILINEAR, NEAREST_NEIGHBOR, BICUBIC, AREA, LANCZOS3, LANCZOS5 = 'bilinear', 'nearest', 'bicubic', 'area', 'lanczos3', 'lanczos5'


def resize(images, size, method='bilinear', preserve_aspect_ratio=False, antialias=False, name=None):
    x = convert(images)
    if not layerscope.is_known(x.shape):
        target = sizes_of(size)
        return layerscope.data(None, 'float32', 'a resized image', like=plain_class(x))
    if len(x.shape) not in (3, 4):
        raise ValueError("'images' must have either 3 or 4 dimensions.")
    return _image.resize(x if method == 'nearest' else to_float(x), size, interpolation=method)


def resize_with_pad(image, target_height, target_width, method='bilinear', antialias=False):
    return resize(image, [target_height, target_width])


resize_with_crop_or_pad = resize_with_pad


def _same(image, *args, **kwargs):
    x = convert(image)
    return layerscope.gap('a change of images', x, shape=list(x.shape) if layerscope.is_known(x.shape) else None, dtype=x.dtype, like=plain_class(x))


flip_left_right = flip_up_down = random_flip_left_right = random_flip_up_down = random_brightness = random_contrast = random_saturation = random_hue = _same
adjust_brightness = adjust_contrast = adjust_saturation = adjust_hue = adjust_gamma = per_image_standardization = rot90 = transpose = _same
stateless_random_flip_left_right = stateless_random_brightness = stateless_random_contrast = rgb_to_hsv = hsv_to_rgb = rgb_to_yuv = _same


def convert_image_dtype(image, dtype, saturate=False, name=None):
    from keras.src.backend.tensors import cast
    made = cast(image, dtype)
    if isinstance(image, layerscope.Value) and str(image.dtype) == 'uint8' and str(dtype).startswith(('float', "<dtype: 'float")):
        return made / 255.0
    return made


def rgb_to_grayscale(images, name=None):
    return _image.rgb_to_grayscale(convert(images))


def grayscale_to_rgb(images, name=None):
    from keras.src.operations.numpy import repeat
    return repeat(convert(images), 3, -1)


def central_crop(image, central_fraction):
    x = convert(image)
    return layerscope.data(None, x.dtype, 'a crop', like=plain_class(x))


def crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    return convert(image)[..., offset_height:offset_height + target_height, offset_width:offset_width + target_width, :]


def random_crop(value, size, seed=None, name=None):
    return layerscope.data(sizes_of(size), convert(value).dtype, 'a crop', like=Tensor)


def pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    x = convert(image)
    return layerscope.data(list(x.shape[:-3]) + [target_height, target_width, x.shape[-1]], x.dtype, 'a padded image', like=Tensor)


def decode_image(contents, channels=None, dtype='uint8', name=None, expand_animations=True):
    made = layerscope.data((None, None, channels or None), dtype, 'an image', like=Tensor)
    return layerscope.prepared(made, [{'kind': 'grey', 'channels': 1}] if channels == 1 else [{'kind': 'colour'}] if channels == 3 else [])


decode_jpeg = decode_png = decode_image


def extract_patches(images, sizes, strides, rates, padding, name=None):
    return _image.extract_patches(convert(images), tuple(sizes[1:3]), tuple(strides[1:3]), 1, padding.lower())


def ssim(img1, img2, max_val, **kwargs):
    x = convert(img1)
    return layerscope.gap('ssim', x, convert(img2), shape=list(x.shape[:-3]), dtype='float32', like=plain_class(x))


psnr = ssim


def total_variation(images, name=None):
    return layerscope.gap('total variation', convert(images), shape=list(images.shape[:-3]), dtype='float32', like=plain_class(images))


def crop_and_resize(image, boxes, box_indices, crop_size, **kwargs):
    return layerscope.gap('crops', convert(image), shape=[convert(boxes).shape[0]] + list(crop_size) + [image.shape[-1]], dtype='float32', like=plain_class(image))


def non_max_suppression(boxes, *args, **kwargs):
    return layerscope.gap('non-maximum suppression', convert(boxes), shape=[layerscope.symbol('selected', 0)], dtype='int32', like=plain_class(boxes))


combined_non_max_suppression = non_max_suppression
