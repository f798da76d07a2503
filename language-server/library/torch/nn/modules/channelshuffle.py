"""See `shape`."""
from .shape import ChannelShuffle
