"""Blocks: what networks of Gluon are made of."""
import layerscope

from mxnet.gluon.parameter import Parameter, ParameterDict
from mxnet.ndarray.array import NDArray


class _Scope:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


class Block:
    def __init__(self, prefix=None, params=None):
        object.__setattr__(self, '_children', {})
        object.__setattr__(self, '_reg_params', {})
        self.prefix = prefix or ''
        self._params = ParameterDict(self.prefix, None, self)

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
        return _Scope()

    @property
    def params(self):
        return self._params

    @property
    def name(self):
        return type(self).__name__.lower()

    def collect_params(self, select=None):
        return ParameterDict(self.prefix, None, self)

    def _every_parameter(self, prefix):
        found = {prefix + name: parameter for name, parameter in self._reg_params.items()}
        for name, child in self._children.items():
            found.update(child._every_parameter(prefix + name + '.'))
        return found

    def initialize(self, init=None, ctx=None, verbose=False, force_reinit=False):
        pass

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

    load_parameters = save_params = load_params = lambda self, filename, *args, **kwargs: None

    def export(self, path, epoch=0, remove_amp_cast=True):
        pass

    def summary(self, *inputs):
        self(*inputs)

    def register_forward_hook(self, hook):
        pass

    register_forward_pre_hook = register_op_hook = register_forward_hook

    def __call__(self, *args, **kwargs):
        return layerscope.call(self, self.forward, args, kwargs)

    def forward(self, *args):
        raise NotImplementedError

    def __layerscope__(self):
        children = dict(self._children)
        return {
            'name': '', 'type': type(self).__name__, 'framework': 'mxnet', 'separator': '.', 'order': 'calls', 'configuration': self._configuration(),
            'parameters': {name: parameter._value for name, parameter in self._reg_params.items() if parameter._value is not None},
            'children': children, 'listed': not children,
        }

    def _configuration(self):
        return {name: value for name, value in self.__dict__.items() if not name.startswith('_') and name != 'prefix' and isinstance(value, (int, float, str, tuple, list, bool))}

    def __layerscope_try__(self):
        import inspect
        function = type(self).hybrid_forward if isinstance(self, HybridBlock) and type(self).forward is HybridBlock.forward else type(self).forward
        names = [name for name, parameter in inspect.signature(function).parameters.items()
                 if parameter.default is inspect.Parameter.empty and parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and name not in ('self', 'F') and name not in self._reg_params]
        return self(*[layerscope.input(None, name=name, like=NDArray) for name in names])


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
