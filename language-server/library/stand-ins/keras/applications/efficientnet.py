"""keras.applications.efficientnet."""
from keras import applications
from keras.applications import preprocessing

preprocess_input = preprocessing('none')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return getattr(applications, name)
