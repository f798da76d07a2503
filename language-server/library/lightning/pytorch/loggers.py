"""See pytorch_lightning.loggers."""
from pytorch_lightning.loggers import *
