"""NumPy's scalar types, dtype objects and promotion (NumPy 2: Python scalars are weak)."""
import layerscope

# name: (ONNX code, kind, bytes)
TYPES = {
    'bool': (9, 'b', 1), 'uint8': (2, 'u', 1), 'uint16': (4, 'u', 2), 'uint32': (12, 'u', 4), 'uint64': (13, 'u', 8), 'int8': (3, 'i', 1), 'int16': (5, 'i', 2),
    'int32': (6, 'i', 4), 'int64': (7, 'i', 8), 'float16': (10, 'f', 2), 'bfloat16': (16, 'f', 2), 'float32': (1, 'f', 4), 'float64': (11, 'f', 8),
    'complex64': (14, 'c', 8), 'complex128': (15, 'c', 16), 'string': (8, 'U', 0),
}


class dtype:
    def __init__(self, type='float64', align=False, copy=False, **kwargs):
        self.name = name_of(type)
        known = TYPES.get(self.name, (0, 'O', 8))
        self.kind, self.itemsize = known[1], known[2]

    @property
    def char(self):
        return self.kind

    @property
    def type(self):
        return _scalars.get(self.name, object_)

    @property
    def str(self):
        return f'<{self.kind}{self.itemsize}'

    def __eq__(self, other):
        try:
            return self.name == name_of(other)
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name


class generic:
    """A NumPy scalar type: called, it makes a scalar; given as `dtype=`, it names an element type."""
    _name = None

    def __new__(cls, value=0):
        from numpy import asarray
        return asarray(value, dtype=cls._name)


class number(generic):
    pass


class integer(number):
    pass


class signedinteger(integer):
    pass


class unsignedinteger(integer):
    pass


class inexact(number):
    pass


class floating(inexact):
    pass


class complexfloating(inexact):
    pass


class bool_(generic):
    _name = 'bool'


class uint8(unsignedinteger):
    _name = 'uint8'


class uint16(unsignedinteger):
    _name = 'uint16'


class uint32(unsignedinteger):
    _name = 'uint32'


class uint64(unsignedinteger):
    _name = 'uint64'


class int8(signedinteger):
    _name = 'int8'


class int16(signedinteger):
    _name = 'int16'


class int32(signedinteger):
    _name = 'int32'


class int64(signedinteger):
    _name = 'int64'


class float16(floating):
    _name = 'float16'


class float32(floating):
    _name = 'float32'


class float64(floating):
    _name = 'float64'


class complex64(complexfloating):
    _name = 'complex64'


class complex128(complexfloating):
    _name = 'complex128'


class str_(generic):
    _name = 'string'


class object_(generic):
    _name = 'object'


_scalars = {cls._name: cls for cls in (bool_, uint8, uint16, uint32, uint64, int8, int16, int32, int64, float16, float32, float64, complex64, complex128, str_, object_)}
_ALIASES = {
    'int': 'int64', 'float': 'float64', 'bool_': 'bool', 'bool8': 'bool', '?': 'bool', 'complex': 'complex128', 'double': 'float64', 'single': 'float32', 'half': 'float16',
    'f': 'float32', 'd': 'float64', 'e': 'float16', 'i': 'int32', 'l': 'int64', 'q': 'int64', 'h': 'int16', 'b': 'int8', 'B': 'uint8', 'H': 'uint16', 'I': 'uint32',
    'f2': 'float16', 'f4': 'float32', 'f8': 'float64', 'i1': 'int8', 'i2': 'int16', 'i4': 'int32', 'i8': 'int64', 'u1': 'uint8', 'u2': 'uint16', 'u4': 'uint32',
    'u8': 'uint64', 'c8': 'complex64', 'c16': 'complex128', 'long': 'int64', 'intp': 'int64', 'uint': 'uint64', 'str': 'string', 'str_': 'string', 'O': 'object',
    'longlong': 'int64', 'intc': 'int32', 'short': 'int16', 'byte': 'int8', 'ubyte': 'uint8', 'U': 'string', 'S': 'string', 'unicode': 'string', 'float_': 'float64',
}


