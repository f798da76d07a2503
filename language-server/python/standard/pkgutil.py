"""The files and modules of packages."""
from importlib import import_module as _import_module
import os.path as _path
from _analysis import file_bytes as _file_bytes, unknown as _unknown


def get_data(package, resource):
    folder = _path.dirname(_import_module(package).__file__)
    content = _file_bytes(_path.join(folder, *resource.split('/')))
    return _unknown('a file inside a package') if content is None else content


def extend_path(path, name):
    return path


def resolve_name(name):
    module, _, rest = name.partition(':')
    if not rest:
        module, _, rest = name.rpartition('.')
    found = _import_module(module)
    for part in rest.split('.'):
        found = getattr(found, part)
    return found


def _modules(*args, **kwargs):
    return _unknown('the modules of a package')


iter_modules = walk_packages = iter_importers = find_loader = get_loader = get_importer = _modules
