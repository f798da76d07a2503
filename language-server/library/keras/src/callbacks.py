"""Callbacks: they act during training, which is not run."""
import layerscope


class Callback:
    def __init__(self, *args, **kwargs):
        self.model = layerscope.unknown('the model that a callback is attached to')
        self.params = {}

    def set_model(self, model):
        self.model = model

    def set_params(self, params):
        self.params = params


class BaseLogger(Callback):
    pass


class History(Callback):
    def __init__(self):
        super().__init__()
        self.history = layerscope.unknown('the history of a training')


class ModelCheckpoint(Callback):
    def __init__(self, filepath, monitor='val_loss', verbose=0, save_best_only=False, save_weights_only=False, mode='auto', save_freq='epoch',
                 initial_value_threshold=None, period=None, options=None):
        super().__init__()
        self.filepath = filepath
        if save_weights_only and isinstance(filepath, str) and layerscope.is_known(filepath) and filepath.endswith('.keras'):
            raise ValueError("When using `save_weights_only=True` in `ModelCheckpoint`, the filepath provided must end in `.weights.h5` "
                             f"(Keras weights format). Received: filepath={filepath}")


class EarlyStopping(Callback):
    def __init__(self, monitor='val_loss', min_delta=0, patience=0, verbose=0, mode='auto', baseline=None, restore_best_weights=False, start_from_epoch=0):
        super().__init__()


class ReduceLROnPlateau(Callback):
    def __init__(self, monitor='val_loss', factor=0.1, patience=10, verbose=0, mode='auto', min_delta=0.0001, cooldown=0, min_lr=0.0, **kwargs):
        super().__init__()
        if layerscope.is_known(factor) and factor >= 1.0:
            raise ValueError(f"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={factor}")


class LearningRateScheduler(Callback):
    def __init__(self, schedule, verbose=0):
        super().__init__()


class LambdaCallback(Callback):
    pass


class TensorBoard(Callback):
    pass


class CSVLogger(Callback):
    pass


class TerminateOnNaN(Callback):
    pass


class RemoteMonitor(Callback):
    pass


class BackupAndRestore(Callback):
    pass


class ProgbarLogger(Callback):
    pass


class SwapEMAWeights(Callback):
    pass


class CallbackList(Callback):
    pass
