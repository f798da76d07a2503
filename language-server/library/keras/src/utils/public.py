"""The names of keras.utils."""
from keras.src.trainers.data import _unpacked
from keras.src.utils import *
from keras.src.utils.data import *


def unpack_x_y_sample_weight(data):
    if isinstance(data, list):
        data = tuple(data)
    if not isinstance(data, tuple):
        return (data, None, None)
    if not 1 <= len(data) <= 3:
        raise ValueError(f"Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`, found: {data}")
    return data + (None,) * (3 - len(data))


def pack_x_y_sample_weight(x, y=None, sample_weight=None):
    return x if y is None else (x, y) if sample_weight is None else (x, y, sample_weight)


def clear_session(free_memory=True):
    from keras.src.utils.naming import reset_uids
    reset_uids()


def is_keras_tensor(x):
    from keras.src.backend.tensors import KerasTensor
    return isinstance(x, KerasTensor)


def get_source_inputs(tensor):
    return [tensor]


def model_to_json(model):
    return model


def is_interactive_logging_enabled():
    return True


def enable_interactive_logging():
    pass


disable_interactive_logging = enable_interactive_logging
