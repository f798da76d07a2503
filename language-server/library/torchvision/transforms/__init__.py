"""Transforms: what each does to the shape of a picture, which is a tensor (..., channels, height, width) or a PIL image."""
import layerscope
import torch

from . import functional, preparation
from .functional import InterpolationMode


class _Transform(torch.nn.Module):
    """Transforms are called like layers, but they are no part of a model."""

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)


class Compose:
    def __init__(self, transforms):
        self.transforms = transforms
        layerscope.preparation(self._prepares(), self)

    def _prepares(self):
        """The steps of `layerscope.preparation`."""
        return preparation.of_all(self.transforms)

    def __call__(self, img):
        for transform in self.transforms:
            img = transform(img)
        return img


class ToTensor:
    def __call__(self, pic):
        return functional.to_tensor(pic)

    def _prepares(self):
        return preparation.scaled(1 / 255, 0, self)


class PILToTensor:
    def __call__(self, pic):
        return functional.pil_to_tensor(pic)

    def _prepares(self):
        return []


class ConvertImageDtype(_Transform):
    def __init__(self, dtype=torch.float32):
        super().__init__()
        self.dtype = dtype

    def forward(self, image):
        return functional.convert_image_dtype(image, self.dtype)

    def _prepares(self):
        return preparation.scaled(1 / 255, 0, self) if preparation.is_float(self.dtype) else []


class ToPILImage:
    def __init__(self, mode=None):
        self.mode = mode

    def __call__(self, pic):
        return functional.to_pil_image(pic, self.mode)


class Normalize(_Transform):
    def __init__(self, mean, std, inplace=False):
        super().__init__()
        self.mean = mean
        self.std = std

    def forward(self, tensor):
        return functional.normalize(tensor, self.mean, self.std)

    def _prepares(self):
        return preparation.normalised(self)


class Resize(_Transform):
    def __init__(self, size, interpolation=InterpolationMode.BILINEAR, max_size=None, antialias=True):
        super().__init__()
        if isinstance(size, (tuple, list)) and len(size) not in (1, 2):
            raise ValueError('If size is a sequence, it should have 1 or 2 values')
        self.size = size
        self.interpolation = interpolation
        self.max_size = max_size
        self.antialias = antialias

    def forward(self, img):
        return functional.resize(img, self.size, max_size=self.max_size)

    def _prepares(self):
        return preparation.resized(self)


class CenterCrop(_Transform):
    def __init__(self, size):
        super().__init__()
        self.size = functional.pair(size)

    def forward(self, img):
        return functional.sized(img, self.size)

    def _prepares(self):
        return preparation.cropped(self)


class RandomCrop(CenterCrop):
    def __init__(self, size, padding=None, pad_if_needed=False, fill=0, padding_mode='constant'):
        super().__init__(size)
        self.padding = padding
        self.pad_if_needed = pad_if_needed

    def forward(self, img):
        if self.padding is not None:
            img = functional.pad(img, self.padding)
        if not self.pad_if_needed:
            height, width = functional.size_of(img)
            for own, wanted in ((height, self.size[0]), (width, self.size[1])):
                layerscope.require(own >= wanted, ValueError(f'Required crop size {self.size} is larger than input image size {(height, width)}'))
        return functional.sized(img, self.size)

    def _prepares(self):
        return [preparation.left_out(self, random=True)] + preparation.cropped(self)


class RandomResizedCrop(CenterCrop):
    def __init__(self, size, scale=(0.08, 1.0), ratio=(0.75, 1.3333333333333333), interpolation=InterpolationMode.BILINEAR, antialias=True):
        super().__init__(size)
        self.interpolation = interpolation

    def _prepares(self):
        return [preparation.left_out(self, random=True)] + preparation.stretched(self, self.size)


class Pad(_Transform):
    def __init__(self, padding, fill=0, padding_mode='constant'):
        super().__init__()
        self.padding = padding
        self.fill = fill
        self.padding_mode = padding_mode

    def forward(self, img):
        return functional.pad(img, self.padding)

    def _prepares(self):
        return preparation.padded(self)


class Grayscale(_Transform):
    def __init__(self, num_output_channels=1):
        super().__init__()
        self.num_output_channels = num_output_channels

    def forward(self, img):
        return functional.rgb_to_grayscale(img, self.num_output_channels)

    def _prepares(self):
        return preparation.grey(self)


class Lambda:
    def __init__(self, lambd):
        if not callable(lambd):
            raise TypeError(f'Argument lambd should be callable, got {type(lambd).__name__}')
        self.lambd = lambd

    def __call__(self, img):
        return self.lambd(img)


class FiveCrop(CenterCrop):
    def forward(self, img):
        return tuple([functional.sized(img, self.size) for _ in range(5)])

    def _prepares(self):
        return [preparation.left_out(self)] + preparation.cropped(self)


class TenCrop(CenterCrop):
    def __init__(self, size, vertical_flip=False):
        super().__init__(size)

    def forward(self, img):
        return tuple([functional.sized(img, self.size) for _ in range(10)])


class _Same(_Transform):
    """A transform that keeps the shape, and works at random: the picture passes unchanged."""

    def __init__(self, *args, **options):
        super().__init__()

    def forward(self, img, *rest):
        return img if not rest else (img,) + rest

    def _prepares(self):
        return [preparation.left_out(self, random=True)]


class RandomHorizontalFlip(_Same):
    pass


class RandomVerticalFlip(_Same):
    pass


class ColorJitter(_Same):
    pass


class RandomRotation(_Same):
    pass


class RandomAffine(_Same):
    pass


class RandomPerspective(_Same):
    pass


class RandomErasing(_Same):
    pass


class RandomGrayscale(_Same):
    pass


class GaussianBlur(_Same):
    pass


class RandomInvert(_Same):
    pass


class RandomPosterize(_Same):
    pass


class RandomSolarize(_Same):
    pass


class RandomAdjustSharpness(_Same):
    pass


class RandomAutocontrast(_Same):
    pass


class RandomEqualize(_Same):
    pass


class AutoAugment(_Same):
    pass


class RandAugment(_Same):
    pass


class TrivialAugmentWide(_Same):
    pass


class AugMix(_Same):
    pass


class ElasticTransform(_Same):
    pass


class AutoAugmentPolicy:
    IMAGENET, CIFAR10, SVHN = 'imagenet', 'cifar10', 'svhn'


class RandomApply(_Same):
    pass


class RandomOrder(Compose):
    def _prepares(self):
        return [preparation.left_out(self, random=True)]


class RandomChoice(_Transform):
    def __init__(self, transforms, p=None):
        super().__init__()
        self.transforms = transforms

    def forward(self, *args):
        return self.transforms[0](*args)

    def _prepares(self):
        return [preparation.left_out(self, random=True)]
