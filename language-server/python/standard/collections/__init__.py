"""Containers beside list, tuple, dict and set."""
from collections import abc
from keyword import iskeyword as _iskeyword

__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'defaultdict', 'deque', 'namedtuple']
_missing = object()


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self[key]
        if last:
            dict.pop(self, key)
            dict.__setitem__(self, key, value)
            return
        rest = [(other, item) for other, item in self.items() if other != key]
        dict.clear(self)
        dict.__setitem__(self, key, value)
        for other, item in rest:
            dict.__setitem__(self, other, item)

    def popitem(self, last=True):
        if not self:
            raise KeyError('dictionary is empty')
        if last:
            return dict.popitem(self)
        key = next(iter(self))
        return key, self.pop(key)

    def copy(self):
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __repr__(self):
        return f'{self.__class__.__name__}({dict(self)!r})' if self else f'{self.__class__.__name__}()'

    def __reversed__(self):
        return reversed(list(self.keys()))

    def __or__(self, other):
        made = self.__class__(self)
        made.update(other)
        return made

    def __ior__(self, other):
        self.update(other)
        return self

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict.__eq__(self, other)

    __hash__ = None


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        made = self.copy()
        made.update(other)
        return made

    def __repr__(self):
        return f'defaultdict({self.default_factory!r}, {dict(self)!r})'


class Counter(dict):
    def __init__(self, iterable=None, /, **kwargs):
        dict.__init__(self)
        self.update(iterable, **kwargs)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwargs):
        if iterable is not None:
            if isinstance(iterable, abc.Mapping):
                for key, amount in iterable.items():
                    self[key] = self.get(key, 0) + amount
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) + 1
        for key, amount in kwargs.items():
            self[key] = self.get(key, 0) + amount

    def subtract(self, iterable=None, /, **kwargs):
        other = Counter(iterable, **kwargs)
        for key, amount in other.items():
            self[key] = self.get(key, 0) - amount

    def most_common(self, n=None):
        ordered = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return ordered if n is None else ordered[:n]

    def elements(self):
        for key, amount in self.items():
            for _ in range(amount):
                yield key

    def total(self):
        return sum(self.values())

    def copy(self):
        return self.__class__(self)

    def __add__(self, other):
        made = Counter(self)
        made.update(other)
        return Counter({key: amount for key, amount in made.items() if amount > 0})

    def __sub__(self, other):
        made = Counter(self)
        made.subtract(other)
        return Counter({key: amount for key, amount in made.items() if amount > 0})

    def __or__(self, other):
        return Counter({key: max(self[key], other[key]) for key in [*self, *(each for each in other if each not in self)] if max(self[key], other[key]) > 0})

    def __and__(self, other):
        return Counter({key: min(amount, other[key]) for key, amount in self.items() if min(amount, other[key]) > 0})

    def __pos__(self):
        return Counter({key: amount for key, amount in self.items() if amount > 0})

    def __neg__(self):
        return Counter({key: -amount for key, amount in self.items() if amount < 0})

    def _become(self, other):
        self.clear()
        dict.update(self, other)
        return self

    def __iadd__(self, other):
        return self._become(self + other)

    def __isub__(self, other):
        return self._become(self - other)

    def __ior__(self, other):
        return self._become(self | other)

    def __iand__(self, other):
        return self._become(self & other)

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[key] == other[key] for key in [*self, *other])

    __hash__ = None

    def __le__(self, other):
        return all(self[key] <= other[key] for key in [*self, *other])

    def __lt__(self, other):
        return self <= other and self != other

    def __ge__(self, other):
        return all(self[key] >= other[key] for key in [*self, *other])

    def __gt__(self, other):
        return self >= other and self != other

    def __repr__(self):
        return f'Counter({dict(self.most_common())!r})' if self else 'Counter()'


class deque:
    """A list that is bounded and grows on both sides."""

    def __init__(self, iterable=(), maxlen=None):
        self.maxlen = maxlen
        self._items = []
        self.extend(iterable)

    def append(self, x, /):
        self._items.append(x)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[0]

    def appendleft(self, x, /):
        self._items.insert(0, x)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[-1]

    def extend(self, iterable, /):
        for element in iterable:
            self.append(element)

    def extendleft(self, iterable, /):
        for element in iterable:
            self.appendleft(element)

    def pop(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop(0)

    def clear(self):
        self._items.clear()

    def copy(self):
        return deque(self._items, self.maxlen)

    def count(self, x, /):
        return self._items.count(x)

    def index(self, x, /):
        return self._items.index(x)

    def insert(self, i, x, /):
        self._items.insert(i, x)

    def remove(self, value, /):
        self._items.remove(value)

    def reverse(self):
        self._items.reverse()

    def rotate(self, n=1, /):
        if self._items:
            n %= len(self._items)
            self._items = self._items[-n:] + self._items[:-n] if n else self._items

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, x):
        return x in self._items

    def __getitem__(self, index):
        if not 0 <= index + (len(self._items) if index < 0 else 0) < len(self._items):
            raise IndexError('deque index out of range')
        return self._items[index]

    def __setitem__(self, index, value):
        self._items[index] = value

    def __delitem__(self, index):
        del self._items[index]

    def __eq__(self, other):
        return isinstance(other, deque) and self._items == other._items

    def __lt__(self, other):
        return self._items < other._items

    def __le__(self, other):
        return self._items <= other._items

    def __gt__(self, other):
        return self._items > other._items

    def __ge__(self, other):
        return self._items >= other._items

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        return deque(self._items + other._items, self.maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        return deque(self._items * n, self.maxlen)

    __rmul__ = __mul__

    def __copy__(self):
        return self.copy()

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)

    __hash__ = None

    def __repr__(self):
        bound = '' if self.maxlen is None else f', maxlen={self.maxlen}'
        return f'deque({self._items!r}{bound})'


