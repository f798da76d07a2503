"""Looking at functions and classes."""
import types as _types
from collections import namedtuple as _namedtuple
from _analysis import parameters_of as _parameters_of, unknown as _unknown


class _empty:
    pass


class _ParameterKind(int):
    def __new__(cls, value, name):
        self = int.__new__(cls, value)
        self.name = name
        return self

    def __repr__(self):
        return self.name

    __str__ = __repr__


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = _ParameterKind(0, 'POSITIONAL_ONLY')
    POSITIONAL_OR_KEYWORD = _ParameterKind(1, 'POSITIONAL_OR_KEYWORD')
    VAR_POSITIONAL = _ParameterKind(2, 'VAR_POSITIONAL')
    KEYWORD_ONLY = _ParameterKind(3, 'KEYWORD_ONLY')
    VAR_KEYWORD = _ParameterKind(4, 'VAR_KEYWORD')

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation

    def replace(self, **changes):
        return Parameter(changes.get('name', self.name), changes.get('kind', self.kind), default=changes.get('default', self.default), annotation=changes.get('annotation', self.annotation))

    def __repr__(self):
        return f'<Parameter "{self}">'

    def __str__(self):
        stars = {2: '*', 4: '**'}.get(int(self.kind), '')
        shown = stars + self.name
        if self.annotation is not _empty:
            shown += f': {formatannotation(self.annotation)}'
        if self.default is not _empty:
            shown += (' = ' if self.annotation is not _empty else '=') + repr(self.default)
        return shown


_kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD, Parameter.VAR_POSITIONAL, Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    @property
    def args(self):
        values = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind >= 3 or name not in self.arguments:
                break
            if parameter.kind == 2:
                values.extend(self.arguments[name])
            else:
                values.append(self.arguments[name])
        return tuple(values)

    @property
    def kwargs(self):
        values = {}
        positional = len(self.args)
        for i, (name, parameter) in enumerate(self.signature.parameters.items()):
            if name not in self.arguments:
                continue
            if parameter.kind == 4:
                values.update(self.arguments[name])
            elif parameter.kind == 3 or (parameter.kind == 1 and i >= positional):
                values[name] = self.arguments[name]
        return values

    def apply_defaults(self):
        filled = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif parameter.default is not _empty:
                filled[name] = parameter.default
            elif parameter.kind == 2:
                filled[name] = ()
            elif parameter.kind == 4:
                filled[name] = {}
        self.arguments = filled


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {each.name: each for each in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **kwargs):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=_empty):
        return Signature(list(self.parameters.values()) if parameters is None else parameters, return_annotation=self.return_annotation if return_annotation is _empty else return_annotation)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        rest = list(args)
        for name, parameter in self.parameters.items():
            if parameter.kind == 2:
                arguments[name] = tuple(rest)
                rest = []
            elif parameter.kind == 4:
                arguments[name] = kwargs
                kwargs = {}
            elif parameter.kind < 2 and rest:
                if name in kwargs and parameter.kind == 1:
                    raise TypeError(f'multiple values for argument {name!r}')
                arguments[name] = rest.pop(0)
            elif parameter.kind > 0 and name in kwargs:
                arguments[name] = kwargs[name]
                kwargs = {key: value for key, value in kwargs.items() if key != name}
            elif parameter.default is _empty and not partial:
                raise TypeError(f'missing a required argument: {name!r}')
        if rest:
            raise TypeError('too many positional arguments')
        if kwargs:
            raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
        return BoundArguments(self, arguments)

    def __eq__(self, other):
        return isinstance(other, Signature) and str(self) == str(other)

    def __repr__(self):
        return f'<Signature {self}>'

    def __str__(self):
        shown = []
        starred = False
        before = None
        for each in self.parameters.values():
            if before == 0 and each.kind > 0:
                shown.append('/')
            if each.kind == 2:
                starred = True
            if each.kind == 3 and not starred:
                shown.append('*')
                starred = True
            shown.append(str(each))
            before = each.kind
        if before == 0:
            shown.append('/')
        result = f"({', '.join(shown)})"
        return result if self.return_annotation is _empty else f'{result} -> {formatannotation(self.return_annotation)}'


def formatannotation(annotation, base_module=None):
    return annotation.__qualname__ if isinstance(annotation, type) else repr(annotation).replace('typing.', '')


def signature(obj, *, follow_wrapped=True, **kwargs):
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, _types.MethodType):
        return _without_first(signature(obj.__func__, follow_wrapped=follow_wrapped))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda each: hasattr(each, '__signature__') or isinstance(each, _types.MethodType))
        if isinstance(obj, _types.MethodType):
            return signature(obj)
    given = getattr(obj, '__signature__', None)
    if given is not None:
        return given
    if isinstance(obj, type):
        init = obj.__init__
        if init is not object.__init__:
            fields = getattr(init, '__dataclass_init__', None)
            if fields is not None:
                return _of_dataclass(fields)
            return _without_first(signature(init))
        if obj.__new__ is not object.__new__:
            return _without_first(signature(obj.__new__))
        return Signature()
    partial = _partial_class()
    if isinstance(obj, partial):
        return _of_partial(obj)
    listed = _parameters_of(obj)
    if listed is None:
        call = getattr(type(obj), '__call__', None)
        if call is None or isinstance(obj, (_types.FunctionType, _types.BuiltinFunctionType)):
            raise ValueError(f'no signature found for builtin {obj!r}')
        return _without_first(signature(call))
    annotations = getattr(obj, '__annotations__', None) or {}
    made = []
    for name, kind, has_default, default in listed:
        made.append(Parameter(name, _kinds[kind], default=default if has_default else _empty, annotation=annotations.get(name, _empty)))
    return Signature(made, return_annotation=annotations.get('return', _empty))


