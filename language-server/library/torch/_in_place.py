"""Methods that change a tensor in place: `relu_`, `+=` and their like."""
import layerscope

from . import types
from .operations.checks import cast, dtype_name

_in_place = '''add sub mul div floor_divide remainder fmod pow eq ne lt gt le ge logical_and logical_or logical_not abs neg sign relu sqrt exp log sin cos tan tanh asin acos atan sigmoid
    ceil floor round trunc frac rsqrt square reciprocal erf log2 log10 log1p expm1 nan_to_num clamp clip clamp_min clamp_max lerp addcmul addcdiv masked_fill logit
    squeeze unsqueeze transpose t scatter_add scatter_reduce index_add index_copy index_fill masked_scatter triu tril cumsum cumprod addmm baddbmm bitwise_and bitwise_or bitwise_not multiply divide
    erfinv lgamma digamma sinh cosh asinh acosh atanh exp2 xlogy logical_xor bitwise_xor copysign float_power absolute negative subtract true_divide hypot sgn not_equal greater less renorm'''


def check_leaf(tensor):
    """What is trained is changed outside of the recording alone."""
    mode = layerscope.recording()
    if layerscope.is_known(mode) and mode and layerscope.is_gradient_leaf(tensor):
        raise RuntimeError('a leaf Variable that requires grad is being used in an in-place operation. Change it inside of `with torch.no_grad():`, or make a new tensor.')


def in_place(function):
    def change(self, *args, **kwargs):
        check_leaf(self)
        put(self, _of_type(function(self, *args, **kwargs), self))
        return self
    return change


def put(tensor, result):
    """Another content for a tensor: what is trained stays so, whatever it holds."""
    leaf = layerscope.is_gradient_leaf(tensor)
    before, after = layerscope.needs_gradient(tensor), layerscope.needs_gradient(result)
    if not leaf and (not layerscope.is_known(before) or before) and layerscope.is_known(after) and not after:
        # changed outside of the recording, it still is what was computed before
        mode = layerscope.recording(layerscope.unknown('a tensor that is changed outside of the recording'))
        result = layerscope.operator('Identity', result)
        layerscope.recording(mode)
    operator = layerscope.kept_result(tensor)
    layerscope.assign(tensor, result)
    if operator is not None:
        types.state['gone'][operator] = 'changed'
    if leaf:
        layerscope.state_gradient(tensor, True)


def _of_type(result, target):
    """An operation in place keeps the tensor's type."""
    if not layerscope.is_known(result.dtype) or not layerscope.is_known(target.dtype) or result.dtype is target.dtype:
        return result
    if result.dtype.category > target.dtype.category:
        raise RuntimeError(f"result type {dtype_name(result)} can't be cast to the desired output type {dtype_name(target)}")
    return cast(result, target.dtype)


def _augmented(function):
    def change(self, other):
        check_leaf(self)
        put(self, _of_type(function(self, other), self))
        return self
    return change


def install(cls):
    """Gives a class of tensors its methods in place."""
    for name in _in_place.split():
        setattr(cls, name + '_', in_place(getattr(cls, name)))
    for name in ('add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'and', 'or', 'xor'):
        setattr(cls, f'__i{name}__', _augmented(getattr(cls, f'__{name}__')))
