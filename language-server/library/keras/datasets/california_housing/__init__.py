from keras.src.datasets import california_housing as _california_housing

load_data = _california_housing.load_data
