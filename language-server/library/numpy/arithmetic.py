"""Arithmetic and comparison of arrays: broadcasting, promotion, and what NumPy refuses."""
import layerscope

from numpy.array import layerscope_type, ndarray, shape_text
from numpy.conversion import asarray, cast
from numpy.dtypes import TYPES, promote, weak


def check_broadcast(*arrays):
    """Raises where arrays do not broadcast."""
    shapes = [array.shape for array in arrays]
    if not all([layerscope.is_known(shape) for shape in shapes]):
        return
    made = []
    for shape in shapes:
        made = list(shape[:max(len(shape) - len(made), 0)]) + made
    for shape in shapes:
        offset = len(made) - len(shape)
        for position, size in enumerate(shape):
            current = made[offset + position]
            if layerscope.is_known(current) and layerscope.is_known(size) and current != size and current != 1 and size != 1:
                error = ValueError(f"operands could not be broadcast together with shapes {' '.join([shape_text(each) for each in shapes])} ")
                for array in arrays:
                    error = layerscope.related(error, array, f'the array of shape {array.shape} is made here')
                raise error
            if layerscope.is_known(current) and current == 1:
                made[offset + position] = size


def align(a, b):
    """Two operands as arrays of one type, where Python numbers take the array's."""
    a_array, b_array = isinstance(a, layerscope.Value), isinstance(b, layerscope.Value)
    if a_array and not b_array and isinstance(b, (bool, int, float)):
        a = asarray(a)
        return cast(a, weak(layerscope_type(a), b)), b
    if b_array and not a_array and isinstance(a, (bool, int, float)):
        b = asarray(b)
        return a, cast(b, weak(layerscope_type(b), a))
    a, b = asarray(a), asarray(b)
    name = promote(layerscope_type(a), layerscope_type(b))
    return cast(a, name), cast(b, name)


def yields(other):
    """Whether an operator of NumPy leaves the work to the other operand: a tensor of a framework that knows arrays."""
    return isinstance(other, layerscope.Value) and not isinstance(other, ndarray)


