"""numpy.ndarray and what its methods and the functions of the package share."""
import layerscope

from numpy.dtypes import TYPES, dtype, name_of, promote, storable, weak


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

    def sum(self, axis=None, dtype=None, out=None, keepdims=False, **kwargs):
        from numpy.reductions import sum
        return sum(self, axis, dtype, out, keepdims)

    def prod(self, axis=None, dtype=None, out=None, keepdims=False, **kwargs):
        from numpy.reductions import prod
        return prod(self, axis, dtype, out, keepdims)

    def mean(self, axis=None, dtype=None, out=None, keepdims=False, **kwargs):
        from numpy.reductions import mean
        return mean(self, axis, dtype, out, keepdims)

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **kwargs):
        from numpy.reductions import std
        return std(self, axis, dtype, out, ddof, keepdims)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **kwargs):
        from numpy.reductions import var
        return var(self, axis, dtype, out, ddof, keepdims)

    def max(self, axis=None, out=None, keepdims=False, **kwargs):
        from numpy.reductions import max
        return max(self, axis, out, keepdims)

    def min(self, axis=None, out=None, keepdims=False, **kwargs):
        from numpy.reductions import min
        return min(self, axis, out, keepdims)

    def ptp(self, axis=None, out=None, keepdims=False):
        return self.max(axis, None, keepdims) - self.min(axis, None, keepdims)

    def any(self, axis=None, out=None, keepdims=False, **kwargs):
        from numpy.reductions import any
        return any(self, axis, out, keepdims)

    def all(self, axis=None, out=None, keepdims=False, **kwargs):
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


def asarray(value, dtype=None, order=None, copy=None, like=None, **kwargs):
    """An array of anything that can be one."""
    name = None if dtype is None else storable(name_of(dtype))
    if layerscope.is_unknown(value):
        return layerscope.data(None, name, 'an array made of an unknown value', like=ndarray)
    if isinstance(value, ndarray):
        return value if name is None else cast(value, name)
    if isinstance(value, layerscope.Value):
        made = value.__array__() if hasattr(value, 'detach') else layerscope.cast_class(value, ndarray)
        return made if name is None else cast(made, name)
    if isinstance(value, (list, tuple, range)):
        if not layerscope.is_known(value):
            return layerscope.data(None, name, 'an array made of a list that is not known', like=ndarray)
        return _from_list(list(value), name)
    if isinstance(value, (bool, int, float, complex, str)):
        return layerscope.constant(value, name or _scalar_type(value), like=ndarray)
    if hasattr(value, '__array__'):
        made = asarray(value.__array__())
        return made if name is None else cast(made, name)
    return layerscope.data((), name, 'an object', like=ndarray)


def _scalar_type(value):
    return 'bool' if isinstance(value, bool) else 'int64' if isinstance(value, int) else 'float64' if isinstance(value, float) else 'string' if isinstance(value, str) else 'complex128'


def _from_list(items, name):
    """An array of nested lists, whose leaves may be arrays."""
    if not items:
        return layerscope.constant([], name or 'float64', like=ndarray)
    if not any([_holds_arrays(item) for item in items]):
        return _from_numbers(items, name)
    arrays = [asarray(item) for item in items]
    shapes = [array.shape for array in arrays]
    if not all([layerscope.is_known(shape) for shape in shapes]):
        return layerscope.data(None, name, 'an array made of unknown ones', like=ndarray)
    for shape in shapes[1:]:
        if len(shape) != len(shapes[0]) or not all([not layerscope.is_known(a) or not layerscope.is_known(b) or a == b for a, b in zip(shape, shapes[0])]):
            if name is None:
                raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. "
                                 f"The detected shape was ({len(items)},) + inhomogeneous part.")
            return layerscope.data((len(items),), None, 'an array of arrays of different shapes', like=ndarray)
    from numpy.shaping import stack
    made = stack(arrays)
    return made if name is None else cast(made, name)


def _holds_arrays(item):
    if layerscope.is_unknown(item):
        return True
    if isinstance(item, (list, tuple)):
        return not layerscope.is_known(item) or any([_holds_arrays(inner) for inner in item])
    return not isinstance(item, (bool, int, float, complex, str))


def _from_numbers(items, name):
    shape = _nested_shape(items)
    leaves = _leaves(items)
    if name is None:
        kinds = [_scalar_type(leaf) for leaf in leaves]
        name = ('string' if 'string' in kinds else 'complex128' if 'complex128' in kinds else 'float64' if 'float64' in kinds else 'int64' if 'int64' in kinds else
                'bool' if kinds else 'float64')
    if len(leaves) > 10000 or name == 'string' or name == 'complex128' or not leaves:
        return layerscope.data(shape, name, 'a large array', like=ndarray)
    return layerscope.constant(items, name, like=ndarray)


def _leaves(items):
    made = []
    for item in items:
        if isinstance(item, (list, tuple)):
            made.extend(_leaves(item))
        else:
            made.append(item)
    return made


