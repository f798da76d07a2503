"""keras.applications.densenet."""
from keras import applications
from keras.applications import preprocessing

preprocess_input = preprocessing('torch')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return getattr(applications, name)
