"""Operations element by element, with broadcasting and PyTorch's type promotion."""
import math

import layerscope

from .. import types
from .checks import cast, floating, gap, is_tensor, operator, typed
from .promotion import aligned, as_tensor, binary, combine, finish, mismatch, result_type, type_of


def _scaled(other, alpha):
    return other if alpha == 1 else mul(other, alpha)


def add(input, other, *, alpha=1, out=None):
    both_bool = is_tensor(input) and is_tensor(other) and typed(input) and typed(other) and input.dtype is types.bool_ and other.dtype is types.bool_
    if both_bool:
        return finish(combine('Or', input, other), out)
    return finish(binary('Add', input, _scaled(other, alpha)), out)


def sub(input, other, *, alpha=1, out=None):
    for value in (input, other):
        if isinstance(value, bool) or is_tensor(value) and typed(value) and value.dtype is types.bool_:
            raise RuntimeError('Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.')
    return finish(binary('Sub', input, _scaled(other, alpha)), out)


def rsub(input, other, *, alpha=1):
    return sub(other, input, alpha=alpha)


def mul(input, other, *, out=None):
    dtype = result_type(input, other)
    if dtype is types.bool_:
        left, right = aligned(input, other, dtype)
        return finish(combine('And', left, right), out)
    return finish(binary('Mul', input, other, dtype), out)


def div(input, other, *, rounding_mode=None, out=None):
    dtype = result_type(input, other)
    if rounding_mode == 'floor':
        return finish(floor_divide(input, other), out)
    if dtype is not None and dtype.category < 2:
        if rounding_mode == 'trunc':
            return finish(binary('Div', input, other, dtype), out)
        dtype = types.get_default_dtype()
    result = binary('Div', input, other, dtype)
    return finish(trunc(result) if rounding_mode == 'trunc' else result, out)


def floor_divide(input, other):
    dtype = result_type(input, other)
    left, right = aligned(input, other, dtype)
    if dtype is not None and dtype.category < 2:
        return operator('Div', operator('Sub', left, combine('Mod', left, right)), right)
    return operator('Floor', combine('Div', left, right))


def remainder(input, other, *, out=None):
    dtype = result_type(input, other)
    left, right = aligned(input, other, dtype)
    if dtype is not None and dtype.category < 2:
        return finish(combine('Mod', left, right), out)
    return finish(operator('Sub', left, operator('Mul', operator('Floor', combine('Div', left, right)), right)), out)


def fmod(input, other, *, out=None):
    left, right = aligned(input, other, result_type(input, other))
    return finish(combine('Mod', left, right, fmod=1), out)


def pow(input, exponent, *, out=None):
    return finish(binary('Pow', input, exponent), out)


def _comparison(type):
    def compare(input, other, *, out=None):
        dtype = result_type(input, other)
        if type != 'Equal' and dtype is not None and dtype.is_complex:
            raise NotImplementedError('complex numbers have no order')
        # ONNX orders numbers only
        return finish(binary(type, input, other, types.uint8 if dtype is types.bool_ and type != 'Equal' else dtype), out)
    return compare


eq = _comparison('Equal')
lt = _comparison('Less')
gt = _comparison('Greater')
le = _comparison('LessOrEqual')
ge = _comparison('GreaterOrEqual')


def ne(input, other, *, out=None):
    return finish(operator('Not', eq(input, other)), out)


def maximum(input, other, *, out=None):
    return finish(binary('Max', input, other), out)


def minimum(input, other, *, out=None):
    return finish(binary('Min', input, other), out)


def _truth(value, other):
    if is_tensor(value):
        return cast(value, types.bool_)
    return layerscope.constant(bool(value), dtype='bool', like=type_of(other))


def _logical(type):
    def logical(input, other, *, out=None):
        return finish(combine(type, _truth(input, other), _truth(other, input)), out)
    return logical


logical_and = _logical('And')
logical_or = _logical('Or')
logical_xor = _logical('Xor')


def logical_not(input, *, out=None):
    return finish(operator('Not', cast(input, types.bool_)), out)


def _bitwise(of_bool, of_int):
    def bitwise(input, other, *, out=None):
        dtype = result_type(input, other)
        if dtype is not None and dtype.category > 1:
            name = of_int.replace('Bitwise', 'bitwise_').lower()
            raise NotImplementedError(f'"{name}_cpu" not implemented for \'{"Float" if dtype is types.float32 else dtype.name}\'')
        return finish(binary(of_bool if dtype is types.bool_ else of_int, input, other, dtype), out)
    return bitwise


