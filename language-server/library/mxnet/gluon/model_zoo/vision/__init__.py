"""mx.gluon.model_zoo.vision: the architectures of published image models. Weights come from files; here are the layers."""
from mxnet.gluon.model_zoo.vision.dense import *
from mxnet.gluon.model_zoo.vision.inception import *
from mxnet.gluon.model_zoo.vision.mobile import *
from mxnet.gluon.model_zoo.vision.plain import *
from mxnet.gluon.model_zoo.vision.residual import *

_DOTTED = {'mobilenet1.0': 'mobilenet1_0', 'mobilenet0.75': 'mobilenet0_75', 'mobilenet0.5': 'mobilenet0_5', 'mobilenet0.25': 'mobilenet0_25', 'mobilenetv2_1.0': 'mobilenet_v2_1_0',
           'mobilenetv2_0.75': 'mobilenet_v2_0_75', 'mobilenetv2_0.5': 'mobilenet_v2_0_5', 'mobilenetv2_0.25': 'mobilenet_v2_0_25', 'squeezenet1.0': 'squeezenet1_0',
           'squeezenet1.1': 'squeezenet1_1', 'inceptionv3': 'inception_v3'}
_NAMES = [f'resnet{depth}_v{version}' for version in (1, 2) for depth in (18, 34, 50, 101, 152)] + [f'vgg{depth}{kind}' for kind in ('', '_bn') for depth in (11, 13, 16, 19)] + \
         [f'densenet{depth}' for depth in (121, 161, 169, 201)] + ['alexnet'] + list(_DOTTED)


def get_model(name, **kwargs):
    known = name.lower()
    if known not in _NAMES:
        raise ValueError(f"Model {name} is not supported. Available options are\n\t" + '\n\t'.join(sorted(_NAMES)))
    return globals()[_DOTTED.get(known, known)](**kwargs)
