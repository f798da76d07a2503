"""Pillow's ImageColor: pictures keep their size."""
import layerscope


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown(f'PIL.ImageColor.{name} is not followed')
