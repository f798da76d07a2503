"""Classes made from annotated fields."""
from copy import deepcopy as _deepcopy


class _Missing:
    def __repr__(self):
        return 'MISSING'


MISSING = _Missing()


class _KeywordOnly:
    pass


KW_ONLY = _KeywordOnly()


class FrozenInstanceError(AttributeError):
    pass


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only
        self._kind = 'field'

    def __repr__(self):
        return f'Field(name={self.name!r},type={self.type!r},default={self.default!r})'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_variable(annotation):
    if isinstance(annotation, str):
        return annotation.replace('typing.', '').replace('t.', '').startswith('ClassVar')
    from typing import ClassVar
    return annotation is ClassVar or getattr(annotation, '__origin__', None) is ClassVar


def _is_init_variable(annotation):
    if isinstance(annotation, str):
        return annotation.replace('dataclasses.', '').startswith('InitVar')
    return annotation is InitVar or type(annotation) is InitVar


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def decorate(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)
    return decorate if cls is None else decorate(cls)


class _Parameters:
    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    fields = {}
    frozen_base = None
    for base in reversed(cls.__mro__[1:]):
        inherited = base.__dict__.get('__dataclass_fields__')
        if inherited is not None:
            fields.update(inherited)
            frozen_base = base.__dataclass_params__.frozen
    if frozen_base is not None:
        if frozen_base and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if frozen and not frozen_base:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')

    annotations = cls.__dict__.get('__annotations__', {})
    keyword_only = kw_only
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or (isinstance(annotation, str) and annotation.replace('dataclasses.', '') == 'KW_ONLY'):
            keyword_only = True
            continue
        default = cls.__dict__.get(name, MISSING)
        made = default if isinstance(default, Field) else field(default=default)
        made.name = name
        made.type = annotation
        if _is_class_variable(annotation):
            made._kind = 'class'
        elif _is_init_variable(annotation):
            made._kind = 'init'
        if made.kw_only is MISSING:
            made.kw_only = keyword_only
        if made._kind == 'field' and made.default is not MISSING and made.default.__class__.__hash__ is None:
            raise ValueError(f'mutable default {type(made.default)} for field {name} is not allowed: use default_factory')
        if isinstance(default, Field):
            if made.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, made.default)
        fields[name] = made
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')

    cls.__dataclass_fields__ = fields
    cls.__dataclass_params__ = _Parameters(init, repr, eq, order, unsafe_hash, frozen)
    own = cls.__dict__
    real = [each for each in fields.values() if each._kind == 'field']
    given = [each for each in fields.values() if each._kind != 'class' and each.init]
    positional = [each for each in given if not each.kw_only]
    if init:
        with_default = None
        for each in positional:
            has_default = each.default is not MISSING or each.default_factory is not MISSING
            if has_default:
                with_default = each.name
            elif with_default is not None:
                raise TypeError(f'non-default argument {each.name!r} follows default argument {with_default!r}')
        _set_init(cls, fields, given, positional, frozen)
    if repr and '__repr__' not in own:
        cls.__repr__ = _make_repr([each for each in real if each.repr])
    compared = [each for each in real if each.compare]
    if eq and '__eq__' not in own:
        cls.__eq__ = _make_comparison(compared, '__eq__')
    if order:
        if not eq:
            raise ValueError('eq must be true if order is true')
        for name in ('__lt__', '__le__', '__gt__', '__ge__'):
            setattr(cls, name, _make_comparison(compared, name))
    if frozen:
        cls.__setattr__ = _make_frozen(cls, fields, 'assign to')
        cls.__delattr__ = _make_frozen(cls, fields, 'delete')
    if unsafe_hash or (eq and frozen and own.get('__hash__') is None):
        hashed = [each for each in real if (each.compare if each.hash is None else each.hash)]
        cls.__hash__ = lambda self: hash(tuple([getattr(self, each.name) for each in hashed]))
    elif eq and '__hash__' not in own:
        cls.__hash__ = None
    if match_args and '__match_args__' not in own:
        cls.__match_args__ = tuple([each.name for each in positional])
    return _with_slots(cls, real) if slots else cls


