from keras.src.operations import linalg as _linalg, math as _math, nn as _nn, numpy as _numpy
from keras.src.operations.math import in_top_k, segment_max, segment_sum
from tensorflow.conversion import taking
from tensorflow.functions import *
from tensorflow.functions import abs, pow, round

l2_norm, erf, l2_normalize, log_sigmoid, log_softmax, softmax, cumprod, top_k = [taking(function) for function in (
    _linalg.norm, _math.erf, _nn.l2_normalize, _nn.log_sigmoid, _nn.log_softmax, _nn.softmax, _numpy.cumprod, _numpy.top_k)]
invert_permutation = argsort
unsorted_segment_mean = unsorted_segment_max = unsorted_segment_sum
confusion_matrix = lambda labels, predictions, num_classes=None, **kwargs: zeros((num_classes, num_classes), 'int32')