class ChainMap(abc.MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def __iter__(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(dict.fromkeys(mapping))
        return iter(merged)

    def __len__(self):
        return len(set().union(*self.maps))

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def new_child(self, m=None, **kwargs):
        return self.__class__({**(m or {}), **kwargs}, *self.maps)

    @property
    def parents(self):
        return self.__class__(*self.maps[1:])

    def copy(self):
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def __bool__(self):
        return any(self.maps)

    def __or__(self, other):
        return self.__class__({**self.maps[0], **other}, *self.maps[1:])

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    @classmethod
    def fromkeys(cls, iterable, *args):
        return cls(dict.fromkeys(iterable, *args))

    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    fields = tuple(str(name) for name in field_names)
    if rename:
        fields = tuple(name if name.isidentifier() and not _iskeyword(name) and not name.startswith('_') and name not in fields[:i] else f'_{i}' for i, name in enumerate(fields))
    seen = set()
    for name in fields:
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if name.startswith('_') and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    defaults = () if defaults is None else tuple(defaults)
    if len(defaults) > len(fields):
        raise TypeError('Got more default values than field names')
    return _make_tuple_class(typename, fields, dict(zip(fields[len(fields) - len(defaults):], defaults)), module)


def _make_tuple_class(typename, fields, defaults, module=None, extra=None):
    required = len(fields) - len(defaults)

    def __new__(cls, /, *args, **kwargs):
        if len(args) > len(fields):
            raise TypeError(f'{typename}.__new__() takes {len(fields) + 1} positional arguments but {len(args) + 1} were given' if not defaults
                            else f'{typename}.__new__() takes from {required + 1} to {len(fields) + 1} positional arguments but {len(args) + 1} were given')
        values = list(args)
        missing = []
        for name in fields[len(args):]:
            if name in kwargs:
                values.append(kwargs.pop(name))
            elif name in defaults:
                values.append(defaults[name])
            else:
                missing.append(name)
        for name in kwargs:
            if name in fields:
                raise TypeError(f"{typename}.__new__() got multiple values for argument '{name}'")
            raise TypeError(f"{typename}.__new__() got an unexpected keyword argument '{name}'")
        if missing:
            shown = ' and '.join(repr(name) for name in missing) if len(missing) < 3 else ', '.join(repr(name) for name in missing[:-1]) + f', and {missing[-1]!r}'
            raise TypeError(f"{typename}.__new__() missing {len(missing)} required positional argument{'s' if len(missing) > 1 else ''}: {shown}")
        return tuple.__new__(cls, values)

    def _make(cls, iterable):
        values = tuple(iterable)
        if len(values) != len(fields):
            raise TypeError(f'Expected {len(fields)} arguments, got {len(values)}')
        return tuple.__new__(cls, values)

    def _replace(self, /, **kwargs):
        values = [kwargs.pop(name, value) for name, value in zip(fields, self)]
        if kwargs:
            raise ValueError(f'Got unexpected field names: {list(kwargs)!r}')
        return self._make(values)

    def _asdict(self):
        return dict(zip(fields, self))

    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(f'{name}={value!r}' for name, value in zip(fields, self))})"

    def __getnewargs__(self):
        return tuple(self)

    namespace = {
        '__slots__': (), '_fields': fields, '_field_defaults': defaults, '__new__': __new__, '_make': classmethod(_make), '_replace': _replace,
        '_asdict': _asdict, '__repr__': __repr__, '__getnewargs__': __getnewargs__, '__match_args__': fields, '__module__': module or 'collections',
    }
    for position, name in enumerate(fields):
        namespace[name] = _field(position)
    namespace.update(extra or {})
    return type(typename, (tuple,), namespace)


def _field(position):
    return property(lambda self: tuple.__getitem__(self, position))


class UserDict(abc.MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        missing = getattr(self.__class__, '__missing__', None)
        if missing is not None:
            return missing(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def copy(self):
        return self.__class__(self.data)

    def __or__(self, other):
        return self.__class__({**self.data, **(other.data if isinstance(other, UserDict) else other)})

    def __ior__(self, other):
        self.data.update(other)
        return self

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, UserDict) else other)

    __hash__ = None

    @classmethod
    def fromkeys(cls, iterable, value=None):
        return cls(dict.fromkeys(iterable, value))


class UserList(abc.MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(initlist)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def insert(self, i, item):
        self.data.insert(i, item)

    def _plain(self, other):
        return other.data if isinstance(other, UserList) else list(other)

    def __add__(self, other):
        return self.__class__(self.data + self._plain(other))

    def __radd__(self, other):
        return self.__class__(self._plain(other) + self.data)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, UserList) else other)

    __hash__ = None

    def __lt__(self, other):
        return self.data < self._plain(other)

    def copy(self):
        return self.__class__(self)

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)

    def __repr__(self):
        return repr(self.data)


class UserString(str):
    pass