def name_of(type):
    """The name of an element type given in any of NumPy's ways; None where it is not known."""
    if type is None:
        return 'float64'
    if not layerscope.is_known(type):
        return None
    if isinstance(type, dtype):
        return type.name
    if isinstance(type, (int, float, bool)) and not hasattr(type, '_name'):
        raise TypeError(f"Cannot interpret '{type}' as a data type")
    if isinstance(type, list) and type and isinstance(type[0], (int, float)):
        raise TypeError(f"Field elements must be 2- or 3-tuples, got '{type[0]}'")
    if isinstance(type, str):
        name = type.lstrip('<>=|') if len(type) < 5 else type
        name = _ALIASES.get(name, name)
        if name in TYPES or name == 'object':
            return name
        if name[:1] in ('U', 'S', 'M', 'm', 'V'):
            return 'string' if name[:1] in ('U', 'S') else 'object'
        if name.startswith('datetime64') or name.startswith('timedelta64'):
            return 'object'
        raise TypeError(f"data type '{type}' not understood")
    named = getattr(type, '_name', None) or getattr(type, 'name', None)
    if isinstance(named, str):
        return named
    if type is bool:
        return 'bool'
    if type is int:
        return 'int64'
    if type is float:
        return 'float64'
    if type is complex:
        return 'complex128'
    if type is str:
        return 'string'
    return 'object'


def storable(name):
    """The element type as the graph knows it: None for objects."""
    return name if name in TYPES else None


_INTEGERS = ('uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'uint64', 'int64')
_FLOATS = ('float16', 'bfloat16', 'float32', 'float64')


def promote(a, b):
    """The type of an operation on arrays of two types."""
    if a == b or a is None or b is None:
        return a if a == b else None
    kind_a, kind_b = TYPES[a][1], TYPES[b][1]
    if kind_a == 'b':
        return b
    if kind_b == 'b':
        return a
    if 'U' in (kind_a, kind_b):
        return 'string'
    if 'c' in (kind_a, kind_b):
        return 'complex64' if a in ('complex64', 'float16', 'float32') and b in ('complex64', 'float16', 'float32') else 'complex128'
    if kind_a == 'f' and kind_b == 'f':
        return a if _FLOATS.index(a) > _FLOATS.index(b) else b
    if kind_a == 'f' or kind_b == 'f':
        floating, whole = (a, b) if kind_a == 'f' else (b, a)
        needed = {1: 'float16', 2: 'float32'}.get(TYPES[whole][2], 'float64')
        return floating if _FLOATS.index(floating) >= _FLOATS.index(needed) else needed
    if kind_a == kind_b:
        return a if TYPES[a][2] >= TYPES[b][2] else b
    signed, unsigned = (a, b) if kind_a == 'i' else (b, a)
    size = TYPES[unsigned][2]
    if size < TYPES[signed][2]:
        return signed
    return {1: 'int16', 2: 'int32', 4: 'int64'}.get(size, 'float64')


def weak(name, value):
    """The type of an operation of an array of type `name` and a Python number."""
    if name is None:
        return None
    kind = TYPES[name][1]
    if isinstance(value, bool):
        return name
    if isinstance(value, float):
        return name if kind in 'fc' else 'float64'
    if isinstance(value, complex):
        return name if kind == 'c' else 'complex64' if name == 'float32' else 'complex128'
    return 'int64' if kind == 'b' else name


def issubdtype(a, b):
    name = name_of(a)
    cls = _scalars.get(name, object_)
    if isinstance(b, type):
        if b in (int, float, bool, complex):
            b = {int: integer, float: floating, bool: bool_, complex: complexfloating}[b]
        return issubclass(cls, b)
    return name == name_of(b)


class _Number(float):
    """A NumPy scalar whose value is known."""

    def item(self):
        return float(self)


class _FloatInfo:
    def __init__(self, type):
        name = name_of(type)
        *numbers, self.bits = {'float16': (0.000977, 65504.0, 6.104e-05, 16), 'float32': (1.1920929e-07, 3.4028235e38, 1.1754944e-38, 32)}.get(
            name, (2.220446049250313e-16, 1.7976931348623157e308, 2.2250738585072014e-308, 64))
        self.eps, self.max, self.tiny = map(_Number, numbers)
        self.min, self.dtype = _Number(-self.max), dtype(name)
        self.smallest_normal = self.tiny


class _IntegerInfo:
    def __init__(self, type):
        name = name_of(type)
        self.bits = TYPES[name][2] * 8
        unsigned = TYPES[name][1] == 'u'
        self.min = 0 if unsigned else -(2 ** (self.bits - 1))
        self.max = 2 ** self.bits - 1 if unsigned else 2 ** (self.bits - 1) - 1
        self.dtype = dtype(name)


finfo = _FloatInfo
iinfo = _IntegerInfo
