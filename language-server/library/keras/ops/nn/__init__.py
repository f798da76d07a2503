from keras.src.operations.nn import *
