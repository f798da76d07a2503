"""Transforms of images: arrays of (height, width, channels) until `ToTensor` moves the channels to the front."""
import layerscope

from mxnet.gluon.block import Block
from mxnet.gluon.nn.basic import Sequential
from mxnet.ndarray.array import NDArray


class Compose(Sequential):
    def __init__(self, transforms):
        super().__init__()
        self.add(*transforms)


class _Transform(Block):
    """Leaves the shape as it is."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, x):
        return x


class Cast(_Transform):
    def __init__(self, dtype='float32'):
        super().__init__()
        self._dtype = dtype

    def forward(self, x):
        return x.astype(self._dtype)


class ToTensor(_Transform):
    def forward(self, x):
        rank = len(x.shape)
        if rank not in (3, 4):
            raise ValueError(f'ToTensor takes an image of (height, width, channels) or a batch of them, not an array of shape {tuple(x.shape)}')
        order = [2, 0, 1] if rank == 3 else [0, 3, 1, 2]
        return layerscope.operator('Transpose', x.astype('float32') / 255.0, perm=order, like=NDArray)


class Normalize(_Transform):
    def __init__(self, mean=0.0, std=1.0):
        super().__init__()
        self._channels = max(len(item) if isinstance(item, (tuple, list)) else 1 for item in (mean, std))

    def forward(self, x):
        from mxnet.base import MXNetError
        channels = x.shape[0 if len(x.shape) == 3 else 1]
        layerscope.require(self._channels == 1 or channels == self._channels, layerscope.related(
            MXNetError(f'Check failed: Invalid mean/std for input with {channels} channels, got {self._channels}'), x, f'the image of shape {tuple(x.shape)} is made here'))
        return layerscope.data(list(x.shape), 'float32', 'a normalised image', like=NDArray)


class _Sized(_Transform):
    """Gives images of a size: a number or (width, height)."""

    def __init__(self, size, *args, **kwargs):
        super().__init__()
        self._size = size if isinstance(size, (tuple, list)) else (size, size)

    def forward(self, x):
        width, height = self._size
        return layerscope.data([*x.shape[:-3], height, width, x.shape[-1]], x.dtype, 'an image of another size', like=NDArray)


class Resize(_Sized):
    def __init__(self, size, keep_ratio=False, interpolation=1):
        super().__init__(size)
        if keep_ratio and not isinstance(size, (tuple, list)):
            self._size = (layerscope.symbol('width'), layerscope.symbol('height'))


class CenterCrop(_Sized):
    pass


class RandomResizedCrop(_Sized):
    pass


class RandomCrop(_Sized):
    pass


class CropResize(_Sized):
    def __init__(self, x, y, width, height, size=None, interpolation=None):
        super().__init__((width, height) if size is None else size)


RandomFlipLeftRight = RandomFlipTopBottom = RandomBrightness = RandomContrast = RandomSaturation = RandomHue = RandomColorJitter = RandomLighting = RandomRotation = Rotate = _Transform
HybridCompose = Compose
