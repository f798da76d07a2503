"""The new name of pytorch_lightning."""
from pytorch_lightning import Callback, LightningDataModule, LightningModule, Trainer, callbacks, loggers, seed_everything
from . import pytorch
