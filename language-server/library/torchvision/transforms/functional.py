"""The functions behind the transforms."""
import layerscope
import torch


class InterpolationMode:
    """Instances compare by value, as members of an enum do."""

    def __init__(self, value):
        self.value = value
        self.name = value.upper()


for _name in ('nearest', 'nearest-exact', 'bilinear', 'bicubic', 'box', 'hamming', 'lanczos'):
    setattr(InterpolationMode, _name.upper().replace('-', '_'), InterpolationMode(_name))


def pair(size):
    if isinstance(size, (tuple, list)):
        return (size[0], size[0]) if len(size) == 1 else tuple(size)
    return (size, size)


def _is_image(img):
    return not isinstance(img, layerscope.Value)


def size_of(img):
    """(height, width)"""
    if _is_image(img):
        return img.size[1], img.size[0]
    return img.shape[-2], img.shape[-1]


def get_image_size(img):
    height, width = size_of(img)
    return [width, height]


def get_dimensions(img):
    height, width = size_of(img)
    return [get_image_num_channels(img), height, width]


def get_image_num_channels(img):
    if _is_image(img):
        return img.shape[2] if len(img.shape) == 3 else 1
    return 1 if len(img.shape) == 2 else img.shape[-3]


def sized(img, size):
    """The picture at another height and width."""
    if not layerscope.is_known(img):
        return img
    height, width = size
    if _is_image(img):
        return img.resize((width, height))
    return layerscope.data(list(img.shape)[:-2] + [height, width], img.dtype.name, reason='a picture of another size', like=torch.Tensor)


def to_tensor(pic):
    if not layerscope.is_known(pic):
        return layerscope.data(None, 'float32', reason='a picture that is not known', like=torch.Tensor)
    if isinstance(pic, torch.Tensor):
        raise TypeError(f'pic should be PIL Image or ndarray. Got {type(pic)}')
    shape = list(pic.shape)
    if len(shape) not in (2, 3):
        raise ValueError(f'pic should be 2/3 dimensional. Got {len(shape)} dimensions.')
    channels = shape[2] if len(shape) == 3 else 1
    dtype = 'float32'
    if isinstance(pic, layerscope.Value) and layerscope.is_known(pic.dtype) and str(pic.dtype) not in ('uint8',):
        dtype = str(pic.dtype)
    return layerscope.data([channels] + shape[:2], dtype, reason='a picture', like=torch.Tensor)


def pil_to_tensor(pic):
    return to_tensor(pic) if not layerscope.is_known(pic) else layerscope.data(
        [pic.shape[2] if len(pic.shape) == 3 else 1] + list(pic.shape)[:2], 'uint8', reason='a picture', like=torch.Tensor)


def convert_image_dtype(image, dtype=torch.float32):
    return image.to(dtype)


def to_pil_image(pic, mode=None):
    from PIL import Image
    if isinstance(pic, torch.Tensor):
        shape = list(pic.shape)
        channels = shape[0] if len(shape) == 3 else 1
        named = {1: 'L', 2: 'LA', 3: 'RGB', 4: 'RGBA'}.get(channels) if layerscope.is_known(channels) else None
        return Image.new(mode or named, (shape[-1], shape[-2]))
    return Image.fromarray(pic, mode)


def normalize(tensor, mean, std, inplace=False):
    if not layerscope.is_known(tensor):
        return tensor
    if not isinstance(tensor, torch.Tensor):
        raise TypeError(f'img should be Tensor Image. Got {type(tensor)}')
    if layerscope.is_known(tensor.dtype) and not tensor.is_floating_point():
        raise TypeError(f'Input tensor should be a float tensor. Got {tensor.dtype}.')
    if layerscope.is_known(tensor.shape):
        if len(tensor.shape) < 3:
            raise ValueError(f'Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = {tensor.shape}')
        for name, values in (('mean', mean), ('std', std)):
            count = len(values) if hasattr(values, '__len__') else 1
            channels = tensor.shape[-3]
            if count != 1:
                layerscope.require((channels == count) if not (layerscope.is_known(channels) and channels == 1) else True, RuntimeError(
                    f'The size of tensor a ({channels}) must match the size of tensor b ({count}) at non-singleton dimension 0'))
        count = len(mean) if hasattr(mean, '__len__') else 1
        if layerscope.is_known(tensor.shape[-3]) and tensor.shape[-3] == 1 and count > 1:
            raise RuntimeError(f"output with shape {list(tensor.shape)} doesn't match the broadcast shape {list(tensor.shape)[:-3] + [count] + list(tensor.shape)[-2:]}")
    return tensor


def resize(img, size, interpolation=InterpolationMode.BILINEAR, max_size=None, antialias=True):
    if not layerscope.is_known(img):
        return img
    if isinstance(size, (tuple, list)) and len(size) == 2:
        return sized(img, tuple(size))
    short = size[0] if isinstance(size, (tuple, list)) else size
    height, width = size_of(img)
    if layerscope.is_known(height) and layerscope.is_known(width):
        if width <= height:
            return sized(img, (int(short * height / width), short))
        return sized(img, (short, int(short * width / height)))
    return sized(img, (layerscope.symbol('height'), layerscope.symbol('width')))


def center_crop(img, output_size):
    return sized(img, pair(output_size))


def crop(img, top, left, height, width):
    return sized(img, (height, width))


def resized_crop(img, top, left, height, width, size, *args, **options):
    return sized(img, pair(size))


def pad(img, padding, fill=0, padding_mode='constant'):
    amounts = [padding] * 4 if isinstance(padding, int) else list(padding) * (4 // len(padding))
    height, width = size_of(img)
    return sized(img, (height + amounts[1] + amounts[3], width + amounts[0] + amounts[2]))


def rgb_to_grayscale(img, num_output_channels=1):
    if _is_image(img):
        return img.convert('L' if num_output_channels == 1 else 'RGB')
    shape = list(img.shape)
    shape[-3] = num_output_channels
    return layerscope.data(shape, img.dtype.name, reason='a grey picture', like=torch.Tensor)


to_grayscale = rgb_to_grayscale


def _same(img, *args, **options):
    return img


hflip = vflip = rotate = affine = perspective = adjust_brightness = adjust_contrast = adjust_saturation = adjust_hue = adjust_gamma = adjust_sharpness = _same
autocontrast = equalize = invert = posterize = solarize = gaussian_blur = erase = elastic_transform = _same
