"""Arrays and numbers as TensorFlow takes them: beside a tensor they take its type, alone they keep their own."""
from keras.src.backend import tensors
from keras.src.backend.tensors import Tensor, check_types, dtype_of
import layerscope


def convert(x, dtype=None):
    """A tensor of what may be an array or a list; an array of doubles stays one."""
    # a number that NumPy draws is one of Python, which becomes a single
    if dtype is None and isinstance(x, layerscope.Value) and not isinstance(x, Tensor) and dtype_of(x) == 'float64' and not (layerscope.is_known(x.shape) and len(x.shape) == 0):
        dtype = 'float64'
    return tensors.convert(x, dtype)


def taking(function):
    """A function of Keras on one tensor, given what TensorFlow makes of an array."""
    def wrapped(x, *args, **kwargs):
        return function(convert(x), *args, **kwargs)
    return wrapped


def like(x, other):
    """What is no tensor, in the type of the tensor beside it."""
    if isinstance(x, layerscope.Value) and not isinstance(x, Tensor) and isinstance(other, Tensor) and other.dtype is not None:
        return tensors.convert(x, other.dtype)
    return x


def matched(operation, values):
    """Tensors of one type; raises where tensors differ in theirs. Arrays and numbers take the type of the first tensor."""
    first = next((x for x in values if not layerscope.is_unknown(x) and isinstance(x, Tensor)), None)
    made = [convert(like(x, first)) if isinstance(x, layerscope.Value) else x for x in values]
    check_types(operation, made)
    return made


def require_whole(x, operation, types=('uint8', 'int8', 'int16', 'int32', 'int64')):
    """Raises where a tensor of indices or classes is one of floats."""
    x = convert(x)
    if isinstance(x, layerscope.Value) and x.dtype is not None and x.dtype.startswith('float'):
        from tensorflow.errors import InvalidArgumentError
        raise layerscope.related(InvalidArgumentError(f"Value of dtype {x.dtype} for {operation} is not in the list of allowed values: {', '.join(types)}. Cast it: tf.cast(x, tf.int32)"), x, 'the tensor is made here')
    return x
