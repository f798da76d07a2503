"""`torch.fft`: transforms have their shapes and types; the elements of complex tensors are not followed."""
import layerscope

from . import types
from .operations.checks import dimension, dimensions, gap, ranked, typed


def _kind(input, to_complex):
    """The type of a transform's result."""
    if not typed(input):
        return None
    wide = input.dtype.name in ('float64', 'complex128')
    return ('complex128' if wide else 'complex64') if to_complex else ('float64' if wide else 'float32')


def _only_real(input, name):
    if typed(input) and input.dtype.is_complex:
        raise RuntimeError(f'{name} expects a real input tensor, but got {input.dtype}')


def _positive(size):
    layerscope.require(size >= 1, RuntimeError(f'Invalid number of data points ({size}) specified'))
    return size


def _along(name, to_complex, length, real_input=False):
    """A transform along one dimension; `length` gives the result's size from the size that is transformed."""
    def transform(input, n=None, dim=-1, norm=None, *, out=None):
        if real_input:
            _only_real(input, name)
        if not ranked(input):
            return gap(f'torch.fft.{name}', input, dtype=_kind(input, to_complex))
        shape = list(input.shape)
        axis = dimension(dim, len(shape))
        shape[axis] = _positive(length(shape[axis], n))
        return gap(f'torch.fft.{name}', input, shape=shape, dtype=_kind(input, to_complex))
    return transform


def _over(name, to_complex, length, default, real_input=False):
    """A transform over several dimensions; `length` is for the last of them, the others keep their size or take that of `s`."""
    def transform(input, s=None, dim=default, norm=None, *, out=None):
        if real_input:
            _only_real(input, name)
        if not ranked(input):
            return gap(f'torch.fft.{name}', input, dtype=_kind(input, to_complex))
        shape = list(input.shape)
        if dim is None:
            dim = range(-len(s), 0) if s is not None else range(len(shape))
        axes = dimensions(list(dim), len(shape))
        sizes = list(s) if s is not None else [None] * len(axes)
        if len(sizes) != len(axes):
            raise RuntimeError('When given, dim and shape arguments must have the same length')
        for position, (axis, size) in enumerate(zip(axes, sizes)):
            size = None if size == -1 else size
            last = position == len(axes) - 1
            shape[axis] = _positive(length(shape[axis], size) if last else shape[axis] if size is None else size)
        return gap(f'torch.fft.{name}', input, shape=shape, dtype=_kind(input, to_complex))
    return transform


def _full(size, n):
    return size if n is None else n


def _half(size, n):
    return _full(size, n) // 2 + 1


def _whole(size, n):
    return 2 * (size - 1) if n is None else n


fft, ifft = _along('fft', True, _full), _along('ifft', True, _full)
rfft, ihfft = _along('rfft', True, _half, True), _along('ihfft', True, _half, True)
irfft, hfft = _along('irfft', False, _whole), _along('hfft', False, _whole)
fft2, ifft2, fftn, ifftn = _over('fft2', True, _full, (-2, -1)), _over('ifft2', True, _full, (-2, -1)), _over('fftn', True, _full, None), _over('ifftn', True, _full, None)
rfft2, rfftn = _over('rfft2', True, _half, (-2, -1), True), _over('rfftn', True, _half, None, True)
ihfft2, ihfftn = _over('ihfft2', True, _half, (-2, -1), True), _over('ihfftn', True, _half, None, True)
irfft2, irfftn = _over('irfft2', False, _whole, (-2, -1)), _over('irfftn', False, _whole, None)
hfft2, hfftn = _over('hfft2', False, _whole, (-2, -1)), _over('hfftn', False, _whole, None)


def _shifted(name):
    def shift(input, dim=None):
        if ranked(input) and dim is not None:
            dimensions(dim if isinstance(dim, int) else list(dim), len(input.shape))
        return gap(f'torch.fft.{name}', input, shape=list(input.shape) if ranked(input) else None, dtype=input.dtype.name if typed(input) else None)
    return shift


fftshift, ifftshift = _shifted('fftshift'), _shifted('ifftshift')


def fftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    from .operations.creation import tensor
    return tensor([(k if k < (n + 1) // 2 else k - n) / (n * d) for k in range(n)], dtype=dtype or types.get_default_dtype())


def rfftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    from .operations.creation import tensor
    return tensor([k / (n * d) for k in range(n // 2 + 1)], dtype=dtype or types.get_default_dtype())


def __getattr__(name):
    return layerscope.missing('torch.fft', name)
