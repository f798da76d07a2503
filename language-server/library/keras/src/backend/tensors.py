"""Tensors: eager ones, Keras's symbolic ones and variables; conversion, casts and arithmetic on them."""
import layerscope

from keras.src.backend.dtypes import CODES, FLOATS, result_type, standardize_dtype


class Tensor(layerscope.Value):
    """A tensor of the backend."""

    __array_priority__ = 100

    @property
    def ndim(self):
        return len(self.shape)

    def numpy(self):
        import numpy
        return layerscope.cast_class(self, numpy.ndarray)

    def __len__(self):
        return self.shape[0]

    def get_shape(self):
        return self.shape

    def set_shape(self, shape):
        pass

    def __bool__(self):
        return bool(layerscope.elements(self))

    def __int__(self):
        return int(layerscope.elements(self))

    def __index__(self):
        return layerscope.elements(self)

    def __float__(self):
        return float(layerscope.elements(self))

    def __round__(self, ndigits=None):
        return round(layerscope.elements(self), ndigits)

    def __format__(self, spec):
        return format(layerscope.elements(self), spec) if spec else str(self)

    def __hash__(self):
        return id(self)

    def __iter__(self):
        if not layerscope.is_known(self.shape):
            return iter(layerscope.unknown('the rows of a tensor of unknown shape'))
        if len(self.shape) == 0:
            raise TypeError('Cannot iterate over a scalar tensor.')
        size = self.shape[0]
        if not layerscope.is_known(size):
            return iter(layerscope.repeat(self[0], 'a tensor of an unknown number of rows'))
        return iter([self[index] for index in range(size)])

    def __add__(self, other):
        return arithmetic('Add', *of_one_type('Add', self, other))

    def __radd__(self, other):
        return arithmetic('Add', other, self)

    def __sub__(self, other):
        return arithmetic('Sub', *of_one_type('Sub', self, other))

    def __rsub__(self, other):
        return arithmetic('Sub', other, self)

    def __mul__(self, other):
        return arithmetic('Mul', *of_one_type('Mul', self, other))

    def __rmul__(self, other):
        return arithmetic('Mul', other, self)

    def __truediv__(self, other):
        return divide(*of_one_type('RealDiv', self, other))

    def __rtruediv__(self, other):
        return divide(other, self)

    def __floordiv__(self, other):
        return floor_divide(self, other)

    def __rfloordiv__(self, other):
        return floor_divide(other, self)

    def __mod__(self, other):
        return modulo(self, other)

    def __rmod__(self, other):
        return modulo(other, self)

    def __pow__(self, other):
        return arithmetic('Pow', self, other)

    def __rpow__(self, other):
        return arithmetic('Pow', other, self)

    def __matmul__(self, other):
        from keras.src.operations import numpy as ops
        return ops.matmul(*of_one_type('MatMul', self, other))

    def __rmatmul__(self, other):
        from keras.src.operations import numpy as ops
        return ops.matmul(other, self)

    def __neg__(self):
        return unary('Neg', self)

    def __pos__(self):
        return self

    def __abs__(self):
        return unary('Abs', self)

    def __lt__(self, other):
        return arithmetic('Less', self, other)

    def __le__(self, other):
        return arithmetic('LessOrEqual', self, other)

    def __gt__(self, other):
        return arithmetic('Greater', self, other)

    def __ge__(self, other):
        return arithmetic('GreaterOrEqual', self, other)

    def __eq__(self, other):
        if not isinstance(other, (layerscope.Value, int, float, bool, list, tuple)):
            return False
        return arithmetic('Equal', self, other)

    def __ne__(self, other):
        if not isinstance(other, (layerscope.Value, int, float, bool, list, tuple)):
            return True
        return unary('Not', arithmetic('Equal', self, other))

    def __and__(self, other):
        return arithmetic('And', self, other)

    def __or__(self, other):
        return arithmetic('Or', self, other)

    def __xor__(self, other):
        return arithmetic('Xor', self, other)

    def __invert__(self):
        return unary('Not', self)

    def __getitem__(self, key):
        from keras.src.backend.indexing import get_item
        return get_item(self, key)


def _only_of_variables(name):
    def method(self):
        raise AttributeError(f"'{self.__class__.__name__}' object has no attribute '{name}': tensors do not change, a tf.Variable does")
    return property(method)


