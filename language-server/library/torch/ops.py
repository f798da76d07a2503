"""Operators registered by other libraries. Those of torchvision are known; what others compute is not followed."""
import layerscope

from . import types
from .operations.checks import cast, gap, operator


class _Namespace:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        full = f'torch.ops.{self._name}.{name}'
        return lambda *args, **kwargs: gap(f'{full} is compiled code', *[each for each in args if isinstance(each, layerscope.Value)])


class _Torchvision(_Namespace):
    def __init__(self):
        self._name = 'torchvision'

    def _cuda_version(self):
        return -1

    def nms(self, boxes, scores, iou_threshold):
        return gap('non-maximum suppression keeps as many boxes as the run finds', boxes, scores, shape=[layerscope.symbol('kept', minimum=0)], dtype='int64')

    def roi_align(self, input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned):
        index = operator('Squeeze', operator('Slice', rois, [0], [1], [1]), [1])
        boxes = operator('Slice', rois, [1], [5], [1])
        return operator('RoiAlign', input, boxes, cast(index, types.int64), output_height=pooled_height, output_width=pooled_width, spatial_scale=float(spatial_scale),
                        sampling_ratio=sampling_ratio if sampling_ratio > 0 else 0, coordinate_transformation_mode='half_pixel' if aligned else 'output_half_pixel')

    def roi_pool(self, input, rois, spatial_scale, pooled_height, pooled_width):
        shape = [rois.shape[0], input.shape[1], pooled_height, pooled_width]
        return gap('pooling over regions', input, rois, shape=shape, dtype='float32'), gap('pooling over regions', input, rois, shape=shape, dtype='int32')

    def ps_roi_align(self, input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio):
        shape = [rois.shape[0], input.shape[1] // (pooled_height * pooled_width), pooled_height, pooled_width]
        return gap('pooling over regions', input, rois, shape=shape, dtype='float32'), gap('pooling over regions', input, rois, shape=shape, dtype='int32')

    def deform_conv2d(self, input, weight, offset, mask, bias, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups, offset_groups, use_mask):
        sizes = [(size + 2 * pad - step * (kernel - 1) - 1) // stride + 1
                 for size, kernel, stride, pad, step in zip(list(input.shape)[2:], list(weight.shape)[2:], (stride_h, stride_w), (pad_h, pad_w), (dilation_h, dilation_w))]
        return gap('a deformable convolution', input, weight, offset, shape=[input.shape[0], weight.shape[0]] + sizes, dtype='float32')


torchvision = _Torchvision()


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _Namespace(name)


def load_library(path):
    return None
