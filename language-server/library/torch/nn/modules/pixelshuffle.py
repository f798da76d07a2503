"""See `shape`."""
from .shape import PixelShuffle, PixelUnshuffle
