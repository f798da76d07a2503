"""Pictures and films from files."""
import layerscope
import torch


class ImageReadMode:
    UNCHANGED, GRAY, GRAY_ALPHA, RGB, RGB_ALPHA = range(5)


def read_image(path, mode=ImageReadMode.UNCHANGED, apply_exif_orientation=False):
    channels = {ImageReadMode.GRAY: 1, ImageReadMode.GRAY_ALPHA: 2, ImageReadMode.RGB: 3, ImageReadMode.RGB_ALPHA: 4}.get(mode, layerscope.symbol('channels'))
    return layerscope.data([channels, layerscope.symbol('height'), layerscope.symbol('width')], 'uint8', reason='a picture from a file', like=torch.Tensor)


decode_image = decode_jpeg = decode_png = read_image


def write_jpeg(input, filename, quality=75):
    return None


write_png = write_jpeg


def read_video(filename, start_pts=0, end_pts=None, pts_unit='pts', output_format='THWC'):
    frames = layerscope.data([layerscope.symbol('frames'), layerscope.symbol('height'), layerscope.symbol('width'), 3], 'uint8', reason='a film from a file', like=torch.Tensor)
    return frames, layerscope.unknown('the sound of a film'), {}
