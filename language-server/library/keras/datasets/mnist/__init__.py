from keras.src.datasets import mnist as _mnist

load_data = _mnist.load_data
