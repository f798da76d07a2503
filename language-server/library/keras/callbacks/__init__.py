from keras.src.callbacks import *