Tensor.assign, Tensor.assign_add, Tensor.assign_sub = [_only_of_variables(name) for name in ('assign', 'assign_add', 'assign_sub')]


class KerasTensor(Tensor):
    """A symbolic tensor: the result of `keras.Input` or of a layer called on one."""

    def __bool__(self):
        from keras.src.operations.operation import calls
        maker = getattr(self, '_keras_history', (None,))[0]
        # TensorFlow rewrites conditions inside of layers; `==` compares KerasTensors as objects
        if not calls.depth and maker is not None and maker.name[:5] != 'equal':
            raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")
        return super().__bool__()

    def __repr__(self):
        return f"<KerasTensor shape={self.shape}, dtype={self.dtype}, name={self.name}>"

    @property
    def name(self):
        given = getattr(self, '_name', None)
        return given or f"{getattr(self, '_keras_history', ('keras_tensor',))[0]}"

    def __iter__(self):
        from keras.src.operations.operation import calls
        if not calls.depth and layerscope.is_known(self.shape) and len(self.shape) and not layerscope.is_known(self.shape[0]):
            raise TypeError('Iterating over a symbolic KerasTensor is not supported.')
        return super().__iter__()


class Variable(Tensor):
    """A weight, or a state that training changes."""

    __layerscope_tensor__ = Tensor

    def __new__(cls, initializer=None, shape=None, dtype=None, trainable=True, autocast=True, aggregation='none', synchronization='auto', name=None, **kwargs):
        from keras.src import initializers
        if callable(initializer) or isinstance(initializer, str):
            rule = initializers.get(initializer)
            initial = initializers.initial_of(rule, shape)
            made = layerscope.parameter(tuple(shape), standardize_dtype(dtype), initial, trainable, like=cls)
        else:
            value = convert(initializer, dtype)
            known = layerscope.elements(value)
            made = layerscope.parameter(tuple(value.shape), value.dtype, known if layerscope.is_known(known) and isinstance(known, (int, float)) else 'unknown', trainable, like=cls)
        made.name = made.path = name or 'variable'
        made.trainable = trainable
        return made

    def __init__(self, *args, **kwargs):
        pass

    def assign(self, value, read_value=True):
        value = convert(value)
        if layerscope.is_known(value.shape) and layerscope.is_known(self.shape):
            layerscope.require(len(value.shape) == len(self.shape) and same_shape(value.shape, self.shape), ValueError(
                "The shape of the target variable and the shape of the target value in `variable.assign(value)` must match. "
                f"variable.shape={self.shape}, Received: value.shape={value.shape}. Target variable: {self}"))
        return self

    def assign_add(self, value):
        return self.assign(self + value)

    def assign_sub(self, value):
        return self.assign(self - value)

    @property
    def value(self):
        return layerscope.cast_class(self, _Read)

    def read_value(self):
        return layerscope.cast_class(self, Tensor)

    def __repr__(self):
        return f"<Variable path={getattr(self, 'path', 'variable')}, shape={self.shape}, dtype={self.dtype}>"


class _Read(Tensor):
    """What `variable.value` gives: a tensor in Keras 3, and a method in TensorFlow."""

    __layerscope_tensor__ = Tensor

    def __call__(self):
        return layerscope.cast_class(self, Tensor)


def convert(x, dtype=None):
    """A tensor from an array, a number, nested lists or a tensor."""
    if x is None:
        return None
    if layerscope.is_unknown(x) or isinstance(x, list) and not layerscope.is_known(x):
        return layerscope.data(None, None if dtype is None else standardize_dtype(dtype), 'a tensor made of an unknown value', like=Tensor)
    if isinstance(x, layerscope.Value):
        if not isinstance(x, Tensor):
            if dtype_of(x) == 'float64' and dtype is None:
                dtype = 'float32'
            x = layerscope.cast_class(x, Tensor)
        elif dtype is None and isinstance(x, Variable):
            return in_type_of_layer(x)
        return x if dtype is None else cast(x, dtype)
    if isinstance(x, (list, tuple)) and any([isinstance(item, layerscope.Value) for item in x]):
        from keras.src.operations import numpy as ops
        made = ops.stack([convert(item) for item in x])
        return made if dtype is None else cast(made, dtype)
    if hasattr(x, '__array__') and not isinstance(x, (int, float, bool, str)):
        return convert(x.__array__(), dtype)
    if isinstance(x, (list, tuple)) and _is_ragged(x):
        raise ValueError("Can't convert non-rectangular Python sequence to Tensor. Its lists have different lengths: pad them to one shape, or make a tf.ragged.constant")
    return layerscope.constant(x, standardize_dtype(dtype) if dtype is not None else _literal_dtype(x), like=Tensor)


