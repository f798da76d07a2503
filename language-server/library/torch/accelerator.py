"""`torch.accelerator`: programs are read as on a machine without one, where every one of them must run too."""
import layerscope


def is_available():
    return False


def device_count():
    return 0


def current_accelerator(check_available=False):
    # programs for several devices take its type without asking whether there is one
    return layerscope.unknown('the accelerator of the machine')


def _nothing(*args, **kwargs):
    return None


set_device_index = set_device_idx = set_stream = synchronize = empty_cache = _nothing


def __getattr__(name):
    return layerscope.unknown(f'torch.accelerator.{name}: there is no accelerator')
