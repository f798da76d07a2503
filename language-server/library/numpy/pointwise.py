"""Functions of one or two arrays, element by element."""
import layerscope

from numpy.arithmetic import align, arithmetic, broadcast_of, check_broadcast, comparison, floor_divide, true_divide, unary
from numpy.array import layerscope_type, ndarray
from numpy.conversion import asarray, cast
from numpy.dtypes import TYPES


def _float(x):
    x = asarray(x)
    name = layerscope_type(x)
    return cast(x, 'float64') if name is not None and TYPES[name][1] in 'iub' else x


def _floating(type):
    def function(x, out=None, where=True, dtype=None, **kwargs):
        return layerscope.operator(type, _float(x), like=ndarray)
    return function


def _binary(type):
    def function(x1, x2, out=None, where=True, dtype=None, **kwargs):
        return arithmetic(type, _array(x1, x2), x2)
    return function


def _array(x, beside):
    """One operand has to be an array."""
    return x if isinstance(x, layerscope.Value) or isinstance(beside, layerscope.Value) else asarray(x)


def _comparing(type):
    def function(x1, x2, out=None, **kwargs):
        return comparison(type, _array(x1, x2), x2)
    return function


exp, log, sqrt, sin, cos, tan = _floating('Exp'), _floating('Log'), _floating('Sqrt'), _floating('Sin'), _floating('Cos'), _floating('Tan')
arcsin, arccos, arctan, sinh, cosh, tanh = _floating('Asin'), _floating('Acos'), _floating('Atan'), _floating('Sinh'), _floating('Cosh'), _floating('Tanh')
arcsinh, arccosh, arctanh = _floating('Asinh'), _floating('Acosh'), _floating('Atanh')
add, subtract, multiply, power = _binary('Add'), _binary('Sub'), _binary('Mul'), _binary('Pow')
mod = remainder = _binary('Mod')
maximum, minimum, bitwise_and, bitwise_or, bitwise_xor = _binary('Max'), _binary('Min'), _binary('And'), _binary('Or'), _binary('Xor')
fmax, fmin = maximum, minimum
less, less_equal, greater, greater_equal, equal = _comparing('Less'), _comparing('LessOrEqual'), _comparing('Greater'), _comparing('GreaterOrEqual'), _comparing('Equal')


def not_equal(x1, x2, **kwargs):
    return unary('Not', equal(x1, x2))


def divide(x1, x2, **kwargs):
    return true_divide(_array(x1, x2), x2)


def floor_div(x1, x2, **kwargs):
    return floor_divide(_array(x1, x2), x2)


def divmod(x1, x2):
    return floor_div(x1, x2), mod(x1, x2)


def negative(x, **kwargs):
    return unary('Neg', x)


def positive(x, **kwargs):
    return asarray(x)


def absolute(x, **kwargs):
    return unary('Abs', x)


def sign(x, **kwargs):
    return unary('Sign', x)


def square(x, **kwargs):
    x = asarray(x)
    return arithmetic('Mul', x, x)


def reciprocal(x, **kwargs):
    return layerscope.operator('Reciprocal', _float(x), like=ndarray)


def exp2(x, **kwargs):
    return layerscope.operator('Pow', 2.0, _float(x), like=ndarray)


def expm1(x, **kwargs):
    return exp(x) - 1.0


def log1p(x, **kwargs):
    return log(asarray(x) + 1.0)


def log2(x, **kwargs):
    return log(x) / 0.6931471805599453


def log10(x, **kwargs):
    return log(x) / 2.302585092994046


def cbrt(x, **kwargs):
    return layerscope.operator('Pow', _float(x), 1.0 / 3.0, like=ndarray)


def hypot(x1, x2, **kwargs):
    return sqrt(square(x1) + square(x2))


def arctan2(x1, x2, **kwargs):
    a, b = asarray(x1), asarray(x2)
    check_broadcast(a, b)
    return layerscope.data(broadcast_of(a, b), 'float64', 'angles', like=ndarray)


