"""See the package."""
from . import Dataset, IterableDataset, TensorDataset, Subset, ConcatDataset, ChainDataset, random_split
