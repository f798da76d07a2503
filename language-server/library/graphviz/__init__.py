"""graphviz: not modelled; what comes from it is unknown."""
import layerscope


def __getattr__(name):
    return layerscope.unknown('graphviz.' + name)
