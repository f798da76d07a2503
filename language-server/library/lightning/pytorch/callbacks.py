"""See pytorch_lightning.callbacks."""
from pytorch_lightning.callbacks import *
