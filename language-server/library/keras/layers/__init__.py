from keras.src.layers import *
