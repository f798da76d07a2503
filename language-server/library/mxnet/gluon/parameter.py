"""Parameters whose sizes may wait for the first call."""
import layerscope

from mxnet.ndarray.array import NDArray
from mxnet.ndarray.creation import type_name


class DeferredInitializationError(Exception):
    pass


class Parameter:
    def __init__(self, name='weight', grad_req='write', shape=None, dtype='float32', init=None, lr_mult=1.0, wd_mult=1.0, allow_deferred_init=True, differentiable=True, **kwargs):
        self.name = name
        self.shape = shape if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)
        self.dtype = dtype
        self.grad_req = 'null' if not differentiable else grad_req
        self.init = init
        self.lr_mult, self.wd_mult = lr_mult, wd_mult
        self._value = None
        self._initialized = False

    def settle(self, shape):
        """The array; sizes of 0 or None are taken from `shape`."""
        if not self._initialized:
            raise RuntimeError(f"Parameter '{self.name}' has not been initialized. Note that you should initialize parameters and create Trainer with Block.collect_params() instead of "
                               'Block.params because the later does not include Parameters of nested child Blocks: call initialize() on the network before its first use')
        if self._value is None:
            sizes = [given if layerscope.is_known(given) and (given is None or given == 0) is False else found for given, found in zip(self.shape, shape)] if self.shape is not None else list(shape)
            self._value = layerscope.parameter(tuple(sizes), type_name(self.dtype), _initial(self.init), self.grad_req != 'null', like=NDArray)
            self.shape = tuple(sizes)
        return self._value

    def data(self, ctx=None):
        if self._value is None and self.shape is not None and all([not layerscope.is_known(size) or size for size in self.shape]):
            return self.settle(self.shape)
        return self._value if self._value is not None else layerscope.unknown('a parameter that is not initialised yet')

    def list_data(self):
        return [self.data()]

    def initialize(self, init=None, ctx=None, default_init=None, force_reinit=False):
        self._initialized = True

    def set_data(self, data):
        self._initialized = True

    def grad(self, ctx=None):
        return layerscope.unknown('a gradient')

    def list_grad(self):
        return [self.grad()]

    def list_ctx(self):
        return [layerscope.unknown('a device')]

    def zero_grad(self):
        pass

    def reset_ctx(self, ctx):
        pass

    def cast(self, dtype):
        self.dtype = dtype


def _initial(init):
    if isinstance(init, str):
        return {'zeros': 0.0, 'ones': 1.0}.get(init, 'unknown')
    return 'unknown'


class Constant(Parameter):
    def __init__(self, name, value):
        super().__init__(name, 'null')
        self._value = layerscope.cast_class(value, NDArray) if isinstance(value, layerscope.Value) else layerscope.constant(value, 'float32', like=NDArray)
        self.shape = tuple(self._value.shape)
        self._initialized = True


class ParameterDict:
    """What `self.params` is inside of a block, and what `collect_params()` gives: parameters by their full names."""

    def __init__(self, prefix='', shared=None):
        self.prefix = prefix
        self._shared = shared
        self._held = {}

    def get(self, name, **kwargs):
        """The block's parameter of this name: that of the dictionary which it shares, else a new one."""
        shared = self._shared._held.get(self._shared.prefix + name) if self._shared is not None else None
        return self._keep(self.prefix + name, shared if shared is not None else Parameter(self.prefix + name, **kwargs))

    def get_constant(self, name, value=None):
        return self._keep(self.prefix + name, Constant(self.prefix + name, value))

    def _keep(self, name, parameter):
        return self._held.setdefault(name, parameter)

    def __iter__(self):
        return iter(self._held)

    def __len__(self):
        return len(self._held)

    def __contains__(self, name):
        return name in self._held

    def items(self):
        return self._held.items()

    def keys(self):
        return self._held.keys()

    def values(self):
        return self._held.values()

    def __getitem__(self, name):
        return self._held[name]

    def update(self, other):
        for name, parameter in other.items():
            self._keep(name, parameter)

    def initialize(self, init=None, ctx=None, verbose=False, force_reinit=False):
        for parameter in self._held.values():
            parameter.initialize()

    def load(self, filename, *args, **kwargs):
        self.initialize()

    def setattr(self, name, value):
        for parameter in self._held.values():
            setattr(parameter, name, value)

    def save(self, filename, strip_prefix=''):
        pass

    def zero_grad(self):
        pass

    def reset_ctx(self, ctx):
        pass
