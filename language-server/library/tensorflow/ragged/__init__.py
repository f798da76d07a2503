"""tf.ragged: not modelled; what comes from it is unknown."""
import layerscope


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tf.ragged.' + name)
