"""Which kernel computes attention changes no result."""


class SDPBackend:
    ERROR, MATH, FLASH_ATTENTION, EFFICIENT_ATTENTION, CUDNN_ATTENTION = -1, 0, 1, 2, 3


class sdpa_kernel:
    def __init__(self, backends=None, set_priority=False):
        self.backends = backends

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None
