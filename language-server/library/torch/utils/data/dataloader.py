"""See the package."""
from . import DataLoader, default_collate
