"""Enumerations."""


class auto:
    """A value that the enumeration chooses."""

    def __init__(self, value=None):
        self.value = value

    def __or__(self, other):
        return _Combination(lambda a, b: a | b, self, other)

    def __and__(self, other):
        return _Combination(lambda a, b: a & b, self, other)

    def __xor__(self, other):
        return _Combination(lambda a, b: a ^ b, self, other)

    def __invert__(self):
        return _Combination(lambda a, b: ~a, self, None)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__


class _Combination(auto):
    """What the body of a flag makes of values that are chosen behind it."""

    def __init__(self, combine, *operands):
        self.combine = combine
        self.operands = operands

    @property
    def value(self):
        return self.combine(*[each.value if isinstance(each, auto) else each for each in self.operands])


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class property(property):
    pass


def _is_descriptor(value):
    return hasattr(value, '__get__') or type(value).__name__ in ('function', 'property', 'classmethod', 'staticmethod', 'builtin_function_or_method')


def _is_special(name):
    return (name.startswith('__') and name.endswith('__')) or (name.startswith('_') and name.endswith('_')) or name.startswith('__')


class EnumMeta(type):
    def __new__(metacls, name, bases, namespace, *, boundary=None, **kwds):
        plain = {}
        members = {}
        ignored = namespace.get('_ignore_', [])
        if isinstance(ignored, str):
            ignored = ignored.replace(',', ' ').split()
        for key, value in namespace.items():
            if isinstance(value, nonmember):
                plain[key] = value.value
            elif isinstance(value, member):
                members[key] = value.value
            elif _is_special(key) or _is_descriptor(value) or key in ignored:
                plain[key] = value
            else:
                members[key] = value
        cls = type.__new__(metacls, name, bases, plain, **kwds)
        for base in cls.__mro__[1:]:
            if base.__dict__.get('_member_map_'):
                raise TypeError(f'{name}: cannot extend {base!r}')
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._value2member_map_ = {}
        data_type = metacls._data_type(cls)
        cls._member_type_ = data_type
        if data_type is not object:
            metacls._prefer_own(cls, plain, data_type)
        generate = cls._generate_next_value_
        values = []
        for key, value in members.items():
            if isinstance(value, auto):
                if value.value is None:
                    value.value = generate(key, 1, len(values), values[:])
                value = value.value
            elif isinstance(value, tuple) and any(isinstance(each, auto) for each in value):
                value = tuple(generate(key, 1, len(values), values[:]) if isinstance(each, auto) else each for each in value)
            metacls._add(cls, key, value, data_type)
            values.append(cls._member_map_[key]._value_)
        return cls

    @staticmethod
    def _data_type(cls):
        for base in cls.__mro__[1:]:
            if base in (int, str, float, bytes, tuple):
                return base
        return object

    @staticmethod
    def _prefer_own(cls, own, data_type):
        # an enumeration shows its members, also where the mixed-in type comes first
        first = next((base for base in cls.__mro__[1:] if isinstance(base, EnumMeta)), None)
        for name in ('__repr__', '__str__', '__format__'):
            if name not in own and first is not None:
                found = getattr(cls, name)
                if found is getattr(data_type, name) or found is getattr(object, name):
                    type.__setattr__(cls, name, getattr(first, name))

    @staticmethod
    def _add(cls, name, value, data_type):
        arguments = value if isinstance(value, tuple) else (value,)
        own_new = cls.__dict__.get('__new__')
        if own_new is None:
            for base in cls.__mro__[1:]:
                if base.__dict__.get('_own_new_') is not None:
                    own_new = base.__dict__['_own_new_']
                    break
        else:
            cls._own_new_ = own_new
        if own_new is not None:
            made = own_new.__func__(cls, *arguments) if hasattr(own_new, '__func__') else own_new(cls, *arguments)
            if not hasattr(made, '_value_'):
                made._value_ = value if data_type is object else data_type(*arguments)
        elif data_type is object:
            made = object.__new__(cls)
            made._value_ = value
        elif data_type is tuple:
            made = tuple.__new__(cls, value)
            made._value_ = value
        else:
            made = data_type.__new__(cls, *arguments)
            made._value_ = data_type(*arguments)
        init = cls.__init__
        if init is not object.__init__ and init is not Enum.__dict__.get('__init__'):
            made._name_ = name
            made.__init__(*arguments)
        for existing in cls._member_map_.values():
            if existing._value_ == made._value_ and type(existing._value_) is type(made._value_):
                cls._member_map_[name] = existing
                type.__setattr__(cls, name, existing)
                return
        made._name_ = name
        made._sort_order_ = len(cls._member_names_)
        made.__objclass__ = cls
        cls._member_map_[name] = made
        if not cls._is_alias(made._value_):
            cls._member_names_.append(name)
        try:
            cls._value2member_map_[made._value_] = made
        except TypeError:
            pass
        type.__setattr__(cls, name, made)

    def _is_alias(cls, value):
        # a flag of several bits, or none, is a name for them
        return getattr(cls, '_of_bits_', False) and (value <= 0 or value & (value - 1) != 0)

    def __call__(cls, value, names=None, *args, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None and not args and cls._member_map_:
            return cls._lookup(value)
        if not cls._member_map_ and names is not None:
            return cls._create(value, names, start)
        return cls._lookup(value)

    def _lookup(cls, value):
        if isinstance(value, cls):
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            pass
        for each in cls._member_map_.values():
            if each._value_ == value:
                return each
        found = cls._missing_(value)
        if isinstance(found, cls):
            return found
        raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')

    def _create(cls, name, names, start):
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        namespace = {}
        if isinstance(names, dict):
            namespace.update(names)
        else:
            for i, each in enumerate(names):
                if isinstance(each, str):
                    namespace[each] = auto()
                else:
                    namespace[each[0]] = each[1]
        return EnumMeta(name, (cls,), namespace)

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return reversed([cls._member_map_[name] for name in cls._member_names_])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if isinstance(value, cls):
            return value._name_ in cls._member_map_
        return any(each._value_ == value for each in cls._member_map_.values())

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f'cannot reassign member {name!r}')
        type.__setattr__(cls, name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f'{cls.__name__!r} cannot delete member {name!r}.')
        type.__delattr__(cls, name)

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __repr__(cls):
        return f'<enum {cls.__name__!r}>'


