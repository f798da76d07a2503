"""tf.train: TensorFlow 1's optimisers; what else comes from it is unknown."""
from tensorflow.compat.v1.train import *
from tensorflow.compat.v1.train import __getattr__
