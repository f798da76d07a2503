"""keras.applications.inception_v3."""
from keras import applications
from keras.applications import preprocess_input


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return getattr(applications, name)
