from keras.src.operations.numpy import *
