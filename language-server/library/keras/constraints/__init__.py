from keras.src.constraints import *
from keras.src.constraints import deserialize, get, serialize
