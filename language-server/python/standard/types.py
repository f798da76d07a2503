"""Names of the interpreter's own types."""
import sys as _sys


def _function():
    pass


def _generator():
    yield


async def _coroutine():
    pass


class _Class:
    def method(self):
        pass


FunctionType = LambdaType = type(_function)
MethodType = type(_Class().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
WrapperDescriptorType = MethodWrapperType = MethodDescriptorType = ClassMethodDescriptorType = BuiltinFunctionType
GeneratorType = type(_generator())
CoroutineType = type('coroutine', (), {})
AsyncGeneratorType = type('async_generator', (), {})
CodeType = type(_function.__code__)
CellType = type('cell', (), {})
ModuleType = type(_sys)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
GenericAlias = type(list[int])
UnionType = type(int | str)
TracebackType = type('traceback', (), {})
FrameType = type('frame', (), {})
GetSetDescriptorType = MemberDescriptorType = property


class SimpleNamespace:
    def __init__(self, mapping_or_iterable=(), /, **kwargs):
        self.__dict__.update(mapping_or_iterable)
        self.__dict__.update(kwargs)

    def __repr__(self):
        shown = ', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())
        return f'namespace({shown})'

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__

    __hash__ = None


class MappingProxyType:
    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()

    def __repr__(self):
        return f'mappingproxy({self._mapping!r})'


class DynamicClassAttribute(property):
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    kwds = dict(kwds or {})
    metaclass = kwds.pop('metaclass', None)
    if metaclass is None:
        metaclass = type(bases[0]) if bases else type
    return metaclass(name, bases, namespace, **kwds)


def resolve_bases(bases):
    return bases


def prepare_class(name, bases=(), kwds=None):
    return type(bases[0]) if bases else type, {}, dict(kwds or {})


def get_original_bases(cls, /):
    return cls.__dict__.get('__orig_bases__', cls.__bases__)


def coroutine(func):
    return func
