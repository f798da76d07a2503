"""See `batchnorm`."""
from .batchnorm import InstanceNorm1d, InstanceNorm2d, InstanceNorm3d
