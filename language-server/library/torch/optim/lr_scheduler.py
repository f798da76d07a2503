"""Schedules of the learning rate. `verbose` is taken as earlier versions of PyTorch took it."""
import layerscope

from .optimizer import Optimizer


class LRScheduler:
    def __init__(self, optimizer, last_epoch=-1, verbose=None):
        if layerscope.is_known(optimizer) and not isinstance(optimizer, Optimizer) and (type(optimizer).__name__ == 'function' or not layerscope.in_user_code(optimizer)):
            raise TypeError(f'{type(optimizer).__name__} is not an Optimizer')
        self.optimizer = optimizer
        self.last_epoch = last_epoch
        self.base_lrs = [group.get('lr') for group in optimizer.param_groups]
        self._step_count = 1

    @property
    def _last_lr(self):
        return self.get_last_lr()

    def step(self, epoch=None):
        return None

    def get_last_lr(self):
        return [group.get('lr') for group in self.optimizer.param_groups]

    def get_lr(self):
        return self.get_last_lr()

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        return None


_LRScheduler = LRScheduler


def _positive_int(name, value):
    if isinstance(value, (int, float)) and (isinstance(value, float) or value <= 0):
        raise ValueError(f'Expected positive integer {name}, but got {value}')


class LambdaLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, lr_lambda, last_epoch=-1, verbose=None):
        super().__init__(optimizer, last_epoch)
        lambdas = list(lr_lambda) if isinstance(lr_lambda, (list, tuple)) else [lr_lambda] * len(optimizer.param_groups)
        if len(lambdas) != len(optimizer.param_groups):
            raise ValueError(f'Expected {len(optimizer.param_groups)} lr_lambdas, but got {len(lambdas)}')
        self.lr_lambdas = lambdas


class MultiplicativeLR(LambdaLR):
    __layerscope_complete__ = True


class StepLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, step_size, gamma=0.1, last_epoch=-1, verbose=None):
        self.step_size, self.gamma = step_size, gamma
        super().__init__(optimizer, last_epoch)


class MultiStepLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, milestones, gamma=0.1, last_epoch=-1, verbose=None):
        if isinstance(milestones, (int, float)):
            raise TypeError(f"'{type(milestones).__name__}' object is not iterable")
        self.milestones, self.gamma = milestones, gamma
        super().__init__(optimizer, last_epoch)


class ConstantLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, factor=1.0 / 3, total_iters=5, last_epoch=-1, verbose=None):
        if factor > 1.0 or factor < 0:
            raise ValueError('Constant multiplicative factor expected to be between 0 and 1.')
        self.factor, self.total_iters = factor, total_iters
        super().__init__(optimizer, last_epoch)


class LinearLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, start_factor=1.0 / 3, end_factor=1.0, total_iters=5, last_epoch=-1, verbose=None):
        if start_factor > 1.0 or start_factor <= 0:
            raise ValueError('Starting multiplicative factor expected to be greater than 0 and less or equal to 1.')
        if end_factor > 1.0 or end_factor < 0:
            raise ValueError('Ending multiplicative factor expected to be between 0 and 1.')
        self.start_factor, self.end_factor, self.total_iters = start_factor, end_factor, total_iters
        super().__init__(optimizer, last_epoch)


class ExponentialLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, gamma, last_epoch=-1, verbose=None):
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)


class CosineAnnealingLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, T_max, eta_min=0.0, last_epoch=-1, verbose=None):
        self.T_max, self.eta_min = T_max, eta_min
        super().__init__(optimizer, last_epoch)


class CosineAnnealingWarmRestarts(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, T_0, T_mult=1, eta_min=0.0, last_epoch=-1, verbose=None):
        _positive_int('T_0', T_0)
        if isinstance(T_mult, (int, float)) and (isinstance(T_mult, float) or T_mult < 1):
            raise ValueError(f'Expected integer T_mult >= 1, but got {T_mult}')
        self.T_0, self.T_i, self.T_mult, self.eta_min, self.T_cur = T_0, T_0, T_mult, eta_min, last_epoch
        super().__init__(optimizer, last_epoch)


class CyclicLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, base_lr, max_lr, step_size_up=2000, step_size_down=None, mode='triangular', gamma=1.0, scale_fn=None, scale_mode='cycle', cycle_momentum=True, base_momentum=0.8,
                 max_momentum=0.9, last_epoch=-1, verbose=None):
        if mode not in ('triangular', 'triangular2', 'exp_range') and scale_fn is None:
            raise ValueError('mode is invalid and scale_fn is None')
        if cycle_momentum and layerscope.is_known(optimizer) and optimizer.defaults and 'momentum' not in optimizer.defaults and 'betas' not in optimizer.defaults:
            raise ValueError('optimizer must support momentum or beta1 with `cycle_momentum` option enabled')
        super().__init__(optimizer, last_epoch)


class OneCycleLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3, anneal_strategy='cos', cycle_momentum=True, base_momentum=0.85, max_momentum=0.95,
                 div_factor=25.0, final_div_factor=10000.0, three_phase=False, last_epoch=-1, verbose=None):
        if total_steps is not None:
            _positive_int('total_steps', total_steps)
            self.total_steps = total_steps
        elif epochs is not None and steps_per_epoch is not None:
            _positive_int('epochs', epochs)
            _positive_int('steps_per_epoch', steps_per_epoch)
            self.total_steps = epochs * steps_per_epoch
        else:
            raise ValueError('You must define either total_steps OR (epochs AND steps_per_epoch)')
        if isinstance(pct_start, (int, float)) and (pct_start < 0 or pct_start > 1 or not isinstance(pct_start, float)):
            raise ValueError(f'Expected float between 0 and 1 pct_start, but got {pct_start}')
        if anneal_strategy not in ('cos', 'linear'):
            raise ValueError(f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}")
        super().__init__(optimizer, last_epoch)


class PolynomialLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, total_iters=5, power=1.0, last_epoch=-1, verbose=None):
        self.total_iters, self.power = total_iters, power
        super().__init__(optimizer, last_epoch)


class ReduceLROnPlateau(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, mode='min', factor=0.1, patience=10, threshold=0.0001, threshold_mode='rel', cooldown=0, min_lr=0, eps=1e-08, verbose=None):
        if factor >= 1.0:
            raise ValueError('Factor should be < 1.0.')
        if mode not in ('min', 'max'):
            raise ValueError('mode ' + str(mode) + ' is unknown!')
        if threshold_mode not in ('rel', 'abs'):
            raise ValueError('threshold mode ' + str(threshold_mode) + ' is unknown!')
        self.factor, self.patience, self.mode, self.threshold, self.cooldown = factor, patience, mode, threshold, cooldown
        super().__init__(optimizer)

    def step(self, metrics, epoch=None):
        return None


class ChainedScheduler(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, schedulers, optimizer=None):
        schedulers = list(schedulers)
        if len(schedulers) < 1:
            raise ValueError('ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.')
        super().__init__(optimizer if optimizer is not None else schedulers[0].optimizer)


class SequentialLR(LRScheduler):
    __layerscope_complete__ = True

    def __init__(self, optimizer, schedulers, milestones, last_epoch=-1, verbose=None):
        schedulers = list(schedulers)
        if len(schedulers) < 1:
            raise ValueError('SequentialLR expects at least one scheduler to be chained, but got no scheduler.')
        if len(milestones) != len(schedulers) - 1:
            raise ValueError(f'Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers {len(schedulers)} '
                             f'and the number of milestones to be equal to {len(milestones)}')
        super().__init__(optimizer, last_epoch)


def __getattr__(name):
    return layerscope.missing('torch.optim.lr_scheduler', name)