def in_type_of_layer(variable):
    """Within the call of a layer that computes in another type than its weights have, they are cast as they are used."""
    from keras.src.operations.operation import calls
    if calls.autocast is None or variable.dtype not in FLOATS or variable.dtype == calls.autocast:
        return variable
    return layerscope.operator('Cast', variable, to=CODES[calls.autocast], like=Tensor)


def _is_ragged(rows):
    """Whether nested lists of one level have different lengths, for certain."""
    lists = [row for row in rows if not layerscope.is_unknown(row) and isinstance(row, (list, tuple))]
    if not lists or any([layerscope.is_unknown(row) for row in rows]):
        return False
    if len(lists) != len(rows) or any([len(row) != len(lists[0]) for row in lists]):
        return True
    return _is_ragged([item for row in lists for item in row])


def _literal_dtype(x):
    while isinstance(x, (list, tuple)) and len(x):
        x = next((item for item in x if isinstance(item, float) or isinstance(item, (list, tuple))), x[0])
    return 'bool' if isinstance(x, bool) else 'int32' if isinstance(x, int) else 'string' if isinstance(x, str) else 'float32'


def dtype_of(x):
    """The name of the element type of a tensor or an array; None where it is not known."""
    return x._type if hasattr(x, '_type') else x.dtype


def cast(x, dtype):
    x = convert(x)
    dtype = standardize_dtype(dtype)
    if x is None or not isinstance(x, layerscope.Value) or x.dtype == dtype or dtype is None:
        return x
    return layerscope.operator('Cast', x, to=CODES[dtype], like=plain_class(x))


def to_float(x):
    """The tensor in a float type: what integer tensors become where only floats make sense."""
    x = convert(x)
    return x if x.dtype in FLOATS or x.dtype is None or x.dtype.startswith('complex') else cast(x, 'float32')


def plain_class(*values):
    """The class of a result: symbolic where one of the values is."""
    return KerasTensor if any([not layerscope.is_unknown(value) and isinstance(value, KerasTensor) for value in values]) else Tensor


def same_shape(left, right):
    """Whether two shapes of the same rank can be equal."""
    for a, b in zip(left, right):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b:
            return False
    return True


def check_broadcast(left, right):
    """Raises where two shapes do not broadcast, with Keras's words."""
    if not layerscope.is_known(left) or not layerscope.is_known(right):
        return
    for a, b in zip(reversed(left), reversed(right)):
        if layerscope.is_known(a) and layerscope.is_known(b) and a != b and a != 1 and b != 1:
            raise ValueError(f"Cannot broadcast shape, the failure dim has value {a}, which cannot be broadcasted to {b}. "
                             f"Input shapes are: {list(left)} and {list(right)}.")


def align(a, b):
    """Two operands in one element type. A Python number takes the type of the tensor beside it."""
    a_tensor, b_tensor = isinstance(a, layerscope.Value), isinstance(b, layerscope.Value)
    if a_tensor and not b_tensor and isinstance(b, (int, float)):
        return (to_float(a) if isinstance(b, float) else convert(a)), b
    if b_tensor and not a_tensor and isinstance(a, (int, float)):
        return a, (to_float(b) if isinstance(a, float) else convert(b))
    a, b = convert(a), convert(b)
    dtype = result_type(a.dtype, b.dtype)
    return (a, b) if dtype is None else (cast(a, dtype), cast(b, dtype))


def check_types(operation, values):
    """Raises where eager tensors differ in type: TensorFlow casts none of them. Nothing is said of symbolic ones, which Keras casts."""
    from keras.src.backend.config import backend
    known = [x for x in values if isinstance(x, Tensor) and x.dtype is not None and x.dtype not in ('bool', 'string') and not x.dtype.startswith('complex')]
    if len(known) < 2 or backend() != 'tensorflow' or any([isinstance(x, KerasTensor) for x in values]):
        return
    for position, x in enumerate(known):
        if x.dtype != known[0].dtype and (x.dtype in FLOATS or known[0].dtype in FLOATS) and not _may_be_number(x, known[0]):
            from tensorflow.errors import InvalidArgumentError
            message = (f"cannot compute {operation} as input #{position}(zero-based) was expected to be a {known[0].dtype} tensor but is a {x.dtype} tensor. "
                       f"TensorFlow brings tensors of different dtypes to none by itself: tf.cast(x, tf.{known[0].dtype if known[0].dtype in FLOATS else x.dtype})")
            error = layerscope.related(InvalidArgumentError(message), known[0], f'the {known[0].dtype} tensor is made here')
            raise layerscope.related(error, x, f'the {x.dtype} tensor is made here')


