from keras.src.utils.public import *
from keras.src.utils import data as np_utils
from keras.src.utils import data as vis_utils
from keras.src.utils import data as data_utils
