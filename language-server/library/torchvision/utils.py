"""Pictures of tensors, and numbers as tuples."""
from collections.abc import Iterable

import layerscope
import torch


def _log_api_usage_once(obj):
    return None


def _make_ntuple(x, n):
    return tuple(x) if isinstance(x, Iterable) else tuple([x] * n)


def make_grid(tensor, nrow=8, padding=2, normalize=False, value_range=None, scale_each=False, pad_value=0.0):
    images = torch.stack(tensor) if isinstance(tensor, (list, tuple)) else tensor
    if len(images.shape) == 2:
        images = images.unsqueeze(0)
    if len(images.shape) == 3:
        images = images.unsqueeze(0)
    count, channels, height, width = images.shape
    channels = 3 if layerscope.is_known(channels) and channels == 1 else channels
    if layerscope.is_known(count) and count == 1:
        return layerscope.gap('a grid of pictures', images, shape=[channels, height, width], dtype='float32')
    columns = min(nrow, count)
    rows = -(-count // columns)
    return layerscope.gap('a grid of pictures', images, shape=[channels, (height + padding) * rows + padding, (width + padding) * columns + padding], dtype='float32')


def save_image(tensor, fp, format=None, **options):
    return None


def draw_bounding_boxes(image, boxes, *args, **options):
    return image


draw_segmentation_masks = draw_keypoints = draw_bounding_boxes
