"""Type hints: kept apart from values, and subscriptable as the real ones are."""
import abc as _abc_module
import collections as _collections
import collections.abc as _abc
import sys as _sys
import types as _types

TYPE_CHECKING = False


class _Alias:
    """`Origin[arguments]`."""

    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args
        self._name = name
        self.__parameters__ = tuple([each for each in args if isinstance(each, TypeVar)])

    def __getitem__(self, item):
        given = item if isinstance(item, tuple) else (item,)
        if not self.__parameters__:
            return self
        table = dict(zip(self.__parameters__, given))
        return _Alias(self.__origin__, tuple([table.get(each, each) if isinstance(each, TypeVar) else each for each in self.__args__]), self._name)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _Form):
            return (Generic,) if self._name in ('Generic', 'Protocol') else ()
        return (self.__origin__,)

    def __eq__(self, other):
        return isinstance(other, _Alias) and self.__origin__ is other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self._name, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, instance):
        if self.__origin__ is Union:
            return any(isinstance(instance, each) for each in self.__args__)
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __repr__(self):
        if self.__origin__ is Union and len(self.__args__) == 2 and self.__args__[1] is type(None):
            return f'typing.Optional[{_shown(self.__args__[0])}]'
        if self._name == 'Annotated':
            return f"typing.Annotated[{_shown(self.__origin__)}, {', '.join([repr(each) for each in self.__metadata__])}]"
        if self.__origin__ is Literal:
            return f"typing.Literal[{', '.join([repr(each) for each in self.__args__])}]"
        name = self._name or getattr(self.__origin__, '__qualname__', repr(self.__origin__))
        return f"typing.{name}[{', '.join([_shown(each) for each in self.__args__])}]"


class _ClassAlias(_Alias):
    """`Class[arguments]` of a generic class of the program's."""

    def __repr__(self):
        name = f'{self.__origin__.__module__}.{self.__origin__.__qualname__}' if self.__origin__.__module__ != 'typing' else f'typing.{self.__origin__.__qualname__}'
        return f"{name}[{', '.join([_shown(each) for each in self.__args__])}]"

    def __instancecheck__(self, instance):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')


def _shown(argument):
    if argument is ...:
        return '...'
    if isinstance(argument, list):
        return f"[{', '.join([_shown(each) for each in argument])}]"
    if not isinstance(argument, type) or argument is Any:
        return repr(argument)
    return argument.__qualname__ if argument.__module__ in ('builtins', 'typing') else f'{argument.__module__}.{argument.__qualname__}'


def _alias(origin, item):
    return _Alias(origin, item if isinstance(item, tuple) else (item,))


class _Form:
    """A name such as Union or ClassVar that only means something inside a hint."""

    def __init__(self, name):
        self._name = name

    def __getitem__(self, item):
        args = item if isinstance(item, tuple) else (item,)
        return _Alias(self, args, self._name)

    def __call__(self, *args, **kwargs):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __mro_entries__(self, bases):
        return ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f'typing.{self._name}'


class _UnionForm(_Form):
    def __getitem__(self, item):
        flat = []
        for each in item if isinstance(item, tuple) else (item,):
            parts = each.__args__ if isinstance(each, _Alias) and each.__origin__ is Union else (type(None) if each is None else each,)
            for part in parts:
                if not any(part is known or part == known for known in flat):
                    flat.append(part)
        return flat[0] if len(flat) == 1 else _Alias(Union, tuple(flat), 'Union')


class _OptionalForm(_Form):
    def __getitem__(self, item):
        return Union[item, None]


class _Standard:
    """`List`, `Dict`, ...: names for a class of the library."""

    def __init__(self, origin, name):
        self.__origin__ = origin
        self._name = name

    def __getitem__(self, item):
        return _Alias(self.__origin__, item if isinstance(item, tuple) else (item,), self._name)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, instance):
        return isinstance(instance, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f'typing.{self._name}'


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False, default=None):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f'~{self.__name__}'


class ParamSpec(TypeVar):
    @property
    def args(self):
        return Any

    @property
    def kwargs(self):
        return Any


class TypeVarTuple(TypeVar):
    def __iter__(self):
        yield self


class ForwardRef:
    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg


class _AnyMeta(type):
    def __repr__(cls):
        return 'typing.Any' if cls is Any else type.__repr__(cls)


class Any(metaclass=_AnyMeta):
    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls)


