"""numpy.ndarray, and what every other module needs to know of an array."""
import layerscope

from numpy.dtypes import TYPES, dtype, name_of


class ndarray(layerscope.Value):
    __array_priority__ = 0

    @property
    def dtype(self):
        name = super().dtype
        return dtype(name) if name is not None else layerscope.unknown('the type of an array')

    @property
    def _type(self):
        """The name of the element type; None where it is not known."""
        return super().dtype

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return count(self.shape)

    @property
    def T(self):
        return self.transpose()

    @property
    def mT(self):
        return self.swapaxes(-1, -2)

    @property
    def real(self):
        return self

    @property
    def flat(self):
        return self.ravel()

    @property
    def nbytes(self):
        return self.size * self.dtype.itemsize

    @property
    def itemsize(self):
        return self.dtype.itemsize

    def __array__(self, *args, **kwargs):
        return self

    def __len__(self):
        if len(self.shape) == 0:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        if len(self.shape) == 0:
            raise TypeError("iteration over a 0-d array")
        size = self.shape[0]
        if not layerscope.is_known(size) or size > 10000:
            return iter(layerscope.unknown('the elements of a large array'))
        return iter([self[index] for index in range(size)])

    def __hash__(self):
        if len(self.shape):
            raise TypeError("unhashable type: 'numpy.ndarray'")
        return hash(self.item())

    def __bool__(self):
        if layerscope.is_known(self.shape) and layerscope.is_known(self.size) and self.size > 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return bool(self.item())

    def __int__(self):
        return int(self.item())

    def __float__(self):
        return float(self.item())

    def __index__(self):
        return self.item()

    def __repr__(self):
        known = layerscope.elements(self)
        return f'array({known})' if layerscope.is_known(known) else f'array(shape={self.shape}, dtype={self.dtype})'

    __str__ = __repr__

    def __format__(self, spec):
        return format(self.item(), spec) if spec else str(self)

    def __round__(self, ndigits=None):
        return round(self.item(), ndigits)

    def __divmod__(self, other):
        return self // other, self % other

    def __ceil__(self):
        return layerscope.unknown('a rounded element')

    __floor__ = __trunc__ = __ceil__

    def __contains__(self, item):
        return layerscope.unknown('whether an array holds a value')

    def item(self, *args):
        if layerscope.is_known(self.shape) and layerscope.is_known(self.size) and not args and self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        made = layerscope.elements(self[args] if args else self)
        while isinstance(made, list):
            made = made[0]
        return made

    def tolist(self):
        return layerscope.elements(self)

    def copy(self, order='C'):
        return layerscope.operator('Identity', self, like=ndarray)

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()

    def astype(self, type, order='K', casting='unsafe', subok=True, copy=True):
        if layerscope.is_known(order) and order is not None and not isinstance(order, str):
            raise TypeError(f"order must be str, not {order.__class__.__name__}")
        if layerscope.is_known(order) and order not in (None, 'C', 'F', 'A', 'K', 'c', 'f', 'a', 'k'):
            raise ValueError(f"order must be one of 'C', 'F', 'A', or 'K' (got '{order}')")
        return cast(self, name_of(type))

    def view(self, *args):
        return self

    def fill(self, value):
        layerscope.assign(self, full_of(self.shape, value, layerscope_type(self)))

    def __getitem__(self, key):
        from numpy.indexing import get_item
        return get_item(self, key)

    def __setitem__(self, key, value):
        from numpy.indexing import set_item
        set_item(self, key, value)

    # arithmetic

    def __add__(self, other):
        return arithmetic('Add', self, other)

    def __radd__(self, other):
        return arithmetic('Add', other, self)

    def __sub__(self, other):
        layerscope.step(self, other)
        return arithmetic('Sub', self, other)

    def __rsub__(self, other):
        return arithmetic('Sub', other, self)

    def __mul__(self, other):
        return arithmetic('Mul', self, other)

    def __rmul__(self, other):
        return arithmetic('Mul', other, self)

    def __truediv__(self, other):
        return true_divide(self, other)

    def __rtruediv__(self, other):
        return true_divide(other, self)

    def __floordiv__(self, other):
        return floor_divide(self, other)

    def __rfloordiv__(self, other):
        return floor_divide(other, self)

    def __mod__(self, other):
        return arithmetic('Mod', self, other)

    def __rmod__(self, other):
        return arithmetic('Mod', other, self)

    def __pow__(self, other):
        return arithmetic('Pow', self, other)

    def __rpow__(self, other):
        return arithmetic('Pow', other, self)

    def __matmul__(self, other):
        from numpy.products import matmul
        return matmul(self, other)

    def __rmatmul__(self, other):
        from numpy.products import matmul
        return matmul(other, self)

    def __iadd__(self, other):
        layerscope.step(self, other)
        return in_place('Add', self, other)

    def __isub__(self, other):
        layerscope.step(self, other)
        return in_place('Sub', self, other)

    def __imul__(self, other):
        return in_place('Mul', self, other)

    def __itruediv__(self, other):
        if TYPES.get(layerscope_type(self), (0, 'f'))[1] in 'iub':
            raise TypeError(f"Cannot cast ufunc 'divide' output from dtype('float64') to dtype('{self.dtype}') with casting rule 'same_kind'")
        return in_place('Div', self, other)

    def __neg__(self):
        return unary('Neg', self)

    def __pos__(self):
        return self

    def __abs__(self):
        return unary('Abs', self)

    def __invert__(self):
        return unary('Not' if layerscope_type(self) == 'bool' else 'BitwiseNot', self)

    def __lt__(self, other):
        return comparison('Less', self, other)

    def __le__(self, other):
        return comparison('LessOrEqual', self, other)

    def __gt__(self, other):
        return comparison('Greater', self, other)

    def __ge__(self, other):
        return comparison('GreaterOrEqual', self, other)

    def __eq__(self, other):
        if other is None or not layerscope.is_unknown(other) and isinstance(other, str):
            return layerscope.unknown('a comparison of an array with something that is no number')
        return comparison('Equal', self, other)

    def __ne__(self, other):
        if other is None or not layerscope.is_unknown(other) and isinstance(other, str):
            return layerscope.unknown('a comparison of an array with something that is no number')
        return unary('Not', comparison('Equal', self, other))

    def __and__(self, other):
        return arithmetic('And', self, other)

    def __or__(self, other):
        return arithmetic('Or', self, other)

    def __xor__(self, other):
        return arithmetic('Xor', self, other)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    # methods that functions of the package do

    def reshape(self, *shape, order='C', copy=None):
        from numpy.shaping import reshape
        return reshape(self, shape[0] if len(shape) == 1 else shape)

    def resize(self, *shape, refcheck=True):
        from numpy.shaping import reshape
        layerscope.assign(self, reshape(self, shape[0] if len(shape) == 1 else shape))

    def transpose(self, *axes):
        from numpy.shaping import transpose
        return transpose(self, None if not axes else axes[0] if len(axes) == 1 else axes)

    def swapaxes(self, axis1, axis2):
        from numpy.shaping import swapaxes
        return swapaxes(self, axis1, axis2)

    def ravel(self, order='C'):
        from numpy.shaping import ravel
        return ravel(self)

    flatten = ravel

    def squeeze(self, axis=None):
        from numpy.shaping import squeeze
        return squeeze(self, axis)

    def repeat(self, repeats, axis=None):
        from numpy.shaping import repeat
        return repeat(self, repeats, axis)

    def take(self, indices, axis=None, **kwargs):
        from numpy.indexing import take
        return take(self, indices, axis)

    def diagonal(self, offset=0, axis1=0, axis2=1):
        from numpy.shaping import diagonal
        return diagonal(self, offset, axis1, axis2)

    def dot(self, b, out=None):
        from numpy.products import dot
        return dot(self, b)

    def sum(self, axis=None, dtype=None, out=None, keepdims=False, *, initial=None, where=True):
        from numpy.reductions import sum
        return sum(self, axis, dtype, out, keepdims)

    def prod(self, axis=None, dtype=None, out=None, keepdims=False, *, initial=None, where=True):
        from numpy.reductions import prod
        return prod(self, axis, dtype, out, keepdims)

    def mean(self, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
        from numpy.reductions import mean
        return mean(self, axis, dtype, out, keepdims)

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
        from numpy.reductions import std
        return std(self, axis, dtype, out, ddof, keepdims)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
        from numpy.reductions import var
        return var(self, axis, dtype, out, ddof, keepdims)

    def max(self, axis=None, out=None, keepdims=False, *, initial=None, where=True):
        from numpy.reductions import max
        return max(self, axis, out, keepdims)

    def min(self, axis=None, out=None, keepdims=False, *, initial=None, where=True):
        from numpy.reductions import min
        return min(self, axis, out, keepdims)

    def ptp(self, axis=None, out=None, keepdims=False):
        return self.max(axis, None, keepdims) - self.min(axis, None, keepdims)

    def any(self, axis=None, out=None, keepdims=False, *, initial=None, where=True):
        from numpy.reductions import any
        return any(self, axis, out, keepdims)

    def all(self, axis=None, out=None, keepdims=False, *, initial=None, where=True):
        from numpy.reductions import all
        return all(self, axis, out, keepdims)

    def argmax(self, axis=None, out=None, keepdims=False):
        from numpy.reductions import argmax
        return argmax(self, axis, out, keepdims=keepdims)

    def argmin(self, axis=None, out=None, keepdims=False):
        from numpy.reductions import argmin
        return argmin(self, axis, out, keepdims=keepdims)

    def cumsum(self, axis=None, dtype=None, out=None):
        from numpy.reductions import cumsum
        return cumsum(self, axis)

    def cumprod(self, axis=None, dtype=None, out=None):
        return layerscope.data(self.shape if axis is not None else (self.size,), layerscope_type(self), 'a cumulative product', like=ndarray)

    def clip(self, min=None, max=None, out=None, **kwargs):
        from numpy.pointwise import clip
        return clip(self, min, max)

    def round(self, decimals=0, out=None):
        from numpy.pointwise import round
        return round(self, decimals)

    def sort(self, axis=-1, kind=None, order=None):
        layerscope.assign(self, layerscope.data(self.shape, layerscope_type(self), 'a sorted array', like=ndarray))

    def argsort(self, axis=-1, kind=None, order=None):
        return layerscope.data(self.shape, 'int64', 'the order of an array', like=ndarray)

    def nonzero(self):
        from numpy.indexing import nonzero
        return nonzero(self)

    def conj(self):
        return self

    def tobytes(self, order='C'):
        return layerscope.unknown('the bytes of an array')

    tostring = dump = dumps = tobytes

    def tofile(self, *args, **kwargs):
        pass

    setflags = tofile

    def save(self, *args):
        pass


def layerscope_type(array):
    """The name of the element type; None where it is not known."""
    return array._type if isinstance(array, ndarray) else array.dtype


def count(shape):
    total = 1
    for size in shape:
        total = total * size
    return total


def shape_text(shape):
    """A shape as NumPy's errors write it: (3,4)."""
    inner = ','.join([str(size) for size in shape])
    return f'({inner},)' if len(shape) == 1 else f'({inner})'


# the methods above use these, which need the class to be there
from numpy.arithmetic import arithmetic, comparison, floor_divide, in_place, true_divide, unary
from numpy.conversion import cast, full_of
