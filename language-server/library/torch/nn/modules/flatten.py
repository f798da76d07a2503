"""See `shape`."""
from .shape import Flatten, Unflatten
