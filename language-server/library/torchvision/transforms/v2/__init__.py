"""The second version of the transforms."""
import torch

from .. import functional
from .. import *
from .. import preparation
from .. import _Same, _Transform


class ToImage:
    def __call__(self, pic):
        return pic if isinstance(pic, torch.Tensor) else functional.pil_to_tensor(pic)

    def _prepares(self):
        return []


class ToDtype(_Transform):
    def __init__(self, dtype, scale=False):
        super().__init__()
        self.dtype = dtype
        self.scale = scale

    def forward(self, image):
        return image.to(self.dtype) if isinstance(image, torch.Tensor) else image

    def _prepares(self):
        return preparation.scaled(1 / 255, 0, self) if self.scale and preparation.is_float(self.dtype) else []


class ToPureTensor(_Same):
    def _prepares(self):
        return []


class Identity(_Same):
    def _prepares(self):
        return []


class ConvertBoundingBoxFormat(_Same):
    pass


class SanitizeBoundingBoxes(_Same):
    pass


class RandomPhotometricDistort(_Same):
    pass


class RandomZoomOut(_Same):
    pass


class RandomIoUCrop(_Same):
    pass


class MixUp(_Same):
    pass


class CutMix(_Same):
    pass


ToImageTensor = ToImage
ConvertDtype = ToDtype
