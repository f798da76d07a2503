"""Abstract base classes."""


class ABCMeta(type):
    def register(cls, subclass):
        registered = cls.__dict__.get('_abc_registered')
        if registered is None:
            registered = []
            cls._abc_registered = registered
        registered.append(subclass)
        return subclass

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        hook = cls.__dict__.get('__subclasshook__')
        if hook is not None:
            answer = cls.__subclasshook__(subclass)
            if answer is not NotImplemented:
                return answer
        for each in cls.__dict__.get('_abc_registered', ()):
            if issubclass(subclass, each):
                return True
        for derived in cls.__subclasses__():
            if issubclass(subclass, derived):
                return True
        return False

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))


class ABC(metaclass=ABCMeta):
    __slots__ = ()


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractproperty(property):
    __isabstractmethod__ = True


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True


def get_cache_token():
    return 0


def update_abstractmethods(cls):
    return cls