def _nested_shape(items):
    """The shape of nested lists; raises where they are ragged."""
    if not isinstance(items, (list, tuple)):
        return ()
    if not items:
        return (0,)
    inner = [_nested_shape(item) for item in items]
    for shape in inner[1:]:
        if shape != inner[0]:
            raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. "
                             f"The detected shape was ({len(items)},) + inhomogeneous part.")
    return (len(items),) + inner[0]


def cast(array, name):
    name = storable(name) if name is not None else None
    if name is None or layerscope_type(array) == name:
        return array
    if layerscope_type(array) == 'string' or name == 'string' or name.startswith('complex'):
        return layerscope.data(array.shape if layerscope.is_known(array.shape) else None, name, 'an array of texts', like=ndarray)
    return layerscope.operator('Cast', array, to=TYPES[name][0], like=ndarray)


def full_of(shape, value, name):
    """An array of one value, folded where it is small."""
    shape = as_shape(shape)
    if not layerscope.is_known(shape):
        return layerscope.data(None, name, 'an array of unknown shape', like=ndarray)
    made = layerscope.constant(value, name, like=ndarray)
    return layerscope.operator('Expand', made, list(shape), like=ndarray) if shape else made


def as_shape(shape):
    """A shape given as a number, a sequence or an array."""
    if isinstance(shape, layerscope.Value):
        shape = layerscope.elements(shape)
    if layerscope.is_unknown(shape):
        return shape
    if isinstance(shape, (list, tuple)):
        made = []
        for size in shape:
            if isinstance(size, layerscope.Value):
                size = layerscope.elements(size)
            if isinstance(size, float):
                raise TypeError("'float' object cannot be interpreted as an integer")
            if size is None:
                raise TypeError("'NoneType' object cannot be interpreted as an integer")
            if layerscope.is_unknown(size):
                size = layerscope.symbol('size', 0)
            elif layerscope.is_known(size) and size < 0:
                raise ValueError("negative dimensions are not allowed")
            made.append(size)
        return tuple(made)
    if isinstance(shape, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    if layerscope.is_known(shape) and shape < 0:
        raise ValueError("negative dimensions are not allowed")
    return (shape,)


def shape_text(shape):
    """A shape as NumPy's errors write it: (3,4)."""
    inner = ','.join([str(size) for size in shape])
    return f'({inner},)' if len(shape) == 1 else f'({inner})'


def check_broadcast(*arrays):
    """Raises where arrays do not broadcast."""
    shapes = [array.shape for array in arrays]
    if not all([layerscope.is_known(shape) for shape in shapes]):
        return
    made = []
    for shape in shapes:
        made = list(shape[:max(len(shape) - len(made), 0)]) + made
    for shape in shapes:
        offset = len(made) - len(shape)
        for position, size in enumerate(shape):
            current = made[offset + position]
            if layerscope.is_known(current) and layerscope.is_known(size) and current != size and current != 1 and size != 1:
                error = ValueError(f"operands could not be broadcast together with shapes {' '.join([shape_text(each) for each in shapes])} ")
                for array in arrays:
                    error = layerscope.related(error, array, f'the array of shape {array.shape} is made here')
                raise error
            if layerscope.is_known(current) and current == 1:
                made[offset + position] = size


def align(a, b):
    """Two operands as arrays of one type, where Python numbers take the array's."""
    a_array, b_array = isinstance(a, layerscope.Value), isinstance(b, layerscope.Value)
    if a_array and not b_array and isinstance(b, (bool, int, float)):
        a = asarray(a)
        return cast(a, weak(layerscope_type(a), b)), b
    if b_array and not a_array and isinstance(a, (bool, int, float)):
        b = asarray(b)
        return a, cast(b, weak(layerscope_type(b), a))
    a, b = asarray(a), asarray(b)
    name = promote(layerscope_type(a), layerscope_type(b))
    return cast(a, name), cast(b, name)


def yields(other):
    """Whether an operator of NumPy leaves the work to the other operand: a tensor of a framework that knows arrays."""
    return isinstance(other, layerscope.Value) and not isinstance(other, ndarray)


def arithmetic(type, a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return layerscope.data(None, None, 'arithmetic with an unknown value', like=ndarray)
    if yields(b) or yields(a):
        return NotImplemented
    a, b = align(a, b)
    if isinstance(a, layerscope.Value) and isinstance(b, layerscope.Value):
        check_broadcast(a, b)
    if type in ('Mod', 'Pow'):
        a, b = _counting(a, b)
    array = a if isinstance(a, layerscope.Value) else b
    name = layerscope_type(array)
    if type in ('And', 'Or', 'Xor'):
        a, b = asarray(a), asarray(b)
        if name != 'bool':
            type = 'Bitwise' + type
    elif name == 'bool':
        if type == 'Sub':
            raise TypeError("numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.")
        if type in ('Add', 'Mul'):
            a, b, type = asarray(a), asarray(b), 'Or' if type == 'Add' else 'And'
    elif name == 'string' or name is None or name.startswith('complex'):
        return layerscope.data(broadcast_of(asarray(a), asarray(b)), name, 'arithmetic on texts or complex numbers', like=ndarray)
    elif type == 'Mod' and name.startswith('float'):
        quotient = layerscope.operator('Floor', layerscope.operator('Div', a, b, like=ndarray), like=ndarray)
        return layerscope.operator('Sub', a, layerscope.operator('Mul', quotient, b, like=ndarray), like=ndarray)
    elif type == 'Pow' and name.startswith('uint'):
        return layerscope.data(broadcast_of(asarray(a), asarray(b)), name, 'a power', like=ndarray)
    return layerscope.operator(type, a, b, like=ndarray)


def broadcast_of(a, b):
    """The shape that two arrays broadcast to; None where it is not known."""
    if not layerscope.is_known(a.shape) or not layerscope.is_known(b.shape):
        return None
    longer, shorter = (a.shape, b.shape) if len(a.shape) >= len(b.shape) else (b.shape, a.shape)
    offset = len(longer) - len(shorter)
    return tuple(longer[:offset]) + tuple([y if layerscope.is_known(x) and x == 1 else x for x, y in zip(longer[offset:], shorter)])


def comparison(type, a, b):
    if layerscope.is_unknown(b):
        return layerscope.data(None, 'bool', 'a comparison with an unknown value', like=ndarray)
    if yields(b):
        return NotImplemented
    if isinstance(b, (list, tuple)):
        b = asarray(b)
    if isinstance(a, layerscope.Value) and isinstance(b, layerscope.Value) and type == 'Equal' and layerscope.is_known(a.shape) and layerscope.is_known(b.shape):
        check_broadcast(a, b)
    made = arithmetic(type, a, b)
    return made


def true_divide(a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return arithmetic('Div', a, b)
    if yields(b) or yields(a):
        return NotImplemented
    a, b = align(_operand(a), _operand(b))
    return arithmetic('Div', _floating(a), _floating(b))


def _operand(x):
    return asarray(x) if isinstance(x, (list, tuple)) else x


def _floating(x):
    if isinstance(x, (list, tuple)):
        x = asarray(x)
    if isinstance(x, layerscope.Value):
        name = layerscope_type(x)
        return cast(x, 'float64') if name is not None and TYPES[name][1] in 'iub' else x
    return float(x) if isinstance(x, int) and layerscope.is_known(x) else x


def _counting(a, b):
    """Truth values as the small integers that NumPy divides and raises them as."""
    array = a if isinstance(a, layerscope.Value) else b
    return (cast(asarray(a), 'int8'), cast(asarray(b), 'int8')) if layerscope_type(array) == 'bool' else (a, b)


def floor_divide(a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return arithmetic('Div', a, b)
    a, b = _counting(*align(a, b))
    array = a if isinstance(a, layerscope.Value) else b
    name = layerscope_type(array)
    if name is None:
        return layerscope.data(array.shape if layerscope.is_known(array.shape) else None, None, 'a quotient', like=ndarray)
    if isinstance(a, layerscope.Value) and isinstance(b, layerscope.Value):
        check_broadcast(a, b)
    if TYPES[name][1] == 'f':
        return layerscope.operator('Floor', layerscope.operator('Div', a, b, like=ndarray), like=ndarray)
    remainder = layerscope.operator('Mod', a, b, like=ndarray)
    return layerscope.operator('Div', layerscope.operator('Sub', a, remainder, like=ndarray), b, like=ndarray)


def in_place(type, target, other):
    made = arithmetic(type, target, other)
    if made is NotImplemented:
        return NotImplemented
    if layerscope.is_known(made.shape) and layerscope.is_known(target.shape) and len(made.shape) != len(target.shape) or not _fits(made, target):
        raise ValueError(f"non-broadcastable output operand with shape {shape_text(target.shape)} doesn't match the broadcast shape {shape_text(made.shape)}")
    own, name = layerscope_type(target), layerscope_type(made)
    if own is not None and name is not None and own != name:
        if TYPES[own][1] in 'iub' and TYPES[name][1] in 'fc':
            word = {'Add': 'add', 'Sub': 'subtract', 'Mul': 'multiply', 'Div': 'divide'}[type]
            raise TypeError(f"Cannot cast ufunc '{word}' output from dtype('{name}') to dtype('{own}') with casting rule 'same_kind'")
        made = cast(made, own)
    layerscope.assign(target, made)
    return target


def _fits(made, target):
    if not layerscope.is_known(made.shape) or not layerscope.is_known(target.shape):
        return True
    return all([not layerscope.is_known(a) or not layerscope.is_known(b) or a == b for a, b in zip(made.shape, target.shape)])


def unary(type, x):
    x = asarray(x)
    name = layerscope_type(x)
    if type == 'Neg' and name == 'bool':
        raise TypeError("The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.")
    if type == 'Not' and name != 'bool':
        x = cast(x, 'bool')
    if type == 'Neg' and name is not None and name.startswith('uint') or type == 'Abs' and name == 'bool':
        return x
    return layerscope.operator(type, x, like=ndarray)
