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
from keras.src.layers.attention import AdditiveAttention, Attention, GroupedQueryAttention, GroupQueryAttention, MultiHeadAttention
from keras.src.layers.preprocessing import *
from keras.src.layers.recurrent import (
    GRU, LSTM, RNN, Bidirectional, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, CuDNNGRU, CuDNNLSTM, GRUCell, LSTMCell, SimpleRNN, SimpleRNNCell, StackedRNNCells,
    TimeDistributed)


class TFSMLayer(Layer):
    """A saved model as a layer: what it computes is not known."""

    def __init__(self, filepath, call_endpoint='serve', call_training_endpoint=None, trainable=True, name=None, dtype=None):
        super().__init__(name=name)
        self.filepath = filepath

    def call(self, inputs, training=False, **kwargs):
        import layerscope
        return layerscope.gap('a saved model', inputs, dtype='float32')


class TorchModuleWrapper(Layer):
    def __init__(self, module, name=None, output_shape=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.module = module

    def call(self, *args, training=None, **kwargs):
        return self.module(*args, **kwargs)
