from keras.src.random import *