class Generic:
    def __class_getitem__(cls, item):
        return _ClassAlias(cls, item if isinstance(item, tuple) else (item,), cls.__name__)

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)
        if '__parameters__' not in cls.__dict__:
            found = []
            for base in cls.__dict__.get('__orig_bases__', ()):
                for each in getattr(base, '__parameters__', ()):
                    if each not in found:
                        found.append(each)
            cls.__parameters__ = tuple(found)


class _ProtocolMeta(_abc_module.ABCMeta):
    """A class that has what a protocol names is one of it, where that is asked at all."""

    def __instancecheck__(cls, instance):
        if not cls.__dict__.get('_is_protocol', False):
            return super().__instancecheck__(instance)
        if not cls.__dict__.get('_is_runtime_protocol', False):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        return all(hasattr(instance, name) for name in cls._members())

    def __subclasscheck__(cls, other):
        if not cls.__dict__.get('_is_protocol', False):
            return super().__subclasscheck__(other)
        if not cls.__dict__.get('_is_runtime_protocol', False):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        return all(hasattr(other, name) for name in cls._members())

    def _members(cls):
        names = set()
        for base in cls.__mro__:
            if base.__dict__.get('_is_protocol', False) and base is not Protocol:
                names.update(name for name in [*base.__dict__, *base.__dict__.get('__annotations__', {})] if name not in _NO_MEMBERS and not name.startswith('_abc_'))
        return names


class Protocol(Generic, metaclass=_ProtocolMeta):
    _is_protocol = True

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._is_protocol = Protocol in cls.__bases__


_NO_MEMBERS = {'__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__', '__new__', '__slots__', '__subclasshook__', '__weakref__', '__class_getitem__', '__match_args__',
               '__orig_bases__', '__parameters__', '__qualname__', '__init_subclass__', '__hash__', '__type_params__', '_is_protocol', '_is_runtime_protocol'}


Union = _UnionForm('Union')
Optional = _OptionalForm('Optional')
for _name in ('ClassVar', 'Final', 'Literal', 'Concatenate', 'TypeGuard', 'TypeIs', 'Unpack', 'Required', 'NotRequired', 'ReadOnly', 'Self', 'LiteralString', 'Never', 'NoReturn', 'TypeAlias'):
    globals()[_name] = _Form(_name)


class _AnnotatedForm(_Form):
    def __getitem__(self, item):
        made = _Alias(item[0], (item[0],), 'Annotated')
        made.__metadata__ = item[1:]
        return made


Annotated = _AnnotatedForm('Annotated')
List = _Standard(list, 'List')
Dict = _Standard(dict, 'Dict')
Set = _Standard(set, 'Set')
FrozenSet = _Standard(frozenset, 'FrozenSet')
Tuple = _Standard(tuple, 'Tuple')
Type = _Standard(type, 'Type')
Deque = _Standard(_collections.deque, 'Deque')
DefaultDict = _Standard(_collections.defaultdict, 'DefaultDict')
OrderedDict = _Standard(_collections.OrderedDict, 'OrderedDict')
Counter = _Standard(_collections.Counter, 'Counter')
ChainMap = _Standard(_collections.ChainMap, 'ChainMap')
AbstractSet = _Standard(_abc.Set, 'AbstractSet')
for _name in ('Hashable', 'Awaitable', 'Coroutine', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator', 'Iterable', 'Iterator', 'Reversible', 'Generator', 'Sized', 'Container', 'Collection',
              'Callable', 'MutableSet', 'Mapping', 'MutableMapping', 'Sequence', 'MutableSequence', 'ByteString', 'MappingView', 'KeysView', 'ItemsView', 'ValuesView'):
    globals()[_name] = _Standard(getattr(_abc, _name), _name)

Text = str
AnyStr = TypeVar('AnyStr', bytes, str)
T = TypeVar('T')
KT = TypeVar('KT')
VT = TypeVar('VT')


class Pattern(Generic):
    pass


class Match(Generic):
    pass


class ContextManager(Generic):
    pass


class AsyncContextManager(Generic):
    pass


class IO(Generic):
    pass


class TextIO(IO):
    pass


class BinaryIO(IO):
    pass


class SupportsInt(Protocol):
    pass


class SupportsFloat(Protocol):
    pass


class SupportsIndex(Protocol):
    pass


class SupportsAbs(Protocol):
    pass


class SupportsBytes(Protocol):
    pass


class SupportsRound(Protocol):
    pass


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def override(method, /):
    return method


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    cls._is_runtime_protocol = True
    return cls


