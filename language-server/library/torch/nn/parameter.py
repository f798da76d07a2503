"""Parameters: tensors that modules register as their own."""
import layerscope

from .. import types
from .._tensor import Tensor
from ..operations.checks import product, ranked


class Parameter(Tensor):
    __layerscope_tensor__ = Tensor

    def __new__(cls, data=None, requires_grad=True):
        if data is None:
            return made((0,), requires_grad=requires_grad)
        if not isinstance(data, layerscope.Value):
            if layerscope.is_known(data):
                raise TypeError(f'expected Tensor as data, got {type(data).__name__}')
            return made(None, requires_grad=requires_grad, cls=cls)
        if isinstance(data, Parameter):
            return data
        return made(data.shape if ranked(data) else None, data.dtype, _initial(data), requires_grad, cls)

    def __init__(self, *args, **kwargs):
        pass

    def __deepcopy__(self, memo):
        shape, dtype, initial, requires_grad = self._filled_by
        return made(shape, self.dtype if layerscope.is_known(self.dtype) else dtype, initial, requires_grad, type(self))


def _initial(data):
    """The rule that fills a parameter made from a tensor: its one value, where all elements are the same and known."""
    known = ranked(data) and all([layerscope.is_known(size) for size in data.shape])
    if not known or product(data.shape) > 4096 or not data.dtype.is_floating_point:
        return 'unknown'
    elements = layerscope.elements(data)
    if not layerscope.is_known(elements):
        return 'unknown'
    while isinstance(elements, list):
        flat = elements
        if len(flat) == 0:
            return 'unknown'
        if not isinstance(flat[0], list):
            first = flat[0]
            return float(first) if all([each == first for each in flat]) else 'unknown'
        elements = [inner for outer in flat for inner in outer]
    return float(elements)


def made(shape, dtype=None, initial='unknown', requires_grad=True, cls=Parameter):
    """A parameter of this shape, with the rule that fills it."""
    for size in shape if shape is not None else ():
        check_size(size, shape)
    name = (dtype or types.get_default_dtype())
    parameter = layerscope.parameter(tuple(shape) if shape is not None else None, name.name if layerscope.is_known(name) else None, initial, trainable=requires_grad, like=cls)
    parameter._filled_by = (shape, dtype, initial, requires_grad)
    if not requires_grad:
        parameter.requires_grad = False
    return parameter


def check_size(size, shape):
    """A dimension of a tensor that is made here is a whole number, not below 0."""
    if layerscope.is_unknown(size):
        return
    if not isinstance(size, int) and not hasattr(size, '__index__'):
        raise TypeError(f"empty(): argument 'size' must be tuple of ints, but found element of type {type(size).__name__}: the shape is {tuple(shape)}")
    layerscope.require(size >= 0, RuntimeError(f'Trying to create tensor with negative dimension {size}: {list(shape)}'))


class UninitializedParameter(Parameter):
    """Stands for a lazy module's parameter until its first input is seen."""

    def __new__(cls, requires_grad=True, device=None, dtype=None):
        return made((0,), dtype, requires_grad=requires_grad, cls=cls)


class Buffer(Tensor):
    """A tensor that a module registers as a buffer by assignment."""
    __layerscope_tensor__ = Tensor
    persistent = True

    def __new__(cls, data=None, *, persistent=True):
        buffer = layerscope.cast_class(data, cls)
        buffer.persistent = persistent
        return buffer


def buffer(shape, dtype=None, initial=0.0):
    """A buffer that a checkpoint holds: no parameter, filled by a rule."""
    statistics = layerscope.parameter(tuple(shape), (dtype or types.get_default_dtype()).name, initial, trainable=False, like=_Statistics)
    statistics._filled_by = initial
    return statistics


class _Statistics(Tensor):
    """A buffer that a layer makes for itself; a copy of the layer has its own."""
    __layerscope_tensor__ = Tensor

    def __deepcopy__(self, memo):
        return buffer(self.shape, self.dtype, self._filled_by)
