from keras.src.tree import *