for _protocol, _member in ((SupportsInt, '__int__'), (SupportsFloat, '__float__'), (SupportsIndex, '__index__'), (SupportsAbs, '__abs__'), (SupportsBytes, '__bytes__'), (SupportsRound, '__round__')):
    setattr(_protocol, _member, lambda self: None)
    runtime_checkable(_protocol)


def dataclass_transform(**kwargs):
    return lambda cls: cls


def deprecated(message, /, **kwargs):
    return lambda each: each


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r}')


def reveal_type(obj, /):
    return obj


def is_typeddict(tp):
    return getattr(tp, '__total__', None) is not None


def clear_overloads():
    pass


def get_overloads(func):
    return []


def NewType(name, tp):
    def new(value):
        return value
    new.__name__ = name
    new.__supertype__ = tp
    return new


def get_origin(tp):
    if isinstance(tp, _Alias):
        return Annotated if tp._name == 'Annotated' else tp.__origin__
    if isinstance(tp, _types.UnionType):
        return _types.UnionType
    if isinstance(tp, _Standard):
        return tp.__origin__
    return getattr(tp, '__origin__', None) if isinstance(tp, _types.GenericAlias) else None


def get_args(tp):
    args = getattr(tp, '__args__', ())
    if isinstance(tp, _Alias):
        if tp._name == 'Annotated':
            return args + tp.__metadata__
        if tp.__origin__ is _abc.Callable and args and isinstance(args[0], list):
            return args
    return args if isinstance(args, tuple) else ()


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            names = getattr(_sys.modules.get(base.__module__), '__dict__', {}) if globalns is None else globalns
            own = dict(base.__dict__) if localns is None else localns
            for name, hint in base.__dict__.get('__annotations__', {}).items():
                hints[name] = _resolved(hint, names, own, include_extras)
        return hints
    if isinstance(obj, _types.ModuleType):
        names = obj.__dict__
    else:
        while hasattr(obj, '__wrapped__'):
            obj = obj.__wrapped__
        names = getattr(obj, '__globals__', {})
    for name, hint in getattr(obj, '__annotations__', {}).items():
        hints[name] = _resolved(hint, names if globalns is None else globalns, localns, include_extras)
    return hints


def _resolved(hint, names, own, include_extras):
    if hint is None:
        return type(None)
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    while isinstance(hint, str):
        hint = eval(hint, names, own)
    if hint is None:
        return type(None)
    if isinstance(hint, _Alias) and hint._name == 'Annotated' and not include_extras:
        return hint.__args__[0]
    return hint


def get_protocol_members(tp):
    return frozenset(tp._members())


def is_protocol(tp, /):
    return isinstance(tp, type) and tp is not Protocol and tp.__dict__.get('_is_protocol', False)


class _NamedTupleMeta(type):
    def __new__(metacls, name, bases, namespace):
        if '_named_tuple_root' in namespace:
            return type.__new__(metacls, name, bases, namespace)
        annotations = namespace.get('__annotations__', {})
        defaults = {field: namespace[field] for field in annotations if field in namespace}
        extra = {key: value for key, value in namespace.items() if key not in annotations and key != '__qualname__'}
        return _collections._make_tuple_class(name, tuple(annotations), defaults, namespace.get('__module__'), extra)


class NamedTuple(metaclass=_NamedTupleMeta):
    _named_tuple_root = True

    def __new__(cls, typename, fields=(), /, **kwargs):
        fields = list(fields) + list(kwargs.items())
        return _collections._make_tuple_class(typename, tuple([field for field, _ in fields]), {}, None, {'__annotations__': dict(fields)})


class _TypedDictMeta(type):
    def __new__(metacls, name, bases, namespace, total=True, **kwargs):
        hints = {}
        required = set()
        for base in bases:
            hints.update(getattr(base, '__annotations__', {}))
            required |= getattr(base, '__required_keys__', frozenset())
        for key, hint in namespace.get('__annotations__', {}).items():
            hints[key] = hint
            said = hint if isinstance(hint, str) else getattr(hint, '_name', None)
            if said == 'Required' or (total and said != 'NotRequired'):
                required.add(key)
        return type.__new__(metacls, name, (dict,), {
            '__annotations__': hints, '__module__': namespace.get('__module__'), '__total__': total,
            '__required_keys__': frozenset(required), '__optional_keys__': frozenset(key for key in hints if key not in required),
        })

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)


class _TypedDictForm:
    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        return _TypedDictMeta(typename, (dict,), {'__annotations__': dict(fields or {}, **kwargs)}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDictBase,)


TypedDict = _TypedDictForm()
_TypedDictBase = _TypedDictMeta('TypedDict', (), {})
