"""PIL.Image: an image is known by its size where a program states it."""
import layerscope
import numpy

NEAREST, BOX, BILINEAR, HAMMING, BICUBIC, LANCZOS, ANTIALIAS = 0, 4, 2, 5, 3, 1, 1


class Resampling:
    NEAREST, BOX, BILINEAR, HAMMING, BICUBIC, LANCZOS = 0, 4, 2, 5, 3, 1


class Image:
    def __init__(self, size=None, mode=None):
        self._size, self._mode = size, mode

    @property
    def size(self):
        return self._size if self._size is not None else (layerscope.symbol('width'), layerscope.symbol('height'))

    @property
    def width(self):
        return self.size[0]

    @property
    def height(self):
        return self.size[1]

    @property
    def mode(self):
        return self._mode if self._mode is not None else layerscope.unknown('the mode of an image')

    def __array__(self, *args, **kwargs):
        if self._mode is None:
            return layerscope.data(None, 'uint8', 'an image', like=numpy.ndarray)
        width, height = self.size
        channels = {'L': (), '1': (), 'P': (), 'I': (), 'F': (), 'RGB': (3,), 'RGBA': (4,), 'CMYK': (4,), 'YCbCr': (3,), 'HSV': (3,), 'LA': (2,)}.get(self._mode, (layerscope.symbol('channels'),))
        return layerscope.data((height, width) + channels, 'uint8', 'an image', like=numpy.ndarray)

    def resize(self, size, *args, **kwargs):
        return Image(tuple(size), self._mode)

    def convert(self, mode=None, *args, **kwargs):
        return Image(self._size, mode)

    def crop(self, box=None):
        return Image((box[2] - box[0], box[3] - box[1]) if box is not None else self._size, self._mode)

    def _same(self, *args, **kwargs):
        return Image(self._size, self._mode)

    copy = filter = transpose = rotate = point = _same

    def thumbnail(self, *args, **kwargs):
        self._size = None

    def save(self, *args, **kwargs):
        pass

    show = close = load = verify = paste = save

    def getbands(self):
        return layerscope.unknown('the bands of an image')

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


def open(fp, mode='r', formats=None):
    return Image()


def new(mode, size, color=0):
    return Image(tuple(size), mode)


def fromarray(obj, mode=None):
    shape = obj.shape
    if not layerscope.is_known(shape):
        return Image()
    kinds = {3: 'RGB', 4: 'RGBA', 1: 'L'}
    if len(shape) == 2:
        return Image((shape[1], shape[0]), mode or 'L')
    return Image((shape[1], shape[0]), mode or (kinds.get(shape[2]) if len(shape) == 3 and layerscope.is_known(shape[2]) else None))
