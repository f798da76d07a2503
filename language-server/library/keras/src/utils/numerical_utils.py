from keras.src.utils.data import normalize, to_categorical