bitwise_and = _bitwise('And', 'BitwiseAnd')
bitwise_or = _bitwise('Or', 'BitwiseOr')
bitwise_xor = _bitwise('Xor', 'BitwiseXor')


def bitwise_not(input, *, out=None):
    if typed(input) and input.dtype.category > 1:
        raise TypeError('~ (operator.invert) is only implemented on integer and Boolean-type tensors')
    return finish(operator('Not' if typed(input) and input.dtype is types.bool_ else 'BitwiseNot', input), out)


def bitwise_left_shift(input, other):
    return mul(input, pow(2, other))


def bitwise_right_shift(input, other):
    return floor_divide(input, pow(2, other))


def _same(type):
    """An operator that keeps the type, whatever it is."""
    def function(input, *, out=None):
        return finish(operator(type, input), out)
    return function


def _real(type):
    """A function of real numbers: integers become floating-point numbers first."""
    def function(input, *, out=None):
        return finish(operator(type, floating(input)), out)
    return function


def abs(input, *, out=None):
    if typed(input) and input.dtype.is_complex:
        return gap('complex tensors are not followed', input, shape=list(input.shape), dtype='float32')
    return finish(operator('Abs', input), out)


absolute = abs


def angle(input, *, out=None):
    if typed(input) and input.dtype.is_complex:
        return gap('complex tensors are not followed', input, shape=list(input.shape), dtype='float32')
    return finish(where(lt(input, 0), math.pi, 0.0), out)


def neg(input, *, out=None):
    if typed(input) and input.dtype is types.bool_:
        raise RuntimeError('Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.')
    if typed(input) and input.dtype is types.uint8:
        return finish(operator('Sub', layerscope.constant(0, dtype='uint8', like=type_of(input)), input), out)
    return finish(operator('Neg', input), out)


negative = neg
sign = sgn = _same('Sign')


def relu(input, *, out=None):
    if typed(input) and input.dtype is types.bool_:
        raise RuntimeError('Boolean inputs not supported for relu')
    if typed(input) and input.dtype.is_complex:
        raise NotImplementedError('clamp is not supported for complex types')
    return finish(operator('Relu', input), out)


sqrt, exp, log = _real('Sqrt'), _real('Exp'), _real('Log')
sin, cos, tan, asin, acos, atan = _real('Sin'), _real('Cos'), _real('Tan'), _real('Asin'), _real('Acos'), _real('Atan')
sinh, cosh, tanh, asinh, acosh, atanh = _real('Sinh'), _real('Cosh'), _real('Tanh'), _real('Asinh'), _real('Acosh'), _real('Atanh')
arcsin, arccos, arctan, arcsinh, arccosh, arctanh = asin, acos, atan, asinh, acosh, atanh
reciprocal, erf, sigmoid = _real('Reciprocal'), _real('Erf'), _real('Sigmoid')


def _rounding(type):
    def function(input, *, decimals=0, out=None):
        if typed(input) and input.dtype.category < 2:
            return finish(input, out)
        if decimals:
            return div(operator(type, mul(input, 10 ** decimals)), 10 ** decimals)
        return finish(operator(type, input), out)
    return function


ceil, floor, round = _rounding('Ceil'), _rounding('Floor'), _rounding('Round')


def trunc(input, *, out=None):
    if typed(input) and input.dtype.category < 2:
        return finish(input, out)
    return finish(operator('Mul', operator('Sign', input), operator('Floor', operator('Abs', input))), out)


fix = trunc


def frac(input):
    return sub(input, trunc(input))


def rsqrt(input, *, out=None):
    return finish(operator('Reciprocal', operator('Sqrt', floating(input))), out)


def square(input, *, out=None):
    return finish(operator('Mul', input, input), out)


def log2(input, *, out=None):
    return finish(operator('Div', operator('Log', floating(input)), math.log(2)), out)


def log10(input, *, out=None):
    return finish(operator('Div', operator('Log', floating(input)), math.log(10)), out)


def log1p(input, *, out=None):
    return finish(operator('Log', operator('Add', floating(input), 1.0)), out)


def expm1(input, *, out=None):
    return finish(operator('Sub', operator('Exp', floating(input)), 1.0), out)


def exp2(input, *, out=None):
    return pow(2.0, floating(input))


def erfc(input, *, out=None):
    return finish(operator('Sub', layerscope.constant(1.0, like=type_of(input)), operator('Erf', floating(input))), out)


