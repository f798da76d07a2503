"""`torch.cuda`: programs are read as on a machine without a GPU, where every one of them must run too."""
from ..types import device as _device
from . import amp


def is_available():
    return False


is_initialized = is_bf16_supported = is_current_stream_capturing = is_available


def device_count():
    return 0


def current_device():
    return 0


def get_device_name(device=None):
    return 'cpu'


def get_device_capability(device=None):
    return (0, 0)


def _nothing(*args, **kwargs):
    return None


empty_cache = synchronize = manual_seed = manual_seed_all = set_device = init = reset_peak_memory_stats = seed = seed_all = ipc_collect = reset_max_memory_allocated = _nothing


def memory_allocated(device=None):
    return 0


max_memory_allocated = memory_reserved = max_memory_reserved = memory_allocated


class Stream:
    def __init__(self, *args, **options):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    wait_stream = synchronize = _nothing


class Event(Stream):
    record = _nothing

    def elapsed_time(self, other):
        return 0.0


def stream(value):
    return Stream()


def current_stream(device=None):
    return Stream()


class device(_device):
    pass
