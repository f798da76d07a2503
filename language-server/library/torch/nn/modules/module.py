"""`torch.nn.Module`: registers parameters, buffers and modules by assignment, and opens a scope of the graph for each call."""
from collections import OrderedDict

import layerscope

from ... import types
from ..._tensor import Tensor
from ..parameter import Buffer, Parameter


class RemovableHandle:
    def __init__(self, hooks, key):
        self.hooks, self.id = hooks, key

    def remove(self):
        self.hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.remove()


def _differ(value, target):
    """Whether two tensors have different shapes, for certain."""
    if not layerscope.is_known(value.shape) or not layerscope.is_known(target.shape):
        return False
    own, other = list(value.shape), list(target.shape)
    if 0 in own or 0 in other:
        # a lazy module takes any shape
        return False
    return len(own) != len(other) or any([layerscope.is_known(a) and layerscope.is_known(b) and a != b for a, b in zip(own, other)])


class IncompatibleKeys(tuple):
    missing_keys = []
    unexpected_keys = []


class Module:
    dump_patches = False
    _version = 1
    call_super_init = False

    def __init__(self, *args, **kwargs):
        if self.call_super_init is False and kwargs:
            raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument '{next(iter(kwargs))}'")
        if self.call_super_init is False and args:
            raise TypeError(f'{type(self).__name__}.__init__() takes 1 positional argument but {len(args) + 1} were given')
        put = object.__setattr__
        put(self, 'training', True)
        put(self, '_parameters', {})
        put(self, '_buffers', {})
        put(self, '_non_persistent_buffers_set', set())
        put(self, '_forward_hooks', OrderedDict())
        put(self, '_forward_pre_hooks', OrderedDict())
        put(self, '_modules', {})

    def forward(self, *args, **kwargs):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def __call__(self, *args, **kwargs):
        return layerscope.call(self, self._call_impl, args, kwargs)

    def _call_impl(self, *args, **kwargs):
        if '_forward_pre_hooks' not in self.__dict__:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '_backward_hooks'")
        for hook, with_kwargs in list(self._forward_pre_hooks.values()):
            changed = hook(self, args, kwargs) if with_kwargs else hook(self, args)
            if changed is not None:
                if with_kwargs:
                    args, kwargs = changed
                else:
                    args = changed if isinstance(changed, tuple) else (changed,)
        result = self.forward(*args, **kwargs)
        for hook, with_kwargs in list(self._forward_hooks.values()):
            changed = hook(self, args, kwargs, result) if with_kwargs else hook(self, args, result)
            if changed is not None:
                result = changed
        return result

    def __setattr__(self, name, value):
        if not layerscope.is_known(value):
            object.__setattr__(self, name, value)
            return
        registered = self.__dict__
        if isinstance(value, Parameter):
            if '_parameters' not in registered:
                raise AttributeError('cannot assign parameters before Module.__init__() call')
            self._forget(name, '_parameters')
            self.register_parameter(name, value)
        elif isinstance(value, Module):
            if '_modules' not in registered:
                raise AttributeError('cannot assign module before Module.__init__() call')
            self._forget(name, '_modules')
            registered['_modules'][name] = value
        elif '_parameters' in registered and name in registered['_parameters']:
            if value is not None:
                raise TypeError(f"cannot assign '{_typename(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)")
            registered['_parameters'][name] = None
        elif '_modules' in registered and name in registered['_modules']:
            if value is not None:
                raise TypeError(f"cannot assign '{_typename(value)}' as child module '{name}' (torch.nn.Module or None expected)")
            registered['_modules'][name] = None
        elif isinstance(value, Buffer) or '_buffers' in registered and name in registered['_buffers']:
            if value is not None and not isinstance(value, Tensor):
                raise TypeError(f"cannot assign '{_typename(value)}' as buffer '{name}' (torch.nn.Buffer, torch.Tensor or None expected)")
            registered['_buffers'][name] = value
        else:
            object.__setattr__(self, name, value)

    def _forget(self, name, keep):
        registered = self.__dict__
        registered.pop(name, None)
        for table in ('_parameters', '_buffers', '_modules'):
            if table != keep and table in registered:
                registered[table].pop(name, None)

    def __getattr__(self, name):
        registered = self.__dict__
        for table in ('_parameters', '_buffers', '_modules'):
            if table in registered and name in registered[table]:
                return registered[table][name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        for table in (self._parameters, self._buffers, self._modules):
            if name in table:
                del table[name]
                return
        object.__delattr__(self, name)

    def __dir__(self):
        return list(self.__dict__) + list(self._parameters) + list(self._buffers) + list(self._modules)

    def register_parameter(self, name, param):
        if '_parameters' not in self.__dict__:
            raise AttributeError('cannot assign parameter before Module.__init__() call')
        if not isinstance(name, str):
            raise TypeError(f'parameter name should be a string. Got {type(name).__name__}')
        if '.' in name:
            raise KeyError('parameter name can\'t contain "."')
        if name == '':
            raise KeyError('parameter name can\'t be empty string ""')
        if hasattr(self, name) and name not in self._parameters:
            raise KeyError(f"attribute '{name}' already exists")
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(f"cannot assign '{_typename(param)}' object to parameter '{name}' (torch.nn.Parameter or None required)")
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        if '_buffers' not in self.__dict__:
            raise AttributeError('cannot assign buffer before Module.__init__() call')
        if '.' in name:
            raise KeyError('buffer name can\'t contain "."')
        if name == '':
            raise KeyError('buffer name can\'t be empty string ""')
        if hasattr(self, name) and name not in self._buffers:
            raise KeyError(f"attribute '{name}' already exists")
        if tensor is not None and layerscope.is_known(tensor) and not isinstance(tensor, Tensor):
            raise TypeError(f"cannot assign '{_typename(tensor)}' object to buffer '{name}' (torch Tensor or None required)")
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name, module):
        if not isinstance(module, Module) and module is not None:
            raise TypeError(f'{_typename(module)} is not a Module subclass')
        if not isinstance(name, str):
            raise TypeError(f'module name should be a string. Got {type(name).__name__}')
        if hasattr(self, name) and name not in self._modules:
            raise KeyError(f"attribute '{name}' already exists")
        if '.' in name:
            raise KeyError(f'module name can\'t contain ".", got: {name}')
        if name == '':
            raise KeyError('module name can\'t be empty string ""')
        self._modules[name] = module

    def register_module(self, name, module):
        self.add_module(name, module)

    def get_submodule(self, target):
        module = self
        for part in target.split('.') if target else []:
            if not hasattr(module, part):
                raise AttributeError(f'{type(module).__name__} has no attribute `{part}`')
            module = getattr(module, part)
        return module

    def set_submodule(self, target, module, strict=False):
        path, _, name = target.rpartition('.')
        setattr(self.get_submodule(path), name, module)

    def get_parameter(self, target):
        path, _, name = target.rpartition('.')
        return getattr(self.get_submodule(path), name)

    get_buffer = get_parameter

    def named_children(self):
        seen = []
        for name, module in self._modules.items():
            if module is not None and id(module) not in seen:
                seen.append(id(module))
                yield name, module

    def children(self):
        for _, module in self.named_children():
            yield module

    def named_modules(self, memo=None, prefix='', remove_duplicate=True):
        memo = set() if memo is None else memo
        if id(self) in memo:
            return
        if remove_duplicate:
            memo.add(id(self))
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, prefix + ('.' if prefix else '') + name, remove_duplicate)

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def _named_members(self, table, prefix, recurse, remove_duplicate):
        seen = set()
        for path, module in (self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate) if recurse else [(prefix, self)]):
            for name, member in getattr(module, table).items():
                if member is None or id(member) in seen:
                    continue
                if remove_duplicate:
                    seen.add(id(member))
                yield path + ('.' if path else '') + name, member

    def named_parameters(self, prefix='', recurse=True, remove_duplicate=True):
        yield from self._named_members('_parameters', prefix, recurse, remove_duplicate)

    def parameters(self, recurse=True):
        none = True
        for _, parameter in self.named_parameters(recurse=recurse):
            none = False
            yield parameter
        if none and self._holds_unknown():
            yield layerscope.unknown('the parameters of a module that is not known')

    def _holds_unknown(self):
        """Whether something in it is not known, which may be a module."""
        return any([layerscope.is_unknown(value) for module in self.modules() if isinstance(module, Module) for value in [*module.__dict__.values(), *module._modules.values()]])

    def named_buffers(self, prefix='', recurse=True, remove_duplicate=True):
        yield from self._named_members('_buffers', prefix, recurse, remove_duplicate)

    def buffers(self, recurse=True):
        for _, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def state_dict(self, *args, destination=None, prefix='', keep_vars=False):
        result = OrderedDict() if destination is None else destination
        for path, module in self.named_modules(remove_duplicate=False):
            start = prefix + path + ('.' if path else '')
            for name, value in module._parameters.items():
                if value is not None:
                    result[start + name] = value
            for name, value in module._buffers.items():
                if value is not None and name not in module._non_persistent_buffers_set:
                    result[start + name] = value
        return result

    def load_state_dict(self, state_dict, strict=True, assign=False):
        if layerscope.is_unknown(state_dict) or not isinstance(state_dict, dict) or not layerscope.is_known(state_dict):
            return IncompatibleKeys(([], []))
        own = self.state_dict()
        faults = []
        if layerscope.is_known(strict) and strict and not self._holds_unknown():
            unexpected = [name for name in state_dict if name not in own]
            missing = [name for name in own if name not in state_dict]
            if unexpected:
                faults.append('Unexpected key(s) in state_dict: ' + ', '.join([f'"{name}"' for name in unexpected]) + '.')
            if missing:
                faults.append('Missing key(s) in state_dict: ' + ', '.join([f'"{name}"' for name in missing]) + '.')
        for name, value in state_dict.items():
            target = own.get(name)
            if isinstance(value, layerscope.Value) and target is not None and _differ(value, target):
                faults.append(f'size mismatch for {name}: copying a param with shape {value.shape} from checkpoint, the shape in current model is {target.shape}.')
        if faults:
            raise RuntimeError(f'Error(s) in loading state_dict for {self.__class__.__name__}:\n\t' + '\n\t'.join(faults))
        return IncompatibleKeys(([], []))

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def train(self, mode=True):
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad = requires_grad
        return self

    def _apply(self, fn, recurse=True):
        return self

    def cpu(self, *args, **kwargs):
        return self

    cuda = ipu = xpu = mtia = to_empty = share_memory = compile = cpu

    def to(self, *args, dtype=None, **kwargs):
        for given in args:
            if isinstance(given, Tensor):
                dtype = given.dtype
            elif not layerscope.is_unknown(given) and isinstance(given, types.dtype):
                dtype = given
        if layerscope.is_known(dtype) and dtype is not None and dtype.category < 2:
            raise TypeError(f'nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}')
        return self if dtype is None else self.type(dtype)

    def type(self, dst_type):
        """Parameters and buffers of floating-point numbers become of this type."""
        for member in [*self.parameters(), *self.buffers()]:
            if not layerscope.is_known(member.dtype) or member.dtype.is_floating_point:
                layerscope.retype(member, dst_type.name if isinstance(dst_type, types.dtype) else None)
        return self

    def float(self):
        return self.type(types.float32)

    def double(self):
        return self.type(types.float64)

    def half(self):
        return self.type(types.float16)

    def bfloat16(self):
        return self.type(types.bfloat16)

    def zero_grad(self, set_to_none=True):
        return None

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        return _hooked(self._forward_pre_hooks, (hook, with_kwargs))

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        return _hooked(self._forward_hooks, (hook, with_kwargs))

    def register_full_backward_hook(self, hook, prepend=False):
        return RemovableHandle({}, 0)

    register_backward_hook = register_full_backward_pre_hook = register_full_backward_hook

    def register_state_dict_pre_hook(self, hook):
        return RemovableHandle({}, 0)

    _register_load_state_dict_pre_hook = register_load_state_dict_post_hook = register_load_state_dict_pre_hook = register_state_dict_pre_hook
    _register_state_dict_hook = register_state_dict_post_hook = register_state_dict_pre_hook

    def get_extra_state(self):
        raise RuntimeError('Reached a code path in Module.get_extra_state() that should never be called.')

    def extra_repr(self):
        return ''

    def _get_name(self):
        return type(self).__name__

    def __repr__(self):
        lines = [f'  ({name}): ' + repr(module).replace('\n', '\n  ') for name, module in self._modules.items()]
        if not lines:
            return f'{self._get_name()}({self.extra_repr()})'
        return self._get_name() + '(\n' + '\n'.join(lines) + '\n)'

    def __layerscope__(self):
        """What the module is, for the layer graph (see layerscope.pyi)."""
        registered = self.__dict__
        modules = {name: module for name, module in registered.get('_modules', {}).items() if module is not None}
        return {
            'name': '', 'type': type(self).__name__, 'framework': 'torch', 'separator': '.', 'order': 'calls',
            'configuration': {name: value for name, value in registered.items() if not name.startswith('_') and name != 'training' and _shown(value)},
            'parameters': {name: value for name, value in registered.get('_parameters', {}).items() if value is not None},
            'buffers': {name: value for name, value in registered.get('_buffers', {}).items()
                        if value is not None and name not in registered['_non_persistent_buffers_set']},
            'children': modules,
            'listed': not modules,
        }

    def __layerscope_try__(self):
        """Calls the module with inputs that nobody gives, as it stands when it is only used: in evaluation mode."""
        self.eval()
        return self(*_wanted_inputs(self.forward))


def _wanted_inputs(forward):
    """An input for each argument of `forward` that has no default."""
    import inspect
    made = []
    for name, parameter in inspect.signature(forward).parameters.items():
        if parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD, inspect.Parameter.KEYWORD_ONLY):
            continue
        if parameter.default is inspect.Parameter.empty:
            made.append(layerscope.input(None, name=name, like=Tensor))
    return made


def _shown(value):
    return value is None or isinstance(value, (bool, int, float, str)) or isinstance(value, (tuple, list)) and all([isinstance(each, (bool, int, float, str)) for each in value])


def _hooked(hooks, entry):
    key = len(hooks)
    while key in hooks:
        key += 1
    hooks[key] = entry
    return RemovableHandle(hooks, key)


def _typename(value):
    if isinstance(value, Tensor):
        return 'torch.FloatTensor' if layerscope.is_known(value.dtype) and value.dtype is types.float32 else 'torch.Tensor'
    return type(value).__name__


def register_module_forward_hook(hook):
    return RemovableHandle({}, 0)