def logit(input, eps=None):
    bounded = clamp(input, eps, 1 - eps) if eps is not None else input
    return log(div(bounded, rsub(bounded, 1)))


def deg2rad(input):
    return mul(input, math.pi / 180)


def rad2deg(input):
    return mul(input, 180 / math.pi)


def hypot(input, other):
    return sqrt(add(square(input), square(other)))


def logaddexp(input, other):
    high = maximum(input, other)
    return add(high, log(add(exp(sub(input, high)), exp(sub(other, high)))))


def atan2(input, other):
    # the quadrant decides which multiple of pi is added to the quotient's arc tangent
    angle = operator('Atan', div(input, other))
    turn = where(ge(input, 0), math.pi, -math.pi)
    return where(lt(other, 0), add(angle, turn), angle)


arctan2 = atan2


def sinc(input):
    scaled = mul(input, math.pi)
    return where(eq(input, 0), 1.0, div(sin(scaled), scaled))


def isnan(input):
    if typed(input) and input.dtype.category < 2:
        return operator('Equal', input, operator('Add', input, 1))
    return operator('IsNaN', input)


def isinf(input):
    return operator('IsInf', floating(input))


def isfinite(input):
    real = floating(input)
    return operator('Not', operator('Or', operator('IsNaN', real), operator('IsInf', real)))


def nan_to_num(input, nan=0.0, posinf=None, neginf=None):
    if typed(input) and input.dtype.category < 2:
        return input
    limits = types.finfo(input.dtype)
    known = where(isnan(input), nan, input)
    return clamp(known, limits.min if neginf is None else neginf, limits.max if posinf is None else posinf)


def clamp(input, min=None, max=None, *, out=None):
    if min is None and max is None:
        raise RuntimeError('torch.clamp: At least one of \'min\' or \'max\' must not be None')
    result = input
    if is_tensor(min) or is_tensor(max):
        if min is not None:
            result = maximum(result, min) if is_tensor(min) else clamp(result, min)
        if max is not None:
            result = minimum(result, max) if is_tensor(max) else clamp(result, None, max)
        return finish(result, out)
    if typed(input) and input.dtype.category < 2:
        if isinstance(min, float) or isinstance(max, float):
            result = cast(input, types.get_default_dtype())
        elif input.dtype is types.bool_:
            result = cast(input, types.int64)
    return finish(operator('Clip', result, min, max), out)


clip = clamp


def clamp_min(input, min):
    return clamp(input, min)


def clamp_max(input, max):
    return clamp(input, None, max)


def where(condition, input=None, other=None):
    if input is None and other is None:
        from .selecting import nonzero
        return nonzero(condition, as_tuple=True)
    dtype = result_type(input, other)
    if dtype is None:
        left, right = aligned(input, other, dtype) if is_tensor(input) or is_tensor(other) else (input, other)
    else:
        left, right = as_tensor(input, dtype, condition), as_tensor(other, dtype, condition)
    condition = cast(condition, types.bool_)
    try:
        return operator('Where', condition, left, right)
    except layerscope.ShapeError as fault:
        pairs = ((condition, left), (condition, right), (left, right))
        texts = [mismatch(one, two) for one, two in pairs]
        raise RuntimeError(next((text for text in texts if text.startswith('The size')), str(fault)))


def lerp(input, end, weight):
    return add(input, mul(weight, sub(end, input)))


def addcmul(input, tensor1, tensor2, *, value=1):
    return add(input, mul(mul(tensor1, tensor2), value))


def addcdiv(input, tensor1, tensor2, *, value=1):
    return add(input, mul(div(tensor1, tensor2), value))


def heaviside(input, values):
    return where(eq(input, 0), values, cast(gt(input, 0), input.dtype))


def copysign(input, other):
    return mul(abs(input), where(lt(other, 0), -1.0, 1.0))


def masked_fill(input, mask, value):
    if typed(mask) and mask.dtype is not types.bool_:
        raise RuntimeError('masked_fill only supports boolean masks, but got mask with dtype ' + str(mask.dtype).replace('torch.', ''))
    filled = value if is_tensor(value) else layerscope.constant(value, dtype=input.dtype.name, like=type_of(input)) if typed(input) else value
    return where(mask, filled, input)


def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    return le(abs(sub(input, other)), add(mul(abs(other), rtol), atol))


multiply, divide, true_divide, subtract = mul, div, div, sub
greater, less, greater_equal, less_equal, not_equal = gt, lt, ge, le, ne