def _with_slots(cls, real):
    """Slots are asked for when a class is made: another class of the same content."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    inherited = [name for base in cls.__mro__[1:-1] for name in base.__dict__.get('__slots__', ())]
    own = [each.name for each in real if each.name not in inherited]
    namespace = {name: value for name, value in cls.__dict__.items() if name not in own and name not in ('__dict__', '__weakref__')}
    namespace['__slots__'] = tuple(own)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    return made


def _set_init(cls, fields, given, positional, frozen):
    by_name = {each.name: each for each in given}
    positional_names = [each.name for each in positional]
    set_attribute = object.__setattr__

    def __init__(self, /, *args, **kwargs):
        if len(args) > len(positional_names):
            least = len([each for each in positional if each.default is MISSING and each.default_factory is MISSING])
            count = f'{len(positional_names) + 1}' if least == len(positional_names) else f'from {least + 1} to {len(positional_names) + 1}'
            plural = 's' if len(positional_names) > 0 else ''
            raise TypeError(f'{cls.__qualname__}.__init__() takes {count} positional argument{plural} but {len(args) + 1} were given')
        values = dict(zip(positional_names, args))
        for name, value in kwargs.items():
            if name not in by_name:
                raise TypeError(f"{cls.__qualname__}.__init__() got an unexpected keyword argument '{name}'")
            if name in values:
                raise TypeError(f"{cls.__qualname__}.__init__() got multiple values for argument '{name}'")
            values[name] = value
        missing = [each.name for each in given if each.name not in values and each.default is MISSING and each.default_factory is MISSING]
        if missing:
            kind = 'keyword-only' if by_name[missing[0]].kw_only else 'positional'
            missing = [name for name in missing if by_name[name].kw_only == by_name[missing[0]].kw_only]
            shown = ' and '.join([repr(name) for name in missing]) if len(missing) < 3 else ', '.join([repr(name) for name in missing[:-1]]) + f', and {missing[-1]!r}'
            raise TypeError(f"{cls.__qualname__}.__init__() missing {len(missing)} required {kind} argument{'s' if len(missing) > 1 else ''}: {shown}")
        passed_on = []
        for name, each in fields.items():
            if each._kind == 'class':
                continue
            if name in values:
                value = values[name]
            elif each.default_factory is not MISSING:
                value = each.default_factory()
            elif each.default is not MISSING:
                value = each.default
            else:
                continue
            if each._kind == 'init':
                passed_on.append(value)
            elif frozen:
                set_attribute(self, name, value)
            else:
                setattr(self, name, value)
        post = getattr(self, '__post_init__', None)
        if post is not None:
            post(*passed_on)

    __init__.__qualname__ = f'{cls.__qualname__}.__init__'
    __init__.__module__ = cls.__module__
    __init__.__dataclass_init__ = given
    __init__.__annotations__ = {each.name: each.type for each in given}
    cls.__init__ = __init__


def _make_repr(shown):
    def __repr__(self):
        inside = ', '.join([f'{each.name}={getattr(self, each.name)!r}' for each in shown])
        return f'{self.__class__.__qualname__}({inside})'
    return __repr__


def _make_comparison(compared, name):
    def key(self):
        return tuple([getattr(self, each.name) for each in compared])

    def compare(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        a, b = key(self), key(other)
        if name == '__eq__':
            return a == b
        if name == '__lt__':
            return a < b
        if name == '__le__':
            return a <= b
        if name == '__gt__':
            return a > b
        return a >= b
    return compare


def _make_frozen(cls, fields, what):
    def refuse(self, name, *value):
        if type(self) is cls or name in fields:
            raise FrozenInstanceError(f'cannot {what} field {name!r}')
        if value:
            object.__setattr__(self, name, *value)
        else:
            object.__delattr__(self, name)
    return refuse


def fields(class_or_instance):
    table = getattr(class_or_instance, '__dataclass_fields__', None)
    if table is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple([each for each in table.values() if each._kind == 'field'])


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')


def asdict(obj, *, dict_factory=dict):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _as_dict(obj, dict_factory)


def _as_dict(obj, dict_factory):
    if is_dataclass(obj) and not isinstance(obj, type):
        return dict_factory([(each.name, _as_dict(getattr(obj, each.name), dict_factory)) for each in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_as_dict(each, dict_factory) for each in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_as_dict(each, dict_factory) for each in obj])
    if isinstance(obj, dict):
        return type(obj)([(_as_dict(key, dict_factory), _as_dict(value, dict_factory)) for key, value in obj.items()])
    return _deepcopy(obj)


def astuple(obj, *, tuple_factory=tuple):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return tuple_factory([astuple(value, tuple_factory=tuple_factory) if is_dataclass(value) and not isinstance(value, type) else _deepcopy(value)
                          for value in [getattr(obj, each.name) for each in fields(obj)]])


def replace(obj, /, **changes):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for each in obj.__dataclass_fields__.values():
        if each._kind == 'class':
            continue
        if not each.init:
            if each.name in changes:
                raise ValueError(f'field {each.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if each.name not in changes:
            if each._kind == 'init' and each.default is MISSING:
                raise ValueError(f"InitVar {each.name!r} must be specified with replace()")
            changes[each.name] = getattr(obj, each.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    annotations = {}
    body = dict(namespace or {})
    for each in fields:
        if isinstance(each, str):
            annotations[each] = 'typing.Any'
        elif len(each) == 2:
            annotations[each[0]] = each[1]
        else:
            annotations[each[0]] = each[1]
            body[each[0]] = each[2]
    body['__annotations__'] = annotations
    return dataclass(type(cls_name, tuple(bases), body), **options)
