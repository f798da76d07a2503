"""numpy.fft: shapes."""
import layerscope

from numpy.array import ndarray
from numpy.conversion import asarray


def _transform(a, n, axis, half=False, dtype='complex128'):
    a = asarray(a)
    shape = list(a.shape)
    size = shape[axis] if n is None else n
    shape[axis] = size // 2 + 1 if half else size
    return layerscope.data(shape, dtype, 'a Fourier transform', like=ndarray)


def fft(a, n=None, axis=-1, norm=None, out=None):
    return _transform(a, n, axis)


ifft = fft


def rfft(a, n=None, axis=-1, norm=None, out=None):
    return _transform(a, n, axis, True)


def irfft(a, n=None, axis=-1, norm=None, out=None):
    a = asarray(a)
    return _transform(a, 2 * (a.shape[axis] - 1) if n is None else n, axis, dtype='float64')


def fft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    return layerscope.data(asarray(a).shape, 'complex128', 'a Fourier transform', like=ndarray)


ifft2 = fftn = ifftn = fft2


def fftshift(x, axes=None):
    return asarray(x)


ifftshift = fftshift


def fftfreq(n, d=1.0):
    return layerscope.data((n,), 'float64', 'frequencies', like=ndarray)


def rfftfreq(n, d=1.0):
    return layerscope.data((n // 2 + 1,), 'float64', 'frequencies', like=ndarray)
