"""The modules that Keras 1 and 2 kept its layers in: each gives what `keras.layers` has."""


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    from keras import layers
    return getattr(layers, name)
