from keras.src.activations import *
from keras.src.activations import deserialize, get, serialize
