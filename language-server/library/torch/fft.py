"""`torch.fft`: complex tensors have their shapes, but their elements are not followed."""

from .operations.checks import gap


def _same(name):
    def transform(input, *args, **options):
        return gap(f'torch.fft.{name}', input, shape=list(input.shape), dtype='complex64')
    return transform


fft, ifft, fft2, ifft2, fftn, ifftn = [_same(name) for name in ('fft', 'ifft', 'fft2', 'ifft2', 'fftn', 'ifftn')]


def fftshift(input, dim=None):
    return gap('torch.fft.fftshift', input, shape=list(input.shape), dtype=input.dtype.name)


ifftshift = fftshift


def _last(shape, dim, size):
    shape = list(shape)
    shape[dim] = size
    return shape


def rfft(input, n=None, dim=-1, norm=None):
    length = n if n is not None else input.shape[dim]
    return gap('torch.fft.rfft', input, shape=_last(input.shape, dim, length // 2 + 1), dtype='complex64')


def irfft(input, n=None, dim=-1, norm=None):
    length = n if n is not None else 2 * (input.shape[dim] - 1)
    return gap('torch.fft.irfft', input, shape=_last(input.shape, dim, length), dtype='float32')


def rfft2(input, s=None, dim=(-2, -1), norm=None):
    shape = list(input.shape)
    if s is not None:
        for axis, size in zip(dim, s):
            shape[axis] = size
    shape[dim[-1]] = shape[dim[-1]] // 2 + 1
    return gap('torch.fft.rfft2', input, shape=shape, dtype='complex64')


def irfft2(input, s=None, dim=(-2, -1), norm=None):
    shape = list(input.shape)
    shape[dim[-1]] = 2 * (shape[dim[-1]] - 1)
    if s is not None:
        for axis, size in zip(dim, s):
            shape[axis] = size
    return gap('torch.fft.irfft2', input, shape=shape, dtype='float32')


def fftfreq(n, d=1.0, *, dtype=None, device=None):
    from .operations.creation import tensor
    return tensor([(k if k < (n + 1) // 2 else k - n) / (n * d) for k in range(n)])


def rfftfreq(n, d=1.0, *, dtype=None, device=None):
    from .operations.creation import tensor
    return tensor([k / (n * d) for k in range(n // 2 + 1)])
