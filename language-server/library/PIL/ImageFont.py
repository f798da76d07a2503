"""Pillow's ImageFont: pictures keep their size."""
import layerscope


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown(f'PIL.ImageFont.{name} is not followed')
