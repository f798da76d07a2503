"""Files inside packages."""
from contextlib import contextmanager as _contextmanager
from importlib import import_module as _import_module
from pathlib import Path as _Path
from types import ModuleType as _ModuleType


def files(anchor=None):
    module = anchor if isinstance(anchor, _ModuleType) else _import_module(anchor)
    return _Path(module.__file__).parent


@_contextmanager
def as_file(path):
    yield path


def path(package, *resource):
    return as_file(files(package).joinpath(*resource))


def open_text(package, *resource, encoding='utf-8', errors='strict'):
    return files(package).joinpath(*resource).open('r', encoding=encoding)


def open_binary(package, *resource):
    return files(package).joinpath(*resource).open('rb')


def read_text(package, *resource, encoding='utf-8', errors='strict'):
    return files(package).joinpath(*resource).read_text(encoding)


def read_binary(package, *resource):
    return files(package).joinpath(*resource).read_bytes()


def is_resource(package, *resource):
    return files(package).joinpath(*resource).is_file()
