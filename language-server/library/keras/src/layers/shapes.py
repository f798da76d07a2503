"""Sizes and shapes as programs give them to layers."""
import layerscope

from keras.src.backend.tensors import KerasTensor
from keras.src.tree import is_shape, map_structure

# arguments by which a first layer states its input
SHAPE_ARGUMENTS = ('input_shape', 'batch_shape', 'batch_input_shape', 'input_dim', 'input_length', 'weights', 'batch_size', 'input_dtype')


def stated_input_shape(kwargs):
    """The shape that Keras 2 and 3 let the first layer of a model state, without its batch axis."""
    if kwargs.get('batch_input_shape') is not None:
        return tuple(kwargs['batch_input_shape'])[1:]
    if kwargs.get('batch_shape') is not None:
        return tuple(kwargs['batch_shape'])[1:]
    shape = kwargs.get('input_shape')
    if shape is not None:
        return tuple(shape) if isinstance(shape, (list, tuple)) else (shape,)
    if kwargs.get('input_dim') is not None:
        size = kwargs['input_dim']
        return (kwargs['input_length'], size) if kwargs.get('input_length') is not None else (size,)
    return None


def whole(size):
    """A size as Python's number where a program gives it as an array of one number."""
    return layerscope.elements(size) if isinstance(size, layerscope.Value) else size


def is_none(size):
    """Whether a size is one that Keras does not know: None, or a symbol that prints so."""
    return size is None or not layerscope.is_known(size) and repr(size) == 'None'


def shapes_of(structure):
    """The shapes of nested tensors; None for what is not a tensor."""
    return map_structure(lambda x: tuple(x.shape) if hasattr(x, 'shape') else None, structure)


def symbolic(shape, dtype):
    """Symbolic tensors of nested shapes."""
    if is_shape(shape):
        return layerscope.data(tuple(shape), dtype, 'a shape is asked for', like=KerasTensor)
    if isinstance(shape, dict):
        return {key: symbolic(item, dtype) for key, item in shape.items()}
    return [symbolic(item, dtype) for item in shape]
