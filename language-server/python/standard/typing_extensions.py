"""What later versions of typing have."""
from typing import *
from typing import _Alias, _Form


class Buffer:
    pass


class Sentinel:
    def __init__(self, name, repr=None):
        self._name = name


def TypeAliasType(name, value, *, type_params=()):
    return value


def get_annotations(obj, **kwargs):
    return dict(getattr(obj, '__annotations__', {}))


Doc = str
NoDefault = _Form('NoDefault')
