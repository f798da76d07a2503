"""Where numbers would be written."""


class Logger:
    def __init__(self, *args, **options):
        pass

    def log_metrics(self, *args, **options):
        return None

    log_hyperparams = watch = log_metrics


class TensorBoardLogger(Logger):
    pass


class WandbLogger(Logger):
    pass


class CSVLogger(Logger):
    pass


class MLFlowLogger(Logger):
    pass
