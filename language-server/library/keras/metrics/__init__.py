from keras.src.metrics import *
from keras.src.metrics import deserialize, get, serialize
