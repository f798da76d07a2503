"""Functions element by element, and reductions."""
import layerscope

from mxnet.base import MXNetError
from mxnet.ndarray.array import NDArray, compare, elementwise


def _unary(type):
    return lambda data, **kwargs: layerscope.operator(type, data, like=NDArray)


relu, sigmoid, tanh, exp, log, sqrt, abs, negative, square_root = [_unary(type) for type in ('Relu', 'Sigmoid', 'Tanh', 'Exp', 'Log', 'Sqrt', 'Abs', 'Neg', 'Sqrt')]
floor, ceil, round, sign, erf, sin, cos, softsign, reciprocal, identity = [_unary(type) for type in ('Floor', 'Ceil', 'Round', 'Sign', 'Erf', 'Sin', 'Cos', 'Softsign', 'Reciprocal', 'Identity')]


def square(data, **kwargs):
    return elementwise('Mul', data, data)


def clip(data, a_min, a_max, **kwargs):
    return layerscope.operator('Clip', data, a_min, a_max, like=NDArray)


def _binary(type):
    return lambda lhs, rhs, **kwargs: elementwise(type, lhs, rhs)


def _elementwise(type):
    """The operators that do not broadcast."""
    def operator(lhs, rhs, **kwargs):
        layerscope.require(tuple(lhs.shape) == tuple(rhs.shape), layerscope.related(layerscope.related(MXNetError(
            f'Error in operator elemwise_{type.lower()}: Check failed: Incompatible attr in node at 1-th input: expected {list(lhs.shape)}, got {list(rhs.shape)}'),
            lhs, f'the array of shape {tuple(lhs.shape)} is made here'), rhs, f'the array of shape {tuple(rhs.shape)} is made here'))
        return elementwise(type, lhs, rhs)
    return operator


elemwise_add, elemwise_sub, elemwise_mul, elemwise_div = [_elementwise(type) for type in ('Add', 'Sub', 'Mul', 'Div')]
broadcast_add = add = broadcast_plus = _binary('Add')
broadcast_sub = subtract = broadcast_minus = _binary('Sub')
broadcast_mul = multiply = _binary('Mul')
broadcast_div = divide = _binary('Div')
broadcast_power = power = _binary('Pow')
broadcast_maximum = maximum = lambda lhs, rhs, **kwargs: layerscope.operator('Max', lhs, rhs, like=NDArray)
broadcast_minimum = minimum = lambda lhs, rhs, **kwargs: layerscope.operator('Min', lhs, rhs, like=NDArray)
equal = broadcast_equal = lambda lhs, rhs, **kwargs: compare('Equal', lhs, rhs)


def add_n(*args, **kwargs):
    return layerscope.operator('Sum', *args, like=NDArray)


ElementWiseSum = add_n


def where(condition, x, y, **kwargs):
    return layerscope.operator('Where', layerscope.operator('Cast', condition, to='bool', like=NDArray), x, y, like=NDArray)


def _reduce(type):
    def reduce(data, axis=None, keepdims=False, exclude=False, **kwargs):
        rank = len(data.shape)
        axes = list(range(rank)) if axis is None else [axis] if isinstance(axis, int) else list(axis)
        if exclude:
            axes = [other for other in range(rank) if other not in [given % rank for given in axes]]
        made = layerscope.operator(type, data, axes, keepdims=1 if keepdims else 0, like=NDArray)
        # MXNet's arrays have at least one axis
        return layerscope.operator('Reshape', made, [1], like=NDArray) if len(made.shape) == 0 else made
    return reduce


sum, mean, max, min, prod = [_reduce(type) for type in ('ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd')]


def norm(data, ord=2, axis=None, keepdims=False, **kwargs):
    return sqrt(sum(square(data), axis, keepdims))


def argmax(data, axis=None, keepdims=False, **kwargs):
    if axis is None:
        data, axis = layerscope.operator('Reshape', data, [-1], like=NDArray), 0
    return layerscope.operator('Cast', layerscope.operator('ArgMax', data, axis=axis, keepdims=1 if keepdims else 0, like=NDArray), to='float32', like=NDArray)


def one_hot(indices, depth, on_value=1.0, off_value=0.0, dtype='float32', **kwargs):
    return layerscope.data(list(indices.shape) + [depth], dtype, 'one-hot vectors', like=NDArray)


def pick(data, index, axis=-1, keepdims=False, **kwargs):
    shape = [size for i, size in enumerate(data.shape) if i != axis % len(data.shape)]
    return layerscope.data(shape, data.dtype, 'picked elements', like=NDArray)


def L2Normalization(data, eps=1e-10, mode='instance', **kwargs):
    axes = {'instance': list(range(1, len(data.shape))), 'channel': [1], 'spatial': list(range(2, len(data.shape)))}[mode]
    return elementwise('Div', data, sqrt(elementwise('Add', sum(square(data), axes, True), eps)))
