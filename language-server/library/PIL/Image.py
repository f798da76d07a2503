"""Pictures: a size and a mode."""
import layerscope

NEAREST, LANCZOS, BILINEAR, BICUBIC, BOX, HAMMING = range(6)
ANTIALIAS = LANCZOS
FLIP_LEFT_RIGHT, FLIP_TOP_BOTTOM, ROTATE_90, ROTATE_180, ROTATE_270, TRANSPOSE, TRANSVERSE = range(7)
AFFINE, EXTENT, PERSPECTIVE, QUAD, MESH = range(5)
MAX_IMAGE_PIXELS = 89478485
_channels = {'L': 1, '1': 1, 'P': 1, 'I': 1, 'F': 1, 'I;16': 1, 'LA': 2, 'RGB': 3, 'YCbCr': 3, 'HSV': 3, 'LAB': 3, 'RGBA': 4, 'CMYK': 4}


class Resampling:
    NEAREST, LANCZOS, BILINEAR, BICUBIC, BOX, HAMMING = range(6)


class Transpose:
    FLIP_LEFT_RIGHT, FLIP_TOP_BOTTOM, ROTATE_90, ROTATE_180, ROTATE_270, TRANSPOSE, TRANSVERSE = range(7)


class Transform:
    AFFINE, EXTENT, PERSPECTIVE, QUAD, MESH = range(5)


class Dither:
    NONE, ORDERED, RASTERIZE, FLOYDSTEINBERG = range(4)


class Image:
    """`mode` None: not known; then so is the number of channels."""
    format = None
    info = {}
    # what was done to a picture that was opened, in the steps of `layerscope.preparation`; None: it was not opened, or its steps are not followed
    layerscope_steps = None

    def __init__(self, size=None, mode=None):
        self.size = size if size is not None else (layerscope.symbol('width'), layerscope.symbol('height'))
        self.mode = mode if mode is not None else layerscope.unknown('the mode of a picture from a file')

    @property
    def width(self):
        return self.size[0]

    @property
    def height(self):
        return self.size[1]

    @property
    def shape(self):
        """(height, width), then the channels where there are several."""
        if not layerscope.is_known(self.mode):
            return self.size[::-1] + (layerscope.symbol('channels'),)
        count = _channels.get(self.mode, 3)
        return self.size[::-1] if count == 1 else self.size[::-1] + (count,)

    def getbands(self):
        return tuple(self.mode)

    def __array__(self, dtype=None, copy=None):
        import numpy
        kinds = {'1': 'bool', 'I': 'int32', 'F': 'float32'}
        made = layerscope.data(self.shape, kinds.get(self.mode, 'uint8') if layerscope.is_known(self.mode) else 'uint8', reason='the pixels of a picture', like=numpy.ndarray)
        return made if self.layerscope_steps is None else layerscope.prepared(made, self.layerscope_steps)

    def _then(self, made, step):
        """The picture that a step made of this one."""
        if self.layerscope_steps is not None:
            step['about'] = made
            made.layerscope_steps = self.layerscope_steps + [step]
        return made

    def convert(self, mode=None, *args, **options):
        kinds = {'L': {'kind': 'grey', 'channels': 1}, 'RGB': {'kind': 'colour'}}
        return self._then(Image(self.size, mode), kinds.get(mode, {'kind': 'skipped', 'what': 'convert'}))

    def resize(self, size, resample=None, box=None, reducing_gap=None):
        way = BICUBIC if resample is None else resample
        names = ('nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming')
        step = {'kind': 'resize', 'size': (size[1], size[0]), 'interpolation': names[way] if isinstance(way, int) and 0 <= way <= 5 and box is None else None, 'smooth': True, 'what': 'resize'}
        return self._then(Image(tuple(size), self.mode), step)

    def crop(self, box=None):
        left, upper, right, lower = box
        return self._then(Image((right - left, lower - upper), self.mode), {'kind': 'skipped', 'what': 'crop'})

    def rotate(self, angle, resample=0, expand=False, *args, **options):
        return Image(None, self.mode) if expand else Image(self.size, self.mode)

    def transpose(self, method):
        return Image(self.size[::-1] if method in (ROTATE_90, ROTATE_270, TRANSPOSE, TRANSVERSE) else self.size, self.mode)

    def copy(self):
        made = Image(self.size, self.mode)
        made.layerscope_steps = self.layerscope_steps
        return made

    def filter(self, *args, **options):
        return self.copy()

    point = filter

    def split(self):
        return tuple([Image(self.size, 'L') for _ in range(_channels.get(self.mode, 3))])

    def thumbnail(self, size, resample=None, reducing_gap=None):
        self.size = (layerscope.symbol('width'), layerscope.symbol('height'))

    def save(self, *args, **options):
        return None

    show = paste = putpixel = load = close = verify = seek = save

    def getpixel(self, xy):
        return layerscope.unknown('a pixel')

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def open(fp, mode='r', formats=None):
    made = Image()
    made.layerscope_steps = []
    return made


def new(mode, size, color=0):
    return Image(tuple(size), mode)


def fromarray(obj, mode=None):
    shape = obj.shape
    if mode is None and layerscope.is_known(shape):
        channels = shape[2] if len(shape) == 3 else 1
        mode = {1: 'L', 2: 'LA', 3: 'RGB', 4: 'RGBA'}.get(channels) if layerscope.is_known(channels) else None
    return Image((shape[1], shape[0]) if layerscope.is_known(shape) else None, mode)


def merge(mode, bands):
    return Image(bands[0].size, mode)


def blend(im1, im2, alpha):
    return im1.copy()


def frombytes(mode, size, data, *args):
    return Image(tuple(size), mode)


def register_open(*args, **options):
    return None
