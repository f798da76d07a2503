from keras.callbacks import Callback


class TqdmCallback(Callback):
    def __init__(self, *args, **kwargs):
        super().__init__()
