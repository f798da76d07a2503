"""The second version of the transforms."""
import torch

from .. import functional
from .. import *
from .. import _Same, _Transform


class ToImage:
    def __call__(self, pic):
        return pic if isinstance(pic, torch.Tensor) else functional.pil_to_tensor(pic)


class ToDtype(_Transform):
    def __init__(self, dtype, scale=False):
        super().__init__()
        self.dtype = dtype

    def forward(self, image):
        return image.to(self.dtype) if isinstance(image, torch.Tensor) else image


class ToPureTensor(_Same):
    pass


class Identity(_Same):
    pass


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