EnumType = EnumMeta


class Enum(metaclass=EnumMeta):
    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f'<{self.__class__.__name__}{"" if self._name_ is None else f".{self._name_}"}: {self._value_!r}>'

    def __str__(self):
        return f'{self.__class__.__name__}({self._value_!r})' if self._name_ is None else f'{self.__class__.__name__}.{self._name_}'

    def __format__(self, format_spec):
        return format(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __dir__(self):
        return ['__class__', '__doc__', '__module__', 'name', 'value']


class ReprEnum(Enum):
    pass


class IntEnum(int, ReprEnum):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, format_spec):
        return format(self._value_, format_spec)

    __hash__ = int.__hash__


class StrEnum(str, ReprEnum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, format_spec):
        return format(self._value_, format_spec)

    __hash__ = str.__hash__


class Flag(Enum):
    _of_bits_ = True

    def _generate_next_value_(name, start, count, last_values):
        highest = max([value for value in last_values if isinstance(value, int)], default=0)
        power = 1
        while power <= highest:
            power *= 2
        return power

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        every = 0
        for each in cls._member_map_.values():
            every |= each._value_
        if value < 0:
            value &= every
        if value & ~every:
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        names = [each._name_ for each in cls if each._value_ and each._value_ & value == each._value_]
        made._name_ = '|'.join(names) or None
        made._value_ = value
        cls._value2member_map_[value] = made
        return made

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        for each in self.__class__:
            if each._value_ and each._value_ & self._value_ == each._value_:
                yield each

    def __len__(self):
        return len(list(iter(self)))

    def __bool__(self):
        return bool(self._value_)

    def __or__(self, other):
        return self.__class__(self._value_ | (other._value_ if isinstance(other, Flag) else other))

    def __and__(self, other):
        return self.__class__(self._value_ & (other._value_ if isinstance(other, Flag) else other))

    def __xor__(self, other):
        return self.__class__(self._value_ ^ (other._value_ if isinstance(other, Flag) else other))

    def __invert__(self):
        return self.__class__(~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, format_spec):
        return format(self._value_, format_spec)

    __hash__ = int.__hash__


def unique(enumeration):
    duplicates = [(name, each.name) for name, each in enumeration.__members__.items() if name != each.name]
    if duplicates:
        shown = ', '.join([f'{alias} -> {name}' for alias, name in duplicates])
        raise ValueError(f'duplicate values found in {enumeration!r}: {shown}')
    return enumeration


def global_enum(cls, update_str=False):
    return cls


def verify(*constraints):
    return lambda enumeration: enumeration


STRICT = 'strict'
CONFORM = 'conform'
EJECT = 'eject'
KEEP = 'keep'
CONTINUOUS = 'continuous'
NAMED_FLAGS = 'named flags'
UNIQUE = 'unique'