def _partial_class():
    from functools import partial
    return partial


def _of_partial(obj):
    whole = list(signature(obj.func).parameters.values())
    left = []
    taken = len(obj.args)
    keyword_only = False
    for each in whole:
        if taken and each.kind < 2:
            taken -= 1
        elif each.name in obj.keywords:
            keyword_only = True
            left.append(each.replace(kind=Parameter.KEYWORD_ONLY, default=obj.keywords[each.name]))
        elif keyword_only and each.kind == 1:
            left.append(each.replace(kind=Parameter.KEYWORD_ONLY))
        elif not (keyword_only and each.kind == 2):
            left.append(each)
    return Signature(left)


def _of_dataclass(fields):
    made = []
    for each in fields:
        default = each.default
        if type(default).__name__ == '_Missing':
            default = _empty if type(each.default_factory).__name__ == '_Missing' else '<factory>'
        made.append(Parameter(each.name, Parameter.KEYWORD_ONLY if each.kw_only else Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=each.type))
    return Signature(sorted(made, key=lambda each: int(each.kind)), return_annotation=None)


def _without_first(whole):
    parameters = list(whole.parameters.values())
    if parameters and parameters[0].kind < 2:
        parameters = parameters[1:]
    return Signature(parameters, return_annotation=whole.return_annotation)


FullArgSpec = _namedtuple('FullArgSpec', 'args varargs varkw defaults kwonlyargs kwonlydefaults annotations')


def getfullargspec(func):
    target = func.__init__ if isinstance(func, type) else func
    target = getattr(target, '__func__', target)
    parameters = list(signature(target, follow_wrapped=False).parameters.values())
    positional = [each for each in parameters if each.kind < 2]
    keyword_only = [each for each in parameters if each.kind == 3]
    defaults = tuple([each.default for each in positional if each.default is not _empty])
    return FullArgSpec(
        [each.name for each in positional], next((each.name for each in parameters if each.kind == 2), None), next((each.name for each in parameters if each.kind == 4), None),
        defaults or None, [each.name for each in keyword_only], {each.name: each.default for each in keyword_only if each.default is not _empty} or None,
        dict(getattr(target, '__annotations__', {})),
    )


getargspec = getfullargspec


def unwrap(func, *, stop=None):
    while hasattr(func, '__wrapped__') and not isinstance(func, type):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
    return func


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return isinstance(object, _types.FunctionType)


def ismethod(object):
    return isinstance(object, _types.MethodType)


def isbuiltin(object):
    return isinstance(object, _types.BuiltinFunctionType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object)


def ismodule(object):
    return isinstance(object, _types.ModuleType)


def isgenerator(object):
    return isinstance(object, _types.GeneratorType)


def isgeneratorfunction(obj):
    return False if _parameters_of(obj) is None else bool(_flag(obj, 'generator'))


def iscoroutinefunction(obj):
    return False if _parameters_of(obj) is None else bool(_flag(obj, 'async'))


def _flag(obj, name):
    from _analysis import function_flag
    return function_flag(obj, name)


def iscoroutine(object):
    return False


isawaitable = isasyncgenfunction = isasyncgen = istraceback = isframe = iscode = iscoroutine


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, '__abstractmethods__', ()))


def isdatadescriptor(object):
    return not isinstance(object, type) and (hasattr(type(object), '__set__') or hasattr(type(object), '__delete__'))


def ismethoddescriptor(object):
    return not isinstance(object, type) and hasattr(type(object), '__get__') and not isdatadescriptor(object) and not isroutine(object)


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


getmembers_static = getmembers


def getmro(cls):
    return cls.__mro__


def getattr_static(obj, attr, default=_empty):
    for holder in [obj] + list((obj if isinstance(obj, type) else type(obj)).__mro__):
        own = getattr(holder, '__dict__', {})
        if attr in own:
            return own[attr]
    if default is _empty:
        raise AttributeError(attr)
    return default


def getmodule(object, _filename=None):
    import sys
    return object if ismodule(object) else sys.modules.get(getattr(object, '__module__', None))


def getdoc(object):
    doc = getattr(object, '__doc__', None)
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    import textwrap
    first, newline, rest = doc.expandtabs().partition('\n')
    return (first.lstrip() + newline + textwrap.dedent(rest)).strip('\n')


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    return dict(getattr(obj, '__annotations__', {}))


def getcallargs(func, /, *positional, **named):
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return bound.arguments


def _source(*args, **kwargs):
    return _unknown('the source text of a function')


getsource = getsourcelines = getsourcefile = getfile = getcomments = findsource = _source


def _frames(*args, **kwargs):
    return _unknown('a frame of the interpreter')


currentframe = stack = trace = getframeinfo = getouterframes = getinnerframes = _frames
CO_VARARGS = 4
CO_VARKEYWORDS = 8
_ParameterKind.__module__ = 'inspect'
