from keras.src.operations.image import *
