from keras.src.initializers import *
from keras.src.initializers import deserialize, get, serialize
