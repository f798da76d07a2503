"""mx.gluon.model_zoo."""
from mxnet.gluon.model_zoo import vision
from mxnet.gluon.model_zoo.vision import get_model
