"""scikit-learn: data sets by their shapes, splits, scalers and encoders."""
import layerscope

__version__ = '1.9.1'


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('sklearn.' + name)
