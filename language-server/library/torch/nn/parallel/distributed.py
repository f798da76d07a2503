"""See the package."""
from . import DistributedDataParallel
