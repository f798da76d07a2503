from keras.src.losses import *
from keras.src.losses import deserialize, get, serialize