def arithmetic(type, a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return layerscope.data(None, None, 'arithmetic with an unknown value', like=ndarray)
    if yields(b) or yields(a):
        return NotImplemented
    a, b = align(a, b)
    if isinstance(a, layerscope.Value) and isinstance(b, layerscope.Value):
        check_broadcast(a, b)
    if type in ('Mod', 'Pow'):
        a, b = _counting(a, b)
    array = a if isinstance(a, layerscope.Value) else b
    name = layerscope_type(array)
    if type in ('And', 'Or', 'Xor'):
        a, b = asarray(a), asarray(b)
        if name != 'bool':
            type = 'Bitwise' + type
    elif name == 'bool':
        if type == 'Sub':
            raise TypeError("numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.")
        if type in ('Add', 'Mul'):
            a, b, type = asarray(a), asarray(b), 'Or' if type == 'Add' else 'And'
    elif name == 'string' or name is None or name.startswith('complex'):
        return layerscope.data(broadcast_of(asarray(a), asarray(b)), name, 'arithmetic on texts or complex numbers', like=ndarray)
    elif type == 'Mod' and name.startswith('float'):
        quotient = layerscope.operator('Floor', layerscope.operator('Div', a, b, like=ndarray), like=ndarray)
        return layerscope.operator('Sub', a, layerscope.operator('Mul', quotient, b, like=ndarray), like=ndarray)
    elif type == 'Pow' and name.startswith('uint'):
        return layerscope.data(broadcast_of(asarray(a), asarray(b)), name, 'a power', like=ndarray)
    made = layerscope.operator(type, a, b, like=ndarray)
    if type in ('Add', 'Sub', 'Mul', 'Div') and (getattr(a, '_continuous', False) or getattr(b, '_continuous', False)):
        made._continuous = True
    return made


def broadcast_of(a, b):
    """The shape that two arrays broadcast to; None where it is not known."""
    if not layerscope.is_known(a.shape) or not layerscope.is_known(b.shape):
        return None
    longer, shorter = (a.shape, b.shape) if len(a.shape) >= len(b.shape) else (b.shape, a.shape)
    offset = len(longer) - len(shorter)
    return tuple(longer[:offset]) + tuple([y if layerscope.is_known(x) and x == 1 else x for x, y in zip(longer[offset:], shorter)])


def comparison(type, a, b):
    if layerscope.is_unknown(b):
        return layerscope.data(None, 'bool', 'a comparison with an unknown value', like=ndarray)
    if yields(b):
        return NotImplemented
    if isinstance(b, (list, tuple)):
        b = asarray(b)
    if isinstance(a, layerscope.Value) and isinstance(b, layerscope.Value) and type == 'Equal' and layerscope.is_known(a.shape) and layerscope.is_known(b.shape):
        check_broadcast(a, b)
    made = arithmetic(type, a, b)
    return made


def true_divide(a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return arithmetic('Div', a, b)
    if yields(b) or yields(a):
        return NotImplemented
    a, b = align(_operand(a), _operand(b))
    return arithmetic('Div', _floating(a), _floating(b))


def _operand(x):
    return asarray(x) if isinstance(x, (list, tuple)) else x


def _floating(x):
    if isinstance(x, (list, tuple)):
        x = asarray(x)
    if isinstance(x, layerscope.Value):
        name = layerscope_type(x)
        return cast(x, 'float64') if name is not None and TYPES[name][1] in 'iub' else x
    return float(x) if isinstance(x, int) and layerscope.is_known(x) else x


def _counting(a, b):
    """Truth values as the small integers that NumPy divides and raises them as."""
    array = a if isinstance(a, layerscope.Value) else b
    return (cast(asarray(a), 'int8'), cast(asarray(b), 'int8')) if layerscope_type(array) == 'bool' else (a, b)


def floor_divide(a, b):
    if layerscope.is_unknown(a) or layerscope.is_unknown(b):
        return arithmetic('Div', a, b)
    a, b = _counting(*align(a, b))
    array = a if isinstance(a, layerscope.Value) else b
    name = layerscope_type(array)
    if name is None:
        return layerscope.data(array.shape if layerscope.is_known(array.shape) else None, None, 'a quotient', like=ndarray)
    if isinstance(a, layerscope.Value) and isinstance(b, layerscope.Value):
        check_broadcast(a, b)
    if TYPES[name][1] == 'f':
        return layerscope.operator('Floor', layerscope.operator('Div', a, b, like=ndarray), like=ndarray)
    remainder = layerscope.operator('Mod', a, b, like=ndarray)
    return layerscope.operator('Div', layerscope.operator('Sub', a, remainder, like=ndarray), b, like=ndarray)


def in_place(type, target, other):
    made = arithmetic(type, target, other)
    if made is NotImplemented:
        return NotImplemented
    if layerscope.is_known(made.shape) and layerscope.is_known(target.shape) and len(made.shape) != len(target.shape) or not _fits(made, target):
        raise ValueError(f"non-broadcastable output operand with shape {shape_text(target.shape)} doesn't match the broadcast shape {shape_text(made.shape)}")
    own, name = layerscope_type(target), layerscope_type(made)
    if own is not None and name is not None and own != name:
        if TYPES[own][1] in 'iub' and TYPES[name][1] in 'fc':
            word = {'Add': 'add', 'Sub': 'subtract', 'Mul': 'multiply', 'Div': 'divide'}[type]
            raise TypeError(f"Cannot cast ufunc '{word}' output from dtype('{name}') to dtype('{own}') with casting rule 'same_kind'")
        made = cast(made, own)
    layerscope.assign(target, made)
    return target


def _fits(made, target):
    if not layerscope.is_known(made.shape) or not layerscope.is_known(target.shape):
        return True
    return all([not layerscope.is_known(a) or not layerscope.is_known(b) or a == b for a, b in zip(made.shape, target.shape)])


def unary(type, x):
    x = asarray(x)
    name = layerscope_type(x)
    if type == 'Neg' and name == 'bool':
        raise TypeError("The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.")
    if type == 'Not' and name != 'bool':
        x = cast(x, 'bool')
    if type == 'Neg' and name is not None and name.startswith('uint') or type == 'Abs' and name == 'bool':
        return x
    return layerscope.operator(type, x, like=ndarray)
