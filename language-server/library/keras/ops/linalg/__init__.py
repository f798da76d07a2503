from keras.src.operations.linalg import *
