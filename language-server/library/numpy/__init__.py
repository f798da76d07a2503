"""NumPy: arrays whose shapes and types are known, and whose elements are known while they are few."""
import builtins as _builtins

import layerscope

from numpy.array import ndarray, shape_text
from numpy.conversion import asarray
from numpy.creation import *
from numpy.dtypes import (
    bool_, complex64, complex128, complexfloating, dtype, finfo, float16, float32, float64, floating, generic, iinfo, inexact, int8, int16, int32, int64, integer,
    issubdtype, number, object_, promote, signedinteger, str_, uint8, uint16, uint32, uint64, unsignedinteger)
from numpy.indexing import argwhere, flatnonzero, nonzero, take, take_along_axis, where
from numpy.joining import *
from numpy.joiners import c_, r_
from numpy.pointwise import *
from numpy.pointwise import _rounding
from numpy.products import (
    convolve, correlate, cross, dot, einsum, inner, kron, matmul, outer, poly1d, polyfit, polyval, tensordot, trace, vdot)
from numpy.reductions import *
from numpy.shaping import *
from numpy import exceptions, fft, linalg, ma, random, testing, typing
from numpy.exceptions import AxisError

floor_divide = floor_div
true_divide = divide
abs = absolute
pow = power
fabs = absolute
asin, acos, atan, asinh, acosh, atanh, atan2 = arcsin, arccos, arctan, arcsinh, arccosh, arctanh, arctan2
bool8 = bool = bool_
int_ = intp = longlong = long = int64
uint = uintp = ulonglong = uint64
intc, uintc, short, ushort, byte, ubyte = int32, uint32, int16, uint16, int8, uint8
float_ = double = float64
single, half = float32, float16
complex_ = cdouble = complex128
csingle = complex64
unicode_ = string_ = bytes_ = str_
int = _builtins.int
float = _builtins.float
object = _builtins.object
str = _builtins.str
complex = _builtins.complex
matrix = asmatrix = asarray
Inf = Infinity = PINF = infty = inf = _builtins.float('inf')
NINF = -inf
nan = NaN = NAN = _builtins.float('nan')
pi = 3.141592653589793
e = 2.718281828459045
euler_gamma = 0.5772156649015329
newaxis = None
__version__ = '2.4.6'


def result_type(*arrays_and_dtypes):
    from numpy.array import layerscope_type
    from numpy.dtypes import name_of
    names = [layerscope_type(item) if isinstance(item, ndarray) else name_of(item) for item in arrays_and_dtypes]
    made = names[0]
    for name in names[1:]:
        made = promote(made, name)
    return dtype(made)


def promote_types(type1, type2):
    return result_type(type1, type2)


def can_cast(from_, to, casting='safe'):
    return layerscope.unknown('whether a type can be cast')


def broadcast_shapes(*shapes):
    made = []
    for shape in shapes:
        shape = list(shape) if isinstance(shape, (list, tuple)) else [shape]
        made = shape[:_builtins.max(len(shape) - len(made), 0)] + made
        for position, size in enumerate(shape):
            place = len(made) - len(shape) + position
            if made[place] == 1:
                made[place] = size
            elif size != 1 and size != made[place]:
                raise ValueError(f"shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape {shape_text(shapes[0])} "
                                 f"and arg 1 with shape {shape_text(shapes[-1])}.")
    return tuple(made)


def set_printoptions(*args, **kwargs):
    pass


def seterr(*args, **kwargs):
    return {}


class errstate:
    def __init__(self, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


def array2string(a, *args, **kwargs):
    return layerscope.unknown('an array as text')


array_repr = array_str = array2string


def get_printoptions():
    return {}


def show_config():
    pass


printoptions = errstate
VisibleDeprecationWarning = DeprecationWarning