def _may_be_number(a, b):
    """Whether one of two float tensors was a number of Python or NumPy, whose type is not told apart."""
    return a.dtype in FLOATS and b.dtype in FLOATS and any([not layerscope.is_known(x.shape) or len(x.shape) == 0 for x in (a, b)])


def of_one_type(operation, a, b):
    """Two operands, an array among them in the type of the tensor beside it; raises where both are tensors of different types."""
    if isinstance(b, layerscope.Value) and not isinstance(b, Tensor) and isinstance(a, Tensor) and a.dtype is not None and layerscope.is_known(a.dtype):
        return a, convert(b, a.dtype)
    check_types(operation, [x for x in (a, b) if not layerscope.is_unknown(x)])
    return a, b


def arithmetic(type, a, b):
    """An elementwise operator of two operands that broadcast; recorded where one of them is symbolic."""
    from keras.src.operations.operation import record_function
    return record_function(OPERATIONS[type], _binary, (type, a, b), {})


def _binary(type, a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return layerscope.gap('arithmetic with an unknown value', *[x for x in (a, b) if not layerscope.is_unknown(x) and isinstance(x, layerscope.Value)], like=plain_class(*[x for x in (a, b) if not layerscope.is_unknown(x)]))
    a, b = align(a, b)
    if isinstance(a, layerscope.Value) and isinstance(b, layerscope.Value):
        check_broadcast(a.shape, b.shape)
    elif type in ('And', 'Or', 'Xor'):
        a, b = convert(a), convert(b)
    if type in ('And', 'Or', 'Xor') and a.dtype != 'bool':
        type = 'Bitwise' + type
    return layerscope.operator(type, a, b, like=plain_class(a, b))


def divide(a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return arithmetic('Div', a, b)
    a = to_float(a) if isinstance(a, layerscope.Value) else a
    b = to_float(b) if isinstance(b, layerscope.Value) else b
    return arithmetic('Div', a, b)


def floor_divide(a, b):
    quotient = unary('Floor', divide(a, b))
    whole = all([not isinstance(x, float) and (not isinstance(x, layerscope.Value) or x.dtype not in FLOATS) for x in (a, b)])
    return cast(quotient, (a if isinstance(a, layerscope.Value) else b).dtype) if whole else quotient


def modulo(a, b):
    """Python's remainder: its sign is the divisor's."""
    a, b = align(a, b)
    tensor = a if isinstance(a, layerscope.Value) else b
    if tensor.dtype in FLOATS:
        return arithmetic('Sub', a, arithmetic('Mul', unary('Floor', arithmetic('Div', a, b)), b))
    return layerscope.operator('Mod', a, b, like=plain_class(a, b))


def unary(type, x):
    from keras.src.operations.operation import record_function
    return record_function(OPERATIONS.get(type, type), _unary, (type, x), {})


def _unary(type, x):
    x = convert(x)
    if type == 'Not' and x.dtype != 'bool':
        type = 'BitwiseNot'
    if type == 'Floor' and x.dtype not in FLOATS:
        return x
    return layerscope.operator(type, x, like=plain_class(x))


# Keras's names of the operations behind ONNX's
OPERATIONS = {
    'Add': 'Add', 'Sub': 'Subtract', 'Mul': 'Multiply', 'Div': 'TrueDivide', 'Pow': 'Power', 'Less': 'Less', 'LessOrEqual': 'LessEqual',
    'Greater': 'Greater', 'GreaterOrEqual': 'GreaterEqual', 'Equal': 'Equal', 'And': 'LogicalAnd', 'Or': 'LogicalOr', 'Xor': 'LogicalXor',
    'Not': 'LogicalNot', 'Neg': 'Negative', 'Abs': 'Absolute', 'Floor': 'Floor', 'Mod': 'Mod',
}
