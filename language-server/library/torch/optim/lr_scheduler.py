"""Schedules of the learning rate."""


class LRScheduler:
    def __init__(self, optimizer, *args, **options):
        self.optimizer = optimizer
        self.last_epoch = -1
        self.base_lrs = []

    def step(self, *args, **kwargs):
        return None

    def get_last_lr(self):
        return [group.get('lr') for group in self.optimizer.param_groups]

    get_lr = get_last_lr

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        return None


class LambdaLR(LRScheduler):
    pass


class MultiplicativeLR(LRScheduler):
    pass


class StepLR(LRScheduler):
    pass


class MultiStepLR(LRScheduler):
    pass


class ConstantLR(LRScheduler):
    pass


class LinearLR(LRScheduler):
    pass


class ExponentialLR(LRScheduler):
    pass


class CosineAnnealingLR(LRScheduler):
    pass


class CosineAnnealingWarmRestarts(LRScheduler):
    pass


class CyclicLR(LRScheduler):
    pass


class OneCycleLR(LRScheduler):
    pass


class PolynomialLR(LRScheduler):
    pass


class ReduceLROnPlateau(LRScheduler):
    pass


class ChainedScheduler(LRScheduler):
    pass


class SequentialLR(LRScheduler):
    pass


_LRScheduler = LRScheduler
