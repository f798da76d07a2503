"""NDArray: arrays with the arithmetic and the methods of MXNet."""
import layerscope

from mxnet.base import MXNetError


class NDArray(layerscope.Value):
    @property
    def shape(self):
        return super().shape

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return product(self.shape)

    @property
    def T(self):
        return layerscope.operator('Transpose', self, perm=list(reversed(range(len(self.shape)))), like=NDArray)

    @property
    def context(self):
        return layerscope.unknown('a device')

    ctx = context

    @property
    def grad(self):
        return layerscope.data(self.shape, self.dtype, 'a gradient', like=NDArray)

    def __add__(self, other):
        return elementwise('Add', self, other)

    __radd__ = __add__

    def __sub__(self, other):
        return elementwise('Sub', self, other)

    def __rsub__(self, other):
        return elementwise('Sub', other, self)

    def __mul__(self, other):
        return elementwise('Mul', self, other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return elementwise('Div', self, other)

    def __rtruediv__(self, other):
        return elementwise('Div', other, self)

    def __pow__(self, other):
        return elementwise('Pow', self, other)

    def __neg__(self):
        return layerscope.operator('Neg', self, like=NDArray)

    def __gt__(self, other):
        return compare('Greater', self, other)

    def __lt__(self, other):
        return compare('Less', self, other)

    def __ge__(self, other):
        return compare('GreaterOrEqual', self, other)

    def __le__(self, other):
        return compare('LessOrEqual', self, other)

    def __len__(self):
        return self.shape[0]

    def __getitem__(self, key):
        from mxnet.ndarray.shaping import get_item
        return get_item(self, key)

    def __setitem__(self, key, value):
        layerscope.assign(self, layerscope.data(self.shape, self.dtype, 'an array that was written to', like=NDArray))

    def __iter__(self):
        if not layerscope.is_known(self.shape[0]):
            return iter([layerscope.unknown('a row of an array of unknown length')])
        return iter([self[index] for index in range(self.shape[0])])

    def asnumpy(self):
        import numpy
        return layerscope.cast_class(self, numpy.ndarray)

    def __array__(self, *args, **kwargs):
        return self.asnumpy()

    def asscalar(self):
        if layerscope.is_known(self.size) and self.size != 1:
            raise ValueError('The current array is not a scalar')
        return layerscope.unknown('an element of an array', float)

    def astype(self, dtype, copy=True):
        from mxnet.ndarray.creation import type_name
        return layerscope.operator('Cast', self, to=type_name(dtype), like=NDArray)

    def copy(self):
        return self

    def detach(self):
        return self

    def as_in_context(self, context):
        return self

    as_in_ctx = copyto = as_in_context

    def attach_grad(self, *args, **kwargs):
        layerscope.state_gradient(self, True)

    def backward(self, *args, **kwargs):
        layerscope.loss('computed', self)
        layerscope.program(self, 'mxnet')

    def wait_to_read(self):
        pass

    def reshape(self, *shape, **kwargs):
        from mxnet.ndarray.shaping import reshape
        return reshape(self, kwargs.get('shape', shape[0] if len(shape) == 1 and isinstance(shape[0], (list, tuple)) else shape))

    def __getattr__(self, name):
        """Every function of `mx.nd` on one array is a method too."""
        from mxnet import ndarray
        if name.startswith('_'):
            raise AttributeError(name)
        function = getattr(ndarray, name)
        return lambda *args, **kwargs: function(self, *args, **kwargs)


def product(sizes):
    result = 1
    for size in sizes:
        result = result * size
    return result


def elementwise(type, left, right):
    """Operators of Python on arrays broadcast, as MXNet's do."""
    for a in (left, right):
        if not isinstance(a, (NDArray, int, float)):
            return layerscope.unknown('arithmetic of an array with something else')
    shapes = [tuple(side.shape) for side in (left, right) if isinstance(side, NDArray)]
    if len(shapes) == 2:
        check_broadcast(left, right)
    return layerscope.operator(type, left, right, like=NDArray)


def compare(type, left, right):
    made = layerscope.operator(type, left, right, like=NDArray)
    return layerscope.operator('Cast', made, to='float32', like=NDArray)


def check_broadcast(left, right):
    if not layerscope.is_known(left.shape) or not layerscope.is_known(right.shape):
        return
    for a, b in zip(reversed(left.shape), reversed(right.shape)):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1 and b != 1:
            raise layerscope.related(layerscope.related(MXNetError(f'Check failed: l == 1 || r == 1: operands could not be broadcast together with shapes {list(left.shape)} {list(right.shape)}'),
                                                        left, f'the array of shape {tuple(left.shape)} is made here'), right, f'the array of shape {tuple(right.shape)} is made here')
