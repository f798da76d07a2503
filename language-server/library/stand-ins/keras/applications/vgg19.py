"""keras.applications.vgg19."""
from keras import applications
from keras.applications import preprocessing

preprocess_input = preprocessing('caffe')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return getattr(applications, name)
