from keras.src.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, Adamax, Ftrl, Nadam, Optimizer, RMSprop
