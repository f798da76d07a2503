"""Blocks: what networks of Gluon are made of."""
import layerscope

from mxnet.gluon.parameter import Parameter, ParameterDict
from mxnet.ndarray.array import NDArray


# the blocks whose name scopes are open, and how many blocks of a kind were named outside of any
_open = []
_named = {}


class _Scope:
    """`with block.name_scope()`: blocks made inside are named within it."""

    def __init__(self, block):
        self.block, self.counts = block, {}

    def __enter__(self):
        _open.append(self)
        return self

    def __exit__(self, *args):
        _open.pop()


def _prefix(kind, given):
    """`dense0_` for the first Dense of its scope, behind the prefix of the block that the scope belongs to."""
    outer = _open[-1].block.prefix if _open else ''
    if given is None:
        counts = _open[-1].counts if _open else _named
        counts[kind] = counts.get(kind, -1) + 1
        given = f'{kind}{counts[kind]}_'
    return outer + given


class Block:
    def __init__(self, prefix=None, params=None):
        object.__setattr__(self, '_children', {})
        object.__setattr__(self, '_reg_params', {})
        self.prefix = _prefix(type(self).__name__.lower(), prefix)
        self._params = ParameterDict(self.prefix if params is None else params.prefix, params)
        self._scope = _Scope(self)

    def __setattr__(self, name, value):
        if isinstance(value, Block):
            self.register_child(value, name)
        elif isinstance(value, Parameter):
            self._reg_params[name] = value
        object.__setattr__(self, name, value)

    def register_child(self, block, name=None):
        if not isinstance(block, Block):
            raise TypeError(f"Children of Block must also be Block, but {block} has type {type(block)}.")
        self._children[str(len(self._children)) if name is None else name] = block

    def name_scope(self):
        return self._scope

    @property
    def params(self):
        return self._params

    @property
    def name(self):
        return self.prefix[:-1] if self.prefix.endswith('_') else self.prefix

    def collect_params(self, select=None):
        import re
        found = ParameterDict(self._params.prefix)
        for parameter in self._every_parameter():
            if select is None or re.match(select, parameter.name):
                found._keep(parameter.name, parameter)
        return found

    def _every_parameter(self):
        found = [*self._params.values(), *self._reg_params.values()]
        for child in self._children.values():
            if layerscope.is_known(child):
                found.extend(child._every_parameter())
        return found

    def initialize(self, init=None, ctx=None, verbose=False, force_reinit=False):
        self.collect_params().initialize()

    def hybridize(self, active=True, **kwargs):
        pass

    def cast(self, dtype):
        pass

    def apply(self, fn):
        for child in self._children.values():
            child.apply(fn)
        fn(self)
        return self

    def save_parameters(self, filename, deduplicate=False):
        pass

    save_params = save_parameters

    def load_parameters(self, filename, *args, **kwargs):
        self.initialize()

    load_params = load_parameters

    def export(self, path, epoch=0, remove_amp_cast=True):
        pass

    def summary(self, *inputs):
        self(*inputs)

    def register_forward_hook(self, hook):
        pass

    register_forward_pre_hook = register_op_hook = register_forward_hook

    def __call__(self, *args, **kwargs):
        if layerscope.escaped(self):
            self.initialize()
        if any([isinstance(item, _symbol()) for item in args]):
            return layerscope.unknown('a block of a symbol')
        result = layerscope.call(self, self.forward, args, kwargs)
        return _as_numpy(result) if any([isinstance(item, _numpy_array()) for item in args]) else result

    def forward(self, *args):
        raise NotImplementedError

    def __layerscope__(self):
        children = dict(self._children)
        return {
            'name': '', 'type': type(self).__name__, 'framework': 'mxnet', 'separator': '.', 'order': 'calls', 'configuration': self._configuration(),
            'parameters': {self._stored(name): parameter._value for name, parameter in self._reg_params.items() if parameter._value is not None},
            'children': children, 'listed': not children,
        }

    def _stored(self, name):
        """What `save_parameters` calls a parameter."""
        return name

    def _configuration(self):
        return {name: value for name, value in self.__dict__.items() if not name.startswith('_') and name != 'prefix' and isinstance(value, (int, float, str, tuple, list, bool))}

    def __layerscope_try__(self):
        import inspect
        function = type(self).hybrid_forward if isinstance(self, HybridBlock) and type(self).forward is HybridBlock.forward else type(self).forward
        self.initialize()
        names = [name for name, parameter in inspect.signature(function).parameters.items()
                 if parameter.default is inspect.Parameter.empty and parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and name not in ('self', 'F') and name not in self._reg_params]
        return self(*[layerscope.input(None, name=name, like=NDArray) for name in names])


def _numpy_array():
    from mxnet.numpy import ndarray
    return ndarray


def _symbol():
    from mxnet.symbol import Symbol
    return Symbol


def _as_numpy(result):
    """What a block makes of arrays of `mx.np` are such arrays."""
    if isinstance(result, NDArray):
        return layerscope.cast_class(result, _numpy_array())
    if isinstance(result, (list, tuple)):
        return type(result)([_as_numpy(item) for item in result])
    return result


class HybridBlock(Block):
    def forward(self, x, *args):
        from mxnet import ndarray
        self.infer_shape(x, *args)
        values = {name: parameter.data() for name, parameter in self._reg_params.items()}
        return self.hybrid_forward(ndarray, x, *args, **values)

    def infer_shape(self, *args):
        """Settles parameters whose sizes wait for the first input."""

    def hybrid_forward(self, F, x, *args, **kwargs):
        raise NotImplementedError


class SymbolBlock(HybridBlock):
    @staticmethod
    def imports(symbol_file, input_names, param_file=None, ctx=None):
        return layerscope.unknown('a network of a file')
