"""The version that is read."""
from .version import __version__


class TorchVersion(str):
    pass
