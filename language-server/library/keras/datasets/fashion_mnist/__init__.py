from keras.src.datasets import fashion_mnist as _fashion_mnist

load_data = _fashion_mnist.load_data
