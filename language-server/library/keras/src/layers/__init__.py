from keras.src.layers.activation import ELU, LeakyReLU, PReLU, ReLU, Softmax, ThresholdedReLU
from keras.src.layers.convolutional import *
from keras.src.layers.core import (
    Activation, Dense, EinsumDense, Embedding, Identity, Input, InputLayer, Lambda, Masking, ReversibleEmbedding, Wrapper)
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.merging import (
    Add, Average, Concatenate, Dot, Maximum, Merge, Minimum, Multiply, Subtract, add, average, concatenate, dot, maximum, merge, minimum, multiply, subtract)
from keras.src.layers.normalization import (
    BatchNormalization, GroupNormalization, LayerNormalization, RMSNormalization, SpectralNormalization, UnitNormalization)
from keras.src.layers.pooling import *
from keras.src.layers.regularization import (
    ActivityRegularization, AlphaDropout, Dropout, GaussianDropout, GaussianNoise, SpatialDropout1D, SpatialDropout2D, SpatialDropout3D)
from keras.src.layers.reshaping import (
    Cropping1D, Cropping2D, Cropping3D, Flatten, Permute, RepeatVector, Reshape, UpSampling1D, UpSampling2D, UpSampling3D,
    ZeroPadding1D, ZeroPadding2D, ZeroPadding3D)


# layers that fewer programs use are read when they are asked for
_ELSEWHERE = {
    'attention': ('AdditiveAttention', 'Attention', 'GroupQueryAttention', 'GroupedQueryAttention', 'MultiHeadAttention'),
    'recurrent': ('CuDNNGRU', 'CuDNNLSTM', 'GRU', 'LSTM', 'SimpleRNN'),
    'cells': ('GRUCell', 'LSTMCell', 'RNN', 'SimpleRNNCell', 'StackedRNNCells'),
    'wrappers': ('Bidirectional', 'TimeDistributed'),
    'convolutional_recurrent': ('ConvLSTM1D', 'ConvLSTM2D', 'ConvLSTM3D'),
    'preprocessing': ('AugMix', 'AutoContrast', 'CategoryEncoding', 'CenterCrop', 'CutMix', 'Discretization', 'Equalization', 'HashedCrossing', 'Hashing', 'IntegerLookup',
                      'MelSpectrogram', 'MixUp', 'Normalization', 'RandAugment', 'RandomBrightness', 'RandomColorDegeneration', 'RandomColorJitter', 'RandomContrast',
                      'RandomCrop', 'RandomElasticTransform', 'RandomErasing', 'RandomFlip', 'RandomGaussianBlur', 'RandomGrayscale', 'RandomHeight', 'RandomHue',
                      'RandomInvert', 'RandomPerspective', 'RandomPosterization', 'RandomRotation', 'RandomSaturation', 'RandomSharpness', 'RandomShear',
                      'RandomTranslation', 'RandomWidth', 'RandomZoom', 'Rescaling', 'Resizing', 'Solarization', 'StringLookup', 'TextVectorization'),
    'saved': ('TFSMLayer', 'TorchModuleWrapper'),
}
_HOMES = {name: home for home, names in _ELSEWHERE.items() for name in names}


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    import importlib
    import layerscope
    if name in _HOMES:
        return getattr(importlib.import_module('keras.src.layers.' + _HOMES[name]), name)
    return layerscope.missing('keras.layers', name)
