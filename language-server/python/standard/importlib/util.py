"""Whether modules can be found."""
from _analysis import find_module as _find_module, unknown as _unknown


class _Loader:
    def exec_module(self, module):
        pass


class ModuleSpec:
    def __init__(self, name, loader=None, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader or _Loader()
        self.origin = origin
        self.parent = name.rpartition('.')[0]
        self.submodule_search_locations = [] if is_package else None


def find_spec(name, package=None):
    return ModuleSpec(name) if _find_module(name) else None


def resolve_name(name, package):
    level = len(name) - len(name.lstrip('.'))
    if level == 0:
        return name
    parts = package.split('.')
    return '.'.join(parts[:len(parts) - level + 1] + ([name[level:]] if name[level:] else []))


def spec_from_file_location(name, location=None, **kwargs):
    return ModuleSpec(name, origin=location)


def module_from_spec(spec):
    return _unknown('a module loaded from a file')


class LazyLoader(_Loader):
    def __init__(self, loader):
        pass