logaddexp = copysign = nextafter = arctan2


def deg2rad(x, **kwargs):
    return _float(x) * 0.017453292519943295


def rad2deg(x, **kwargs):
    return _float(x) * 57.29577951308232


radians, degrees = deg2rad, rad2deg


def _rounding(type):
    def function(x, out=None, **kwargs):
        x = asarray(x)
        name = layerscope_type(x)
        return x if name is not None and TYPES[name][1] in 'iub' else layerscope.operator(type, x, like=ndarray)
    return function


floor, ceil, rint = _rounding('Floor'), _rounding('Ceil'), _rounding('Round')


def trunc(x, **kwargs):
    x = asarray(x)
    return sign(x) * floor(absolute(x))


fix = trunc


def round(a, decimals=0, out=None):
    a = asarray(a)
    if not decimals:
        return rint(a)
    scale = 10.0 ** decimals
    return rint(a * scale) / scale


around = round_ = round


def clip(a, a_min=None, a_max=None, out=None, min=None, max=None, **kwargs):
    a = asarray(a)
    low, high = (a_min if a_min is not None else min), (a_max if a_max is not None else max)
    if low is not None:
        a = arithmetic('Max', a, low)
    if high is not None:
        a = arithmetic('Min', a, high)
    return a


def logical_and(x1, x2, **kwargs):
    return _logical('And', x1, x2)


def logical_or(x1, x2, **kwargs):
    return _logical('Or', x1, x2)


def logical_xor(x1, x2, **kwargs):
    return _logical('Xor', x1, x2)


def _logical(type, a, b):
    a, b = cast(asarray(a), 'bool'), cast(asarray(b), 'bool')
    check_broadcast(a, b)
    return layerscope.operator(type, a, b, like=ndarray)


def logical_not(x, **kwargs):
    return layerscope.operator('Not', cast(asarray(x), 'bool'), like=ndarray)


def invert(x, **kwargs):
    return ~asarray(x)


bitwise_not = invert


def isnan(x, **kwargs):
    return layerscope.operator('IsNaN', _float(x), like=ndarray)


def isinf(x, **kwargs):
    return layerscope.operator('IsInf', _float(x), like=ndarray)


def isfinite(x, **kwargs):
    return ~(isnan(x) | isinf(x))


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = asarray(a), asarray(b)
    return absolute(a - b) <= absolute(b) * rtol + atol


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    check_broadcast(asarray(a), asarray(b))
    return layerscope.unknown('whether two arrays are close')


def array_equal(a1, a2, equal_nan=False):
    return layerscope.unknown('whether two arrays are equal')


array_equiv = array_equal


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    x = asarray(x)
    return layerscope.operator('Identity', x, like=ndarray)


def real(x):
    return asarray(x)


imag = conj = conjugate = real


def iscomplexobj(x):
    return False


def isreal(x):
    return asarray(x) == asarray(x)


def heaviside(x1, x2, **kwargs):
    return cast(asarray(x1) > 0, 'float64')


def sinc(x):
    return sin(_float(x))


def interp(x, xp, fp, left=None, right=None, period=None):
    if len(asarray(xp).shape) != 1 or len(asarray(fp).shape) != 1:
        raise ValueError("object too deep for desired array")
    x = asarray(x)
    return layerscope.data(x.shape if layerscope.is_known(x.shape) else None, 'float64', 'interpolated values', like=ndarray)


def angle(z, deg=False):
    return layerscope.data(asarray(z).shape, 'float64', 'angles', like=ndarray)


def vectorize(pyfunc=None, otypes=None, **kwargs):
    def apply(*args, **kwargs):
        shape = asarray(args[0]).shape
        return layerscope.data(shape if layerscope.is_known(shape) else None, None, 'a function applied to each element', like=ndarray)
    return apply
