"""The array of mx.np: NumPy's, with gradients and devices."""
import numpy as _numpy

import layerscope


def own(value, dtype=None):
    """Arrays of NumPy's functions as arrays of MXNet's; floats of 64 bits become floats of 32, as those are what it computes with."""
    if isinstance(value, ndarray) and dtype is None:
        return value
    if isinstance(value, _numpy.ndarray):
        name = value._type
        wanted = dtype if dtype is not None else 'float32' if name == 'float64' else name
        if wanted != name and name is not None:
            value = layerscope.operator('Cast', value, to=wanted, like=_numpy.ndarray)
        return layerscope.cast_class(value, ndarray)
    if isinstance(value, (list, tuple)) and layerscope.is_known(value):
        return type(value)([own(item) for item in value])
    return value


class ndarray(_numpy.ndarray):
    @property
    def grad(self):
        return layerscope.data(self.shape, self._type, 'a gradient', like=ndarray)

    @property
    def ctx(self):
        return layerscope.unknown('a device')

    context = device = ctx

    @property
    def T(self):
        return self.transpose()

    def attach_grad(self, *args, **kwargs):
        layerscope.state_gradient(self, True)

    def backward(self, *args, **kwargs):
        layerscope.loss('computed', self)
        layerscope.program(self, 'mxnet')

    def asnumpy(self):
        return layerscope.cast_class(self, _numpy.ndarray)

    def detach(self):
        return self

    as_nd_ndarray = as_np_ndarray = detach

    def as_in_ctx(self, ctx):
        return self

    as_in_context = copyto = to_device = as_in_ctx

    def wait_to_read(self):
        pass


def _method(name):
    inherited = getattr(_numpy.ndarray, name)
    return lambda self, *args, **kwargs: own(inherited(self, *args, **kwargs))


for _name in ('__add__', '__radd__', '__sub__', '__rsub__', '__mul__', '__rmul__', '__truediv__', '__rtruediv__', '__pow__', '__rpow__', '__matmul__', '__mod__', '__neg__', '__abs__',
              '__eq__', '__ne__', '__lt__', '__le__', '__gt__', '__ge__', '__getitem__', 'astype', 'copy', 'reshape', 'transpose', 'swapaxes', 'flatten', 'ravel', 'squeeze', 'repeat', 'take',
              'sum', 'mean', 'max', 'min', 'prod', 'std', 'var', 'argmax', 'argmin', 'cumsum', 'clip', 'round', 'dot', 'argsort'):
    setattr(ndarray, _name, _method(_name))
