"""Data types, devices and shapes: `torch.dtype`, `torch.device`, `torch.Size` and what goes with them."""
import builtins

import layerscope


class dtype:
    def __init__(self, name, onnx, category, itemsize):
        self.name = name
        self.onnx = onnx
        self.category = category  # 0 bool, 1 integer, 2 floating, 3 complex
        self.itemsize = itemsize
        self.is_floating_point = category == 2
        self.is_complex = category == 3
        self.is_signed = category > 0 and name != 'uint8'

    def __repr__(self):
        return 'torch.' + self.name

    __str__ = __repr__

    def __reduce__(self):
        return self.name

    def to_complex(self):
        return complex128 if self.name == 'float64' else complex64

    def to_real(self):
        return float64 if self.name == 'complex128' else float32


float32 = float = dtype('float32', 1, 2, 4)
float64 = double = dtype('float64', 11, 2, 8)
float16 = half = dtype('float16', 10, 2, 2)
bfloat16 = dtype('bfloat16', 16, 2, 2)
uint8 = dtype('uint8', 2, 1, 1)
int8 = dtype('int8', 3, 1, 1)
int16 = short = dtype('int16', 5, 1, 2)
int32 = int_ = dtype('int32', 6, 1, 4)
int64 = long = dtype('int64', 7, 1, 8)
uint16 = dtype('uint16', 4, 1, 2)
uint32 = dtype('uint32', 12, 1, 4)
uint64 = dtype('uint64', 13, 1, 8)
bool_ = dtype('bool', 9, 0, 1)
complex64 = cfloat = dtype('complex64', 14, 3, 8)
complex128 = cdouble = dtype('complex128', 15, 3, 16)

named = {each.name: each for each in (
    float32, float64, float16, bfloat16, uint8, int8, int16, int32, int64, uint16, uint32, uint64, bool_, complex64, complex128)}

# 'tensor' is the class of results, set where it is defined
# passed: whether a backward pass has run; gone: the operators whose kept tensors a backward pass has let go of; files: what the program saved, by name
state = {'default': float32, 'tensor': layerscope.Value, 'passed': False, 'gone': {}, 'files': {}}


def get_default_dtype():
    return state['default']


def set_default_dtype(d):
    state['default'] = d


def of(name):
    """The dtype of a name; Unknown where the name is not known."""
    return named[name] if name is not None else layerscope.unknown('the type of this tensor is not known')


def from_python(value, default=None):
    """The dtype that a Python type or another framework's name stands for."""
    if isinstance(value, dtype) or value is None:
        return value if value is not None else default
    if value is builtins.float or value == 'float':
        return get_default_dtype()
    if value is builtins.int:
        return int64
    if value is builtins.bool:
        return bool_
    name = str(value)
    if layerscope.is_known(name) and name not in named:
        raise TypeError(f"argument 'dtype' must be torch.dtype, not {type(value).__name__}")
    return named[name]


_order = ['uint8', 'int8', 'int16', 'int32', 'int64']


def promote(left, right):
    """The dtype that both convert to, as torch.promote_types gives it."""
    if left is right or left == right:
        return left
    high, low = (left, right) if left.category >= right.category else (right, left)
    if high.category > low.category:
        return complex128 if high is complex64 and low is float64 else high
    if high.category == 1:
        if high.name not in _order or low.name not in _order:
            return int64
        if 'uint8' in (high.name, low.name) and 'int8' in (high.name, low.name):
            return int16
        return high if _order.index(high.name) > _order.index(low.name) else low
    if high.category == 2:
        return float64 if float64 in (high, low) else float32
    return complex128


def kind_of(number):
    """The category of a Python number."""
    if isinstance(number, bool):
        return 0
    if isinstance(number, builtins.int):
        return 1
    if number is None or isinstance(number, (str, list, tuple, dict, type(layerscope))):
        raise TypeError(f"unsupported operand types: 'Tensor' and '{type(number).__name__}'")
    return 3 if isinstance(number, complex) else 2


def defaults_for(category):
    return (bool_, int64, get_default_dtype(), complex64)[category]


class device:
    def __init__(self, type='cpu', index=None):
        if isinstance(type, device):
            self.type, self.index = type.type, type.index
        elif isinstance(type, builtins.int):
            self.type, self.index = 'cuda', type
        else:
            kind, _, number = str(type).partition(':')
            self.type = kind
            self.index = builtins.int(number) if number else index

    def __repr__(self):
        return f"device(type='{self.type}')" if self.index is None else f"device(type='{self.type}', index={self.index})"

    def __str__(self):
        return self.type if self.index is None else f'{self.type}:{self.index}'

    def __eq__(self, other):
        return isinstance(other, device) and self.type == other.type and self.index == other.index

    def __hash__(self):
        return hash((self.type, self.index))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


cpu = device('cpu')


class Size(tuple):
    """A shape."""

    def numel(self):
        count = 1
        for size in self:
            count = count * size
        return count

    def __getitem__(self, index):
        item = tuple.__getitem__(self, index)
        return Size(item) if isinstance(index, slice) else item

    def __add__(self, other):
        return Size(tuple(self) + tuple(other))

    def __repr__(self):
        return f'torch.Size([{", ".join(str(size) for size in self)}])'


class layout:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return 'torch.' + self.name


strided = layout('strided')
sparse_coo = layout('sparse_coo')


class memory_format(layout):
    pass


contiguous_format = memory_format('contiguous_format')
channels_last = memory_format('channels_last')
channels_last_3d = memory_format('channels_last_3d')
preserve_format = memory_format('preserve_format')


class finfo:
    _limits = {'float32': (3.4028234663852886e+38, 1.1920928955078125e-07, 1.1754943508222875e-38, 32),
               'float64': (1.7976931348623157e+308, 2.220446049250313e-16, 2.2250738585072014e-308, 64),
               'float16': (65504.0, 0.0009765625, 6.103515625e-05, 16),
               'bfloat16': (3.3895313892515355e+38, 0.0078125, 1.1754943508222875e-38, 16)}

    def __init__(self, type=None):
        self.dtype = (type or get_default_dtype()).name
        self.max, self.eps, self.tiny, self.bits = self._limits[self.dtype]
        self.min = -self.max
        self.smallest_normal = self.tiny
        self.resolution = 1e-06 if self.dtype == 'float32' else 1e-15


class iinfo:
    def __init__(self, type):
        self.dtype = type.name
        self.bits = 8 * type.itemsize
        unsigned = type.name.startswith('u')
        self.max = 2 ** (self.bits - (0 if unsigned else 1)) - 1
        self.min = 0 if unsigned else -2 ** (self.bits - 1)


class Generator:
    """Random numbers are not drawn while a program is read: a generator only has a seed."""

    def __init__(self, device='cpu'):
        self.device = device

    def manual_seed(self, seed):
        self._seed = seed
        return self

    def seed(self):
        return 0

    def initial_seed(self):
        return 0

    def get_state(self):
        return None

    def set_state(self, state):
        return self
