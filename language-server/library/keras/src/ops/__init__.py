from keras.src.operations import image, linalg, nn
from keras.src.operations.public import *
from keras.src.operations.public import abs, all, any, map, max, min, round, slice, sum
