"""What `tf` itself has around functions on tensors: control flow, gradients, modules, scopes."""
import layerscope

from keras.src.backend.dtypes import standardize_dtype
from keras.src.backend.tensors import Tensor, Variable as _KerasVariable, convert, plain_class
from keras.src.operations import core
from keras.src.tree import map_structure


def map_fn(fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True, name=None, fn_output_signature=None):
    return core.map(fn, elems)


vectorized_map = map_fn


def scan(fn, elems, initializer=None, **kwargs):
    return layerscope.gap('a scan', convert(elems), dtype=convert(elems).dtype, like=plain_class(elems))


def cond(pred, true_fn=None, false_fn=None, name=None):
    return core.cond(pred, true_fn, false_fn)


def case(pred_fn_pairs, default=None, **kwargs):
    return default() if default is not None else pred_fn_pairs[0][1]()


def while_loop(cond, body, loop_vars, **kwargs):
    return core.while_loop(cond, body, loop_vars)


def numpy_function(func=None, inp=None, Tout=None, stateful=True, name=None):
    if isinstance(Tout, (list, tuple)):
        return [layerscope.data(None, standardize_dtype(dtype), 'what a Python function returns', like=Tensor) for dtype in Tout]
    return layerscope.data(None, standardize_dtype(Tout), 'what a Python function returns', like=Tensor)


py_function = numpy_function


def function(func=None, input_signature=None, autograph=True, jit_compile=None, reduce_retracing=False, **kwargs):
    """tf.function: the function itself."""
    return func if func is not None else lambda function: function


class Module:
    def __init__(self, name=None):
        self.name = name or self.__class__.__name__

    @property
    def trainable_variables(self):
        found = []
        for value in self.__dict__.values():
            if isinstance(value, _KerasVariable):
                found.append(value)
            elif hasattr(value, 'trainable_variables'):
                found.extend(value.trainable_variables)
        return found

    variables = trainable_variables

    @classmethod
    def with_name_scope(cls, method):
        return method


class GradientTape:
    """Gradients have the shapes of what they are taken of."""

    def __init__(self, persistent=False, watch_accessed_variables=True):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def watch(self, tensor):
        pass

    def gradient(self, target, sources, output_gradients=None, unconnected_gradients=None):
        import numpy
        if isinstance(target, (numpy.ndarray, float, int)):
            error = AttributeError(f"'{'numpy.float32' if isinstance(target, numpy.ndarray) else type(target).__name__}' object has no attribute '_id': the tape follows tensors, and `target` was made by NumPy or Python")
            raise layerscope.related(error, target, 'it is made here, where the gradients end') if isinstance(target, layerscope.Value) else error
        if isinstance(target, layerscope.Value):
            layerscope.loss('computed', target)
            layerscope.program(target, 'tensorflow')
        return map_structure(lambda x: layerscope.data(tuple(x.shape) if layerscope.is_known(x.shape) else None, x.dtype, 'a gradient', like=Tensor) if isinstance(x, layerscope.Value) else x, sources)

    def jacobian(self, target, sources, **kwargs):
        return layerscope.unknown('a Jacobian')

    batch_jacobian = jacobian

    def stop_recording(self):
        return self

    def reset(self):
        pass


class name_scope:
    def __init__(self, name=None, *args, **kwargs):
        self.name = name

    def __enter__(self):
        return self.name

    def __exit__(self, *args):
        pass


class device(name_scope):
    pass


class init_scope(name_scope):
    pass


class control_dependencies(name_scope):
    pass


def assert_equal(*args, **kwargs):
    pass


def print(*inputs, **kwargs):
    pass


def group(*inputs, **kwargs):
    pass


def no_op(name=None):
    pass


def custom_gradient(f=None):
    return f


def executing_eagerly():
    return True


def recompute_grad(f):
    return f


def gradients(ys, xs, **kwargs):
    return GradientTape().gradient(ys, xs)
