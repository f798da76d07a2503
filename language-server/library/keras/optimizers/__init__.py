from keras.src.optimizers import *
from keras.src.optimizers import deserialize, get, serialize
from keras.optimizers import legacy, schedules
