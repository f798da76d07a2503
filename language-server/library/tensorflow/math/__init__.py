from keras.src.operations.linalg import norm as l2_norm
from keras.src.operations.math import erf, in_top_k, segment_max, segment_sum
from keras.src.operations.nn import l2_normalize, log_sigmoid, log_softmax, softmax
from keras.src.operations.numpy import cumprod, top_k
from tensorflow.functions import *
from tensorflow.functions import abs, pow, round

invert_permutation = argsort
unsorted_segment_mean = unsorted_segment_max = unsorted_segment_sum
confusion_matrix = lambda labels, predictions, num_classes=None, **kwargs: zeros((num_classes, num_classes), 'int32')
