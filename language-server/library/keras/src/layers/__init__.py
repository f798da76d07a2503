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
