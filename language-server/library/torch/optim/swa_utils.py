"""Averaged models."""


class AveragedModel:
    def __init__(self, model, device=None, avg_fn=None, **options):
        self.module = model

    def __call__(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def update_parameters(self, model):
        return None


class SWALR:
    def __init__(self, optimizer, swa_lr, **options):
        self.optimizer = optimizer

    def step(self):
        return None


def update_bn(loader, model, device=None):
    return None
