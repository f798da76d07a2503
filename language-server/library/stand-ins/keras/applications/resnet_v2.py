"""keras.applications.resnet_v2."""
from keras import applications
from keras.applications import preprocessing

preprocess_input = preprocessing('tf')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return getattr(applications, name)
