"""What pretrained models were evaluated with: `weights.transforms()`."""
import layerscope
import torch

from . import _Transform, functional, preparation
from .functional import InterpolationMode

__all__ = ['ObjectDetection', 'ImageClassification', 'VideoClassification', 'SemanticSegmentation', 'OpticalFlow']


def _floats(img):
    """A picture or a tensor as a tensor of floats from 0 to 1."""
    if layerscope.is_known(img) and not isinstance(img, torch.Tensor):
        img = functional.pil_to_tensor(img)
    return functional.convert_image_dtype(img, torch.float32)


class _Preset(_Transform):
    def describe(self):
        return layerscope.unknown('a description of the transforms', str)


class ObjectDetection(_Preset):
    def forward(self, img):
        return _floats(img)


class ImageClassification(_Preset):
    def __init__(self, *, crop_size, resize_size=256, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225), interpolation=InterpolationMode.BILINEAR, antialias=True):
        super().__init__()
        self.crop_size, self.resize_size = [crop_size], [resize_size]
        self.mean, self.std = list(mean), list(std)
        self.interpolation, self.antialias = interpolation, antialias
        layerscope.preparation(self._prepares(), self)

    def _prepares(self):
        resized = {'kind': 'resize', 'size': self.resize_size, 'interpolation': preparation.filter_of(self), 'smooth': self.antialias is not False, 'about': self, 'what': 'Resize'}
        cropped = {'kind': 'crop', 'height': self.crop_size[0], 'width': self.crop_size[0], 'about': self, 'what': 'CenterCrop'}
        return [resized, cropped] + preparation.scaled(1 / 255, 0, self) + preparation.normalised(self)

    def forward(self, img):
        img = functional.resize(img, self.resize_size, interpolation=self.interpolation, antialias=self.antialias)
        return functional.normalize(_floats(functional.center_crop(img, self.crop_size)), self.mean, self.std)


class VideoClassification(_Preset):
    def __init__(self, *, crop_size, resize_size, mean=(0.43216, 0.394666, 0.37645), std=(0.22803, 0.22145, 0.216989), interpolation=InterpolationMode.BILINEAR):
        super().__init__()
        self.crop_size, self.resize_size = list(crop_size), list(resize_size)
        self.mean, self.std = list(mean), list(std)
        self.interpolation = interpolation

    def forward(self, vid):
        """(..., frames, channels, height, width) to (..., channels, frames, height, width)"""
        if not layerscope.is_known(vid) or not layerscope.is_known(vid.shape):
            return layerscope.data(None, 'float32', 'a video', like=torch.Tensor)
        shape = list(vid.shape)
        return layerscope.data(shape[:-4] + [shape[-3], shape[-4]] + self.crop_size, 'float32', 'a video', like=torch.Tensor)


class SemanticSegmentation(_Preset):
    def __init__(self, *, resize_size, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225), interpolation=InterpolationMode.BILINEAR, antialias=True):
        super().__init__()
        self.resize_size = None if resize_size is None else [resize_size]
        self.mean, self.std = list(mean), list(std)
        self.interpolation, self.antialias = interpolation, antialias

    def forward(self, img):
        if self.resize_size is not None:
            img = functional.resize(img, self.resize_size, interpolation=self.interpolation, antialias=self.antialias)
        return functional.normalize(_floats(img), self.mean, self.std)


class OpticalFlow(_Preset):
    def forward(self, img1, img2):
        half = [0.5, 0.5, 0.5]
        return functional.normalize(_floats(img1), half, half), functional.normalize(_floats(img2), half, half)
