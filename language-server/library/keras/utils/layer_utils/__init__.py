from keras.src.utils.public import *
