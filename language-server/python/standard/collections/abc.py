"""Abstract base classes of containers."""
from abc import ABCMeta, abstractmethod


class _Generic:
    def __class_getitem__(cls, item):
        from typing import _alias
        return _alias(cls, item)


class Hashable(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__hash__',)

    def __hash__(self):
        return 0


class Awaitable(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__await__',)


class Coroutine(Awaitable):
    _abc_methods_ = ('__await__', 'send', 'throw', 'close')


class AsyncIterable(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__aiter__',)


class AsyncIterator(AsyncIterable):
    _abc_methods_ = ('__anext__', '__aiter__')


class AsyncGenerator(AsyncIterator):
    _abc_methods_ = ('__aiter__', '__anext__', 'asend', 'athrow', 'aclose')


class Iterable(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__iter__',)

    def __iter__(self):
        return iter(())


class Iterator(Iterable):
    _abc_methods_ = ('__iter__', '__next__')

    def __iter__(self):
        return self


class Reversible(Iterable):
    _abc_methods_ = ('__reversed__', '__iter__')


class Generator(Iterator):
    _abc_methods_ = ('__iter__', '__next__', 'send', 'throw', 'close')


class Sized(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__len__',)


class Container(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__contains__',)


class Collection(Sized, Iterable, Container):
    _abc_methods_ = ('__len__', '__iter__', '__contains__')


class Callable(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__call__',)


class Buffer(_Generic, metaclass=ABCMeta):
    _abc_methods_ = ('__buffer__',)


class Set(Collection):
    def __le__(self, other):
        return all(element in other for element in self)

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other)

    def isdisjoint(self, other):
        return not any(element in self for element in other)

    __hash__ = None


class MutableSet(Set):
    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        value = next(iter(self))
        self.discard(value)
        return value

    def clear(self):
        for value in list(self):
            self.discard(value)


class Mapping(Collection):
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return {key: None for key in self}.keys()

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def __eq__(self, other):
        return isinstance(other, Mapping) and dict(self.items()) == dict(other.items())

    __hash__ = None


_missing = object()


class MutableMapping(Mapping):
    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is _missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **kwargs):
        if isinstance(other, Mapping) or hasattr(other, 'keys'):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


class Sequence(Reversible, Collection):
    def __iter__(self):
        i = 0
        while True:
            try:
                value = self[i]
            except IndexError:
                return
            yield value
            i += 1

    def __contains__(self, value):
        return any(each is value or each == value for each in self)

    def __reversed__(self):
        for i in reversed(range(len(self))):
            yield self[i]

    def index(self, value, start=0, stop=None):
        for i, each in enumerate(self):
            if i >= start and (stop is None or i < stop) and (each is value or each == value):
                return i
        raise ValueError

    def count(self, value):
        return sum(1 for each in self if each is value or each == value)


class MutableSequence(Sequence):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def clear(self):
        while len(self):
            self.pop()

    def reverse(self):
        values = list(self)[::-1]
        for i, value in enumerate(values):
            self[i] = value

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


class ByteString(Sequence):
    pass


class MappingView(Sized):
    pass


class KeysView(MappingView, Set):
    pass


class ItemsView(MappingView, Set):
    pass


class ValuesView(MappingView, Collection):
    pass

for _builtin in (tuple, str, range, bytes):
    Sequence.register(_builtin)
MutableSequence.register(list)
MutableMapping.register(dict)
MutableSet.register(set)
Set.register(frozenset)
ByteString.register(bytes)
KeysView.register(type({}.keys()))
ValuesView.register(type({}.values()))
ItemsView.register(type({}.items()))
