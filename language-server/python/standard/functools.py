"""Higher-order functions."""
WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)

_missing = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        value = getattr(wrapped, name, _missing)
        if value is not _missing:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorate


class partial:
    """A call with some of its arguments given in advance."""

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        self = object.__new__(cls)
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __init__(self, func, /, *args, **keywords):
        pass

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        shown = [repr(self.func)] + [repr(each) for each in self.args] + [f'{name}={value!r}' for name, value in self.keywords.items()]
        return f"functools.partial({', '.join(shown)})"


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        get = getattr(type(self.func), '__get__', None)
        func = get(self.func, obj, cls) if get is not None else partial(self.func, obj)
        if obj is None:
            def method(cls_or_self, /, *args, **keywords):
                return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
            return method
        return partial(func, *self.args, **self.keywords)


def reduce(function, sequence, initial=_missing, /):
    iterator = iter(sequence)
    if initial is _missing:
        value = next(iterator, _missing)
        if value is _missing:
            raise TypeError('reduce() of empty iterable with no initial value')
    else:
        value = initial
    for element in iterator:
        value = function(value, element)
    return value


def _memoised(function, maxsize, typed):
    # results are the same object on the next call, as with the real cache; unhashable arguments raise there too
    results = {}
    counts = {'hits': 0, 'misses': 0}

    def cached(*args, **kwargs):
        key = args if not kwargs else (args, tuple(kwargs.items()))
        found = results.get(key, _missing)
        counts['misses' if found is _missing else 'hits'] += 1
        if found is _missing:
            found = function(*args, **kwargs)
            if maxsize is not None and len(results) >= maxsize:
                del results[next(iter(results))]
            results[key] = found
        elif maxsize is not None:
            # the one that was asked for last goes last
            results[key] = results.pop(key)
        return found

    def cache_clear():
        results.clear()
        counts.update(hits=0, misses=0)

    update_wrapper(cached, function)
    cached.cache_clear = cache_clear
    cached.cache_info = lambda: _cache_info()(counts['hits'], counts['misses'], maxsize, len(results))
    cached.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return cached


def _cache_info():
    from collections import namedtuple
    return namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _memoised(maxsize, 128, typed)
    return lambda function: _memoised(function, maxsize, typed)


def cache(user_function, /):
    return _memoised(user_function, None, False)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__.get(self.attrname, _missing)
        if value is _missing:
            value = self.func(instance)
            instance.__dict__[self.attrname] = value
        return value


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        for registered, implementation in registry.items():
            if registered is not object and issubclass(cls, registered):
                return implementation
        return registry[object]

    def register(cls, implementation=None):
        if implementation is None:
            if isinstance(cls, type):
                return lambda each: register(cls, each)
            from typing import get_type_hints
            implementation = cls
            cls = next(iter(get_type_hints(implementation).values()))
        for each in getattr(cls, '__args__', (cls,)) if not isinstance(cls, type) else (cls,):
            registry[each] = implementation
        return implementation

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kwargs)

    update_wrapper(wrapper, func)
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.func = func
        self.dispatcher = singledispatch(func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            chosen = self.dispatcher.dispatch(args[0].__class__)
            return chosen.__get__(obj, cls)(*args, **kwargs)
        return method


def total_ordering(cls):
    defined = {name for name in ('__lt__', '__le__', '__gt__', '__ge__') if getattr(cls, name, None) is not getattr(object, name, None)}
    if not defined:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    if '__lt__' in defined:
        less = lambda a, b: a < b
    elif '__gt__' in defined:
        less = lambda a, b: b > a
    elif '__le__' in defined:
        less = lambda a, b: a <= b and a != b
    else:
        less = lambda a, b: b >= a and a != b
    rest = {
        '__lt__': lambda self, other: less(self, other),
        '__gt__': lambda self, other: less(other, self),
        '__le__': lambda self, other: less(self, other) or self == other,
        '__ge__': lambda self, other: less(other, self) or self == other,
    }
    for name, method in rest.items():
        if name not in defined:
            setattr(cls, name, method)
    return cls


def cmp_to_key(mycmp):
    class Key:
        __slots__ = ('obj',)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        __hash__ = None
    return Key
