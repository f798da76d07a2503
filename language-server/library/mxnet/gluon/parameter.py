"""Parameters whose sizes may wait for the first call."""
import layerscope

from mxnet.ndarray.array import NDArray
from mxnet.ndarray.creation import type_name


class Parameter:
    def __init__(self, name='weight', grad_req='write', shape=None, dtype='float32', init=None, lr_mult=1.0, wd_mult=1.0, differentiable=True, allow_deferred_init=True, **kwargs):
        self.name = name
        self.shape = shape if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)
        self.dtype = dtype
        self.grad_req = 'null' if not differentiable else grad_req
        self.init = init
        self._value = None

    def settle(self, shape):
        """The array; sizes of 0 or None are taken from `shape`."""
        if self._value is None:
            sizes = [given if layerscope.is_known(given) and (given is None or given == 0) is False else found for given, found in zip(self.shape, shape)] if self.shape is not None else list(shape)
            self._value = layerscope.parameter(tuple(sizes), type_name(self.dtype), _initial(self.init), self.grad_req != 'null', like=NDArray)
            self.shape = tuple(sizes)
        return self._value

    def data(self, ctx=None):
        if self._value is None and self.shape is not None and all([not layerscope.is_known(size) or size for size in self.shape]):
            return self.settle(self.shape)
        return self._value if self._value is not None else layerscope.unknown('a parameter that is not initialised yet')

    def initialize(self, *args, **kwargs):
        pass

    def set_data(self, data):
        pass

    def grad(self, ctx=None):
        return layerscope.unknown('a gradient')

    zero_grad = reset_ctx = cast = initialize


def _initial(init):
    if isinstance(init, str):
        return {'zeros': 0.0, 'ones': 1.0}.get(init, 'unknown')
    return 'unknown'


class Constant(Parameter):
    def __init__(self, name, value):
        super().__init__(name, 'null')
        self._value = layerscope.cast_class(value, NDArray) if isinstance(value, layerscope.Value) else layerscope.constant(value, 'float32', like=NDArray)
        self.shape = tuple(self._value.shape)


class ParameterDict:
    """What `self.params` is inside of a block, and what `collect_params()` gives."""

    def __init__(self, prefix='', shared=None, owner=None):
        self.prefix = prefix
        self._owner = owner

    def get(self, name, **kwargs):
        made = Parameter(name, **kwargs)
        if self._owner is not None:
            self._owner._reg_params[name] = made
        return made

    def get_constant(self, name, value=None):
        made = Constant(name, value)
        if self._owner is not None:
            self._owner._reg_params[name] = made
        return made

    def _all(self):
        return self._owner._every_parameter('') if self._owner is not None else {}

    def __iter__(self):
        return iter(self._all())

    def __len__(self):
        return len(self._all())

    def items(self):
        return self._all().items()

    def keys(self):
        return self._all().keys()

    def values(self):
        return self._all().values()

    def __getitem__(self, name):
        return self._all()[name]

    def initialize(self, *args, **kwargs):
        pass

    save = load = zero_grad = reset_ctx = setattr = update = initialize
