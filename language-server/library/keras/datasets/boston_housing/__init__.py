from keras.src.datasets import boston_housing as _boston_housing

load_data = _boston_housing.load_data
