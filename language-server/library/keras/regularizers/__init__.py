from keras.src.regularizers import *
from keras.src.regularizers import deserialize, get, serialize
