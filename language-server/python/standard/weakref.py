"""References that keep their objects alive: nothing is ever collected here."""


class ref:
    def __init__(self, object, callback=None):
        self._object = object

    def __call__(self):
        return self._object

    def __class_getitem__(cls, item):
        return cls

    def __eq__(self, other):
        return isinstance(other, ref) and self._object == other._object

    def __hash__(self):
        return hash(self._object)


ReferenceType = KeyedRef = ref


class WeakMethod(ref):
    pass


def proxy(object, callback=None):
    return object


class _Dictionary(dict):
    def __init__(self, other=(), /, **kwargs):
        dict.__init__(self, other, **kwargs)


class WeakKeyDictionary(_Dictionary):
    pass


class WeakValueDictionary(_Dictionary):
    pass


class WeakSet(set):
    pass


class finalize:
    def __init__(self, obj, func, /, *args, **kwargs):
        self.alive = True

    def __call__(self):
        return None

    def detach(self):
        return None


def getweakrefcount(object):
    return 0
