"""IPython.display: not modelled; what comes from it is unknown."""
import layerscope


def __getattr__(name):
    return layerscope.unknown('IPython.display.' + name)
