"""keras.ops after NumPy: element by element."""
import layerscope

from keras.src.backend.dtypes import FLOATS
from keras.src.backend.tensors import align, arithmetic, cast as cast_tensor, check_broadcast, convert, divide as divide_tensors, modulo, to_float, unary
from keras.src.operations.core import emit, operation
from keras.src.operations.operation import record_function


def _float_function(name, type):
    def function(x):
        return record_function(name, lambda x: emit(type, to_float(x)), (x,), {})
    return function


exp, log, sqrt, sin, cos, tan = (_float_function('Exp', 'Exp'), _float_function('Log', 'Log'), _float_function('Sqrt', 'Sqrt'),
                                 _float_function('Sin', 'Sin'), _float_function('Cos', 'Cos'), _float_function('Tan', 'Tan'))
arcsin, arccos, arctan = _float_function('Arcsin', 'Asin'), _float_function('Arccos', 'Acos'), _float_function('Arctan', 'Atan')
sinh, cosh, tanh = _float_function('Sinh', 'Sinh'), _float_function('Cosh', 'Cosh'), _float_function('Tanh', 'Tanh')
arcsinh, arccosh, arctanh = _float_function('Arcsinh', 'Asinh'), _float_function('Arccosh', 'Acosh'), _float_function('Arctanh', 'Atanh')
reciprocal = _float_function('Reciprocal', 'Reciprocal')


def add(x1, x2):
    return arithmetic('Add', x1, x2)


def subtract(x1, x2):
    return arithmetic('Sub', x1, x2)


def multiply(x1, x2):
    return arithmetic('Mul', x1, x2)


def divide(x1, x2):
    return divide_tensors(convert(x1), x2)


true_divide = divide


@operation('DivideNoNan')
def divide_no_nan(x1, x2):
    x1, x2 = align(to_float(x1), to_float(x2))
    safe = emit('Equal', x2, 0.0)
    return emit('Where', safe, 0.0, emit('Div', x1, emit('Where', safe, 1.0, x2)))


def power(x1, x2):
    return arithmetic('Pow', convert(x1), x2)


def mod(x1, x2):
    return modulo(convert(x1), x2)


def negative(x):
    return unary('Neg', x)


def absolute(x):
    return unary('Abs', x)


abs = absolute


def sign(x):
    return unary('Sign', x)


def floor(x):
    return unary('Floor', to_float(x))


def ceil(x):
    return unary('Ceil', to_float(x))


@operation('Round')
def round(x, decimals=0):
    x = to_float(x)
    if not decimals:
        return emit('Round', x)
    scale = 10.0 ** decimals
    return emit('Div', emit('Round', emit('Mul', x, scale)), scale)


def trunc(x):
    return sign(x) * floor(absolute(x))


@operation('Square')
def square(x):
    x = convert(x)
    return emit('Mul', x, x)


@operation('Rsqrt')
def rsqrt(x):
    return emit('Reciprocal', emit('Sqrt', to_float(x)))


def expm1(x):
    return exp(x) - 1.0


def exp2(x):
    return power(2.0, to_float(x))


def log1p(x):
    return log(to_float(x) + 1.0)


def log2(x):
    return log(x) / 0.6931471805599453


def log10(x):
    return log(x) / 2.302585092994046


def arctan2(x1, x2):
    return arctan(divide(x1, x2))


def deg2rad(x):
    return to_float(x) * 0.017453292519943295


def rad2deg(x):
    return to_float(x) * 57.29577951308232


def _pairwise(name, type):
    def function(x1, x2):
        return record_function(name, lambda x1, x2: _both(type, x1, x2), (x1, x2), {})
    return function


def _both(type, x1, x2):
    x1, x2 = align(x1, x2)
    if isinstance(x1, layerscope.Value) and isinstance(x2, layerscope.Value):
        check_broadcast(x1.shape, x2.shape)
    return emit(type, x1, x2)


maximum, minimum = _pairwise('Maximum', 'Max'), _pairwise('Minimum', 'Min')


def less(x1, x2):
    return arithmetic('Less', convert(x1), x2)


def less_equal(x1, x2):
    return arithmetic('LessOrEqual', convert(x1), x2)


def greater(x1, x2):
    return arithmetic('Greater', convert(x1), x2)


def greater_equal(x1, x2):
    return arithmetic('GreaterOrEqual', convert(x1), x2)


def equal(x1, x2):
    return arithmetic('Equal', convert(x1), x2)


def not_equal(x1, x2):
    return unary('Not', arithmetic('Equal', convert(x1), x2))


@operation('LogicalAnd')
def logical_and(x1, x2):
    return arithmetic('And', cast_tensor(x1, 'bool'), cast_tensor(x2, 'bool'))


@operation('LogicalOr')
def logical_or(x1, x2):
    return arithmetic('Or', cast_tensor(x1, 'bool'), cast_tensor(x2, 'bool'))


@operation('LogicalXor')
def logical_xor(x1, x2):
    return arithmetic('Xor', cast_tensor(x1, 'bool'), cast_tensor(x2, 'bool'))


@operation('LogicalNot')
def logical_not(x):
    return unary('Not', cast_tensor(x, 'bool'))


def isnan(x):
    return unary('IsNaN', to_float(x))


def isinf(x):
    return unary('IsInf', to_float(x))


def isfinite(x):
    return logical_not(logical_or(isnan(x), isinf(x)))


def isclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False):
    return absolute(x1 - x2) <= absolute(x2) * rtol + atol


@operation('Clip')
def clip(x, x_min, x_max):
    x = convert(x)
    if x.dtype == 'bool':
        x = cast_tensor(x, 'int32')
    if isinstance(x_min, (int, float)) and isinstance(x_max, (int, float)) and x.dtype in FLOATS:
        return emit('Clip', x, float(x_min), float(x_max))
    return _both('Min', _both('Max', x, x_min), x_max)


def conj(x):
    return convert(x)


real = conj
