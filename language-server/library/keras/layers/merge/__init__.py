from keras.layers.former import __getattr__
