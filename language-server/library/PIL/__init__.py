"""Pillow: pictures have a size and a mode; their pixels are not read."""
__version__ = '12.0.0'
_submodules = ('Image', 'ImageOps', 'ImageDraw', 'ImageFont', 'ImageFilter', 'ImageEnhance', 'ImageFile', 'ImageColor')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name in _submodules:
        import importlib
        return importlib.import_module('PIL.' + name)
    raise AttributeError(f"module 'PIL' has no attribute '{name}'")
