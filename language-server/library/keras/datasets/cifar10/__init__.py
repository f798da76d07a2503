from keras.src.datasets import cifar10 as _cifar10

load_data = _cifar10.load_data
