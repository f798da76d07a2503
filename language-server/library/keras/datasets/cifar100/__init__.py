from keras.src.datasets import cifar100 as _cifar100

load_data = _cifar100.load_data
