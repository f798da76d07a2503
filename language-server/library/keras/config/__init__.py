from keras.src.backend.config import *
from keras.src.dtype_policies import dtype_policy, set_dtype_policy


def enable_unsafe_deserialization():
    pass


def enable_traceback_filtering():
    pass


def disable_traceback_filtering():
    pass


def is_traceback_filtering_enabled():
    return True


enable_interactive_logging = disable_interactive_logging = enable_traceback_filtering
