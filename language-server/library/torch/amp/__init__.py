"""Mixed precision: shapes are those of full precision, and so are the types shown."""
from ..autograd.grad_mode import _Mode


class autocast(_Mode):
    def __new__(cls, device_type='cuda', dtype=None, enabled=True, cache_enabled=None):
        return object.__new__(cls)

    def __init__(self, device_type='cuda', dtype=None, enabled=True, cache_enabled=None):
        self.mode = enabled


class GradScaler:
    def __init__(self, *args, **options):
        pass

    def scale(self, outputs):
        return outputs

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def unscale_(self, optimizer):
        return None

    def update(self, new_scale=None):
        return None

    def get_scale(self):
        return 1.0

    def is_enabled(self):
        return False

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        return None


def custom_fwd(fwd=None, **options):
    return fwd if fwd is not None else lambda function: function


def custom_bwd(bwd=None, **options):
    return bwd if bwd is not None else lambda function: function
