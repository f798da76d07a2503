"""Pillow's ImageFile: pictures keep their size."""
import layerscope


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown(f'PIL.ImageFile.{name} is not followed')
