"""See the package."""
from . import autocast
