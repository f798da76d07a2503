from keras.src.saving import *
