"""The layers, a file for each family."""
_families = {
    'linear': 'Identity Linear Bilinear LazyLinear',
    'conv': 'Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d',
    'pooling': '''MaxPool1d MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d AvgPool1d AvgPool2d AvgPool3d FractionalMaxPool2d FractionalMaxPool3d LPPool1d LPPool2d LPPool3d
        AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d''',
    'padding': '''ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad1d ZeroPad2d ZeroPad3d ConstantPad1d ConstantPad2d
        ConstantPad3d CircularPad1d CircularPad2d CircularPad3d''',
    'batchnorm': 'BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d InstanceNorm1d InstanceNorm2d InstanceNorm3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d',
    'normalization': 'LayerNorm GroupNorm RMSNorm LocalResponseNorm CrossMapLRN2d',
    'activation': '''ReLU ReLU6 RReLU LeakyReLU PReLU ELU CELU SELU GELU GLU SiLU Mish Hardswish Hardsigmoid Hardtanh Hardshrink Softshrink Tanhshrink Sigmoid Tanh Softplus Softsign
        LogSigmoid Threshold Softmax Softmax2d Softmin LogSoftmax''',
    'dropout': 'Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout',
    'attention': 'MultiheadAttention',
    'transformer': 'Transformer TransformerEncoder TransformerDecoder TransformerEncoderLayer TransformerDecoderLayer',
    'rnn': 'RNNBase RNN LSTM GRU RNNCellBase RNNCell LSTMCell GRUCell',
    'sparse': 'Embedding EmbeddingBag',
    'shape': 'Flatten Unflatten Upsample UpsamplingNearest2d UpsamplingBilinear2d PixelShuffle PixelUnshuffle ChannelShuffle Fold Unfold',
    'distance': 'CosineSimilarity PairwiseDistance',
    'loss': '''L1Loss MSELoss CrossEntropyLoss NLLLoss NLLLoss2d PoissonNLLLoss GaussianNLLLoss KLDivLoss BCELoss BCEWithLogitsLoss MarginRankingLoss HingeEmbeddingLoss
        MultiLabelMarginLoss HuberLoss SmoothL1Loss SoftMarginLoss MultiLabelSoftMarginLoss CosineEmbeddingLoss MultiMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss
        CTCLoss AdaptiveLogSoftmaxWithLoss''',
}
family_of = {name: family for family, names in _families.items() for name in names.split()}
family_of.update({'Module': 'module', 'Sequential': 'container', 'ModuleList': 'container', 'ModuleDict': 'container', 'ParameterList': 'container', 'ParameterDict': 'container'})


def __getattr__(name):
    import importlib
    if name in family_of:
        return getattr(importlib.import_module('torch.nn.modules.' + family_of[name]), name)
    if name == 'utils':
        return importlib.import_module('torch.nn.modules.utils')
    import layerscope
    return layerscope.missing('torch.nn.modules', name)
