"""See `shape`."""
from .shape import Fold, Unfold
