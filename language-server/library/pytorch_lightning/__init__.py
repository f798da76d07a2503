"""Lightning: a module that knows its steps. A trainer calls the steps with a batch of its loaders."""
import layerscope
import torch

from . import callbacks, loggers

__version__ = '2.6.0'


class _Parameters(dict):
    """Arguments of the constructor, as attributes."""

    def __getattr__(self, name):
        if name in self:
            return self[name]
        return layerscope.unknown(f'the hyperparameter {name}')


class LightningModule(torch.nn.Module):
    current_epoch = 0
    global_step = 0
    trainer = None
    logger = None

    def save_hyperparameters(self, *args, **kwargs):
        frame = {}
        for each in args:
            if isinstance(each, dict):
                frame.update(each)
        object.__setattr__(self, '_hparams', _Parameters(frame))

    @property
    def hparams(self):
        return self.__dict__.get('_hparams', _Parameters())

    @property
    def device(self):
        return torch.device('cpu')

    def log(self, name, value, *args, **options):
        return None

    log_dict = print = log

    def optimizers(self):
        return layerscope.unknown('the optimizers of a running trainer')

    lr_schedulers = optimizers

    def manual_backward(self, loss, *args, **kwargs):
        return loss.backward()

    def freeze(self):
        return None

    unfreeze = freeze

    @classmethod
    def load_from_checkpoint(cls, checkpoint_path, map_location=None, hparams_file=None, strict=None, **kwargs):
        return cls(**kwargs)


class LightningDataModule:
    def prepare_data(self):
        return None

    def setup(self, stage=None):
        return None

    def save_hyperparameters(self, *args, **kwargs):
        return None


def _batches(loaders):
    if loaders is None or not layerscope.is_known(loaders):
        return
    if isinstance(loaders, (list, tuple)):
        for loader in loaders:
            yield from _batches(loader)
        return
    for batch in loaders:
        yield batch
        return


class Trainer:
    def __init__(self, *args, **options):
        self.callback_metrics = {}
        self.logger = None

    def _run(self, model, step, loaders):
        if not hasattr(model, step):
            return
        for batch in _batches(loaders):
            getattr(model, step)(batch, 0)

    def _loaders(self, loaders, datamodule, name, stage):
        if loaders is None and datamodule is not None and hasattr(datamodule, name):
            datamodule.prepare_data()
            datamodule.setup(stage)
            return getattr(datamodule, name)()
        return loaders

    def fit(self, model, train_dataloaders=None, val_dataloaders=None, datamodule=None, ckpt_path=None):
        if isinstance(train_dataloaders, LightningDataModule):
            train_dataloaders, datamodule = None, train_dataloaders
        if hasattr(model, 'configure_optimizers'):
            model.configure_optimizers()
        source = datamodule if datamodule is not None else model
        for step, loaders, name in (('training_step', train_dataloaders, 'train_dataloader'), ('validation_step', val_dataloaders, 'val_dataloader')):
            if source is model and loaders is None:
                loaders = getattr(model, name)() if hasattr(model, name) else None
            self._run(model, step, self._loaders(loaders, datamodule, name, 'fit'))

    def test(self, model=None, dataloaders=None, ckpt_path=None, verbose=True, datamodule=None):
        if model is not None:
            self._run(model, 'test_step', self._loaders(dataloaders, datamodule, 'test_dataloader', 'test'))
        return [{}]

    def validate(self, model=None, dataloaders=None, ckpt_path=None, verbose=True, datamodule=None):
        if model is not None:
            self._run(model, 'validation_step', self._loaders(dataloaders, datamodule, 'val_dataloader', 'validate'))
        return [{}]

    def predict(self, model=None, dataloaders=None, datamodule=None, return_predictions=None, ckpt_path=None):
        return layerscope.unknown('predictions of a trainer')


Callback = callbacks.Callback


def seed_everything(seed=None, workers=False, verbose=True):
    return seed
