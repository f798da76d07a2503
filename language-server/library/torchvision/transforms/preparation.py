"""What transforms do to a picture, in the steps of `layerscope.preparation`. Values count from 0 to 255 until a step changes them."""
import layerscope
import torch


def of_all(transforms):
    """The steps of transforms, one after the other."""
    if not layerscope.is_known(transforms) or not isinstance(transforms, (list, tuple)):
        return [{'kind': 'skipped', 'what': 'Compose'}]
    steps = []
    for transform in transforms:
        steps += of(transform)
    return steps


def of(transform):
    if layerscope.is_unknown(transform):
        return [{'kind': 'skipped', 'what': 'a transform'}]
    if hasattr(transform, '_prepares') and not layerscope.in_user_code(transform.__class__):
        return transform._prepares()
    return [left_out(transform)]


def left_out(transform, random=False):
    name = transform.__name__ if hasattr(transform, '__name__') else transform.__class__.__name__
    return {'kind': 'skipped', 'what': name, 'random': random, 'about': transform}


def scaled(factor, offset, about):
    return [{'kind': 'scale', 'factor': factor, 'offset': offset, 'about': about, 'what': about.__class__.__name__}]


def is_float(dtype):
    return dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def _numbers(values):
    if isinstance(values, layerscope.Value):
        values = layerscope.elements(values)
    return [values] if isinstance(values, (int, float)) else values


def normalised(transform):
    mean, std = _numbers(transform.mean), _numbers(transform.std)
    if not layerscope.is_known(mean) or not layerscope.is_known(std) or not all([isinstance(each, (int, float)) and each != 0 for each in std]) or len(mean) != len(std):
        return [left_out(transform)]
    return scaled([1 / each for each in std], [-middle / each for middle, each in zip(mean, std)], transform)


def filter_of(transform):
    """The interpolation's name; PIL's numbers too."""
    way = transform.interpolation
    if isinstance(way, int):
        return ('nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming')[way] if 0 <= way <= 5 else None
    return 'nearest' if way.value == 'nearest-exact' else way.value


def resized(transform):
    return [{'kind': 'resize', 'size': transform.size, 'longest': transform.max_size, 'interpolation': filter_of(transform), 'smooth': transform.antialias is not False,
             'about': transform, 'what': 'Resize'}]


def stretched(transform, size):
    return [{'kind': 'resize', 'size': size, 'interpolation': filter_of(transform), 'smooth': True, 'about': transform, 'what': transform.__class__.__name__}]


def cropped(transform):
    return [{'kind': 'crop', 'height': transform.size[0], 'width': transform.size[1], 'about': transform, 'what': transform.__class__.__name__}]


def padded(transform):
    sides = transform.padding
    sides = [sides] * 4 if isinstance(sides, int) else list(sides) * (4 // len(sides))
    if transform.padding_mode != 'constant' or not isinstance(transform.fill, (int, float)):
        return [left_out(transform)]
    return [{'kind': 'pad', 'sides': sides, 'value': transform.fill, 'about': transform, 'what': 'Pad'}]


def grey(transform):
    return [{'kind': 'grey', 'channels': transform.num_output_channels, 'about': transform}]
