"""Copying objects."""
import types as _types


class Error(Exception):
    pass


error = Error
_atoms = (type(None), int, float, bool, complex, str, bytes, type, range, type(...), type(NotImplemented), _types.FunctionType, _types.BuiltinFunctionType, property, _types.ModuleType)


def copy(x):
    cls = type(x)
    own = getattr(cls, '__copy__', None)
    if own is not None:
        return own(x)
    if isinstance(x, _atoms) or cls in (tuple, frozenset):
        return x
    if cls in (list, dict, set):
        return x.copy()
    if isinstance(x, (list, dict, set, tuple)):
        return _with_state(x, _same_contents(x, lambda each: each), lambda each: each)
    return _with_state(x, object.__new__(cls), lambda each: each)


def deepcopy(x, memo=None, _nil=[]):
    if isinstance(x, _atoms):
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    cls = type(x)
    own = getattr(cls, '__deepcopy__', None)
    if own is not None:
        made = own(x, memo)
    elif cls is list:
        made = []
        memo[id(x)] = made
        for each in x:
            made.append(deepcopy(each, memo))
    elif cls is dict:
        made = {}
        memo[id(x)] = made
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        made = tuple([deepcopy(each, memo) for each in x])
        if all([a is b for a, b in zip(made, x)]):
            made = x
    elif cls in (set, frozenset):
        made = cls([deepcopy(each, memo) for each in x])
    elif cls is _types.MethodType:
        made = getattr(deepcopy(x.__self__, memo), x.__func__.__name__)
    elif isinstance(x, (list, dict, set, frozenset, tuple)):
        made = _same_contents(x, lambda each: deepcopy(each, memo))
        memo[id(x)] = made
        _with_state(x, made, lambda each: deepcopy(each, memo))
    else:
        reduce = getattr(cls, '__getnewargs__', None)
        if isinstance(x, BaseException):
            made = cls(*x.args)
        elif isinstance(x, (int, float, str, bytes)):
            return x
        elif reduce is not None:
            made = cls.__new__(cls, *x.__getnewargs__())
        else:
            made = object.__new__(cls)
        memo[id(x)] = made
        _with_state(x, made, lambda each: deepcopy(each, memo))
    memo[id(x)] = made
    # what was copied stays alive as long as the memo, so that its identity is not given again
    memo.setdefault(id(memo), []).append(x)
    return made


def _same_contents(x, each):
    cls = type(x)
    if isinstance(x, tuple):
        values = [each(value) for value in x]
        return cls(*values) if hasattr(cls, '_fields') else tuple.__new__(cls, values)
    if isinstance(x, frozenset):
        return frozenset.__new__(cls, [each(value) for value in x])
    made = cls.__new__(cls)
    if isinstance(x, dict):
        for key, value in dict.items(x):
            dict.__setitem__(made, each(key), each(value))
    elif isinstance(x, list):
        for value in list.__iter__(x):
            list.append(made, each(value))
    else:
        for value in set.__iter__(x):
            set.add(made, each(value))
    return made


def _with_state(x, made, each):
    get = getattr(type(x), '__getstate__', None)
    if get is not None:
        state = each(x.__getstate__())
    else:
        state = {name: each(value) for name, value in getattr(x, '__dict__', {}).items()}
        for base in type(x).__mro__:
            for name in base.__dict__.get('__slots__', ()):
                if name not in ('__dict__', '__weakref__') and hasattr(x, name):
                    object.__setattr__(made, name, each(getattr(x, name)))
    if hasattr(type(x), '__setstate__'):
        made.__setstate__(state)
    elif isinstance(state, dict) and state:
        made.__dict__.update(state)
    return made


def replace(obj, /, **changes):
    return obj.__replace__(**changes)
