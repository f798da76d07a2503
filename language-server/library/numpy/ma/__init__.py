import layerscope


def __getattr__(name):
    return layerscope.unknown('masked arrays')
