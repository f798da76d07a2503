"""tf.layers of TensorFlow 1: Keras layers that are made and called in one."""
from keras.src import layers as _layers
from keras.src.layers import *
from tensorflow.compat.v1.scopes import layer_of


def dense(inputs, units, activation=None, use_bias=True, kernel_initializer=None, bias_initializer='zeros', name=None, trainable=True, reuse=None, **kwargs):
    return layer_of(_layers.Dense, name, reuse, units, activation=activation, use_bias=use_bias)(inputs)


def conv1d(inputs, filters, kernel_size, strides=1, padding='valid', data_format='channels_last', dilation_rate=1, activation=None, use_bias=True, name=None, reuse=None, **kwargs):
    return layer_of(_layers.Conv1D, name, reuse, filters, kernel_size, strides, padding.lower(), data_format, dilation_rate, activation=activation, use_bias=use_bias)(inputs)


def conv2d(inputs, filters, kernel_size, strides=(1, 1), padding='valid', data_format='channels_last', dilation_rate=(1, 1), activation=None, use_bias=True, name=None, reuse=None, **kwargs):
    return layer_of(_layers.Conv2D, name, reuse, filters, kernel_size, strides, padding.lower(), data_format, dilation_rate, activation=activation, use_bias=use_bias)(inputs)


def conv3d(inputs, filters, kernel_size, strides=(1, 1, 1), padding='valid', data_format='channels_last', dilation_rate=(1, 1, 1), activation=None, use_bias=True, name=None, reuse=None, **kwargs):
    return layer_of(_layers.Conv3D, name, reuse, filters, kernel_size, strides, padding.lower(), data_format, dilation_rate, activation=activation, use_bias=use_bias)(inputs)


def conv2d_transpose(inputs, filters, kernel_size, strides=(1, 1), padding='valid', data_format='channels_last', activation=None, use_bias=True, name=None, reuse=None, **kwargs):
    return layer_of(_layers.Conv2DTranspose, name, reuse, filters, kernel_size, strides, padding.lower(), data_format=data_format, activation=activation, use_bias=use_bias)(inputs)


def separable_conv2d(inputs, filters, kernel_size, strides=(1, 1), padding='valid', activation=None, use_bias=True, name=None, reuse=None, **kwargs):
    return layer_of(_layers.SeparableConv2D, name, reuse, filters, kernel_size, strides, padding.lower(), activation=activation, use_bias=use_bias)(inputs)


def max_pooling1d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    return _layers.MaxPooling1D(pool_size, strides, padding.lower(), data_format, name=name)(inputs)


def max_pooling2d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    return _layers.MaxPooling2D(pool_size, strides, padding.lower(), data_format, name=name)(inputs)


def max_pooling3d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    return _layers.MaxPooling3D(pool_size, strides, padding.lower(), data_format, name=name)(inputs)


def average_pooling1d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    return _layers.AveragePooling1D(pool_size, strides, padding.lower(), data_format, name=name)(inputs)


def average_pooling2d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    return _layers.AveragePooling2D(pool_size, strides, padding.lower(), data_format, name=name)(inputs)


def flatten(inputs, name=None, data_format='channels_last'):
    return _layers.Flatten(name=name)(inputs)


def dropout(inputs, rate=0.5, noise_shape=None, seed=None, training=False, name=None):
    return _layers.Dropout(rate, name=name)(inputs)


def batch_normalization(inputs, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, training=False, name=None, reuse=None, **kwargs):
    return layer_of(_layers.BatchNormalization, name, reuse, axis, momentum, epsilon, center, scale)(inputs)
