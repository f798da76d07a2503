"""`torch.optim`: optimisers change weights, not shapes; only their arguments are checked."""
import layerscope

from . import lr_scheduler, swa_utils
from .optimizer import Optimizer, check_betas, check_rates


class SGD(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.001, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, foreach=None, differentiable=False, fused=None):
        check_rates(lr, momentum=momentum, weight_decay=weight_decay)
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError('Nesterov momentum requires a momentum and zero dampening')
        super().__init__(params, {'lr': lr, 'momentum': momentum, 'dampening': dampening, 'weight_decay': weight_decay, 'nesterov': nesterov})


class Adam(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, amsgrad=False, *, foreach=None, maximize=False, capturable=False, differentiable=False,
                 fused=None, decoupled_weight_decay=False):
        check_rates(lr, epsilon=eps, weight_decay=weight_decay)
        check_betas(betas)
        super().__init__(params, {'lr': lr, 'betas': betas, 'eps': eps, 'weight_decay': weight_decay, 'amsgrad': amsgrad})


class AdamW(Adam):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01, amsgrad=False, *, maximize=False, foreach=None, capturable=False, differentiable=False, fused=None):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad)


class NAdam(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004, decoupled_weight_decay=False, *, foreach=None, maximize=False, capturable=False,
                 differentiable=False):
        check_rates(lr, epsilon=eps, weight_decay=weight_decay, momentum_decay=momentum_decay)
        check_betas(betas)
        super().__init__(params, {'lr': lr, 'betas': betas, 'eps': eps, 'weight_decay': weight_decay, 'momentum_decay': momentum_decay})


class RAdam(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, decoupled_weight_decay=False, *, foreach=None, maximize=False, capturable=False, differentiable=False):
        check_rates(lr, epsilon=eps, weight_decay=weight_decay)
        check_betas(betas)
        super().__init__(params, {'lr': lr, 'betas': betas, 'eps': eps, 'weight_decay': weight_decay})


class Adamax(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach=None, *, maximize=False, differentiable=False, capturable=False):
        check_rates(lr, epsilon=eps, weight_decay=weight_decay)
        check_betas(betas)
        super().__init__(params, {'lr': lr, 'betas': betas, 'eps': eps, 'weight_decay': weight_decay})


class SparseAdam(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, maximize=False):
        check_rates(lr, epsilon=eps)
        check_betas(betas)
        super().__init__(params, {'lr': lr, 'betas': betas, 'eps': eps})


class Adagrad(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, foreach=None, *, maximize=False, differentiable=False, fused=None):
        check_rates(lr, lr_decay=lr_decay, weight_decay=weight_decay, initial_accumulator_value=initial_accumulator_value, epsilon=eps)
        super().__init__(params, {'lr': lr, 'lr_decay': lr_decay, 'eps': eps, 'weight_decay': weight_decay})


class Adadelta(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=1.0, rho=0.9, eps=1e-06, weight_decay=0, foreach=None, *, capturable=False, maximize=False, differentiable=False):
        check_rates(lr, epsilon=eps, weight_decay=weight_decay)
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f'Invalid rho value: {rho}')
        super().__init__(params, {'lr': lr, 'rho': rho, 'eps': eps, 'weight_decay': weight_decay})


class RMSprop(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False, capturable=False, foreach=None, maximize=False, differentiable=False):
        check_rates(lr, epsilon=eps, momentum=momentum, weight_decay=weight_decay, alpha=alpha)
        super().__init__(params, {'lr': lr, 'momentum': momentum, 'alpha': alpha, 'eps': eps, 'centered': centered, 'weight_decay': weight_decay})


class Rprop(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-06, 50), *, capturable=False, foreach=None, maximize=False, differentiable=False):
        check_rates(lr)
        super().__init__(params, {'lr': lr, 'etas': etas, 'step_sizes': step_sizes})


class ASGD(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.01, lambd=0.0001, alpha=0.75, t0=1000000.0, weight_decay=0, foreach=None, maximize=False, differentiable=False, capturable=False):
        check_rates(lr, weight_decay=weight_decay)
        super().__init__(params, {'lr': lr, 'lambd': lambd, 'alpha': alpha, 't0': t0, 'weight_decay': weight_decay})


class Adafactor(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.01, beta2_decay=-0.8, eps=(None, 0.001), d=1.0, weight_decay=0.0, *, foreach=None, maximize=False):
        check_rates(lr, weight_decay=weight_decay)
        super().__init__(params, {'lr': lr, 'beta2_decay': beta2_decay, 'eps': eps, 'd': d, 'weight_decay': weight_decay})


class Muon(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=0.001, weight_decay=0.1, momentum=0.95, nesterov=True, ns_coefficients=(3.4445, -4.775, 2.0315), eps=1e-07, ns_steps=5, adjust_lr_fn=None):
        check_rates(lr, weight_decay=weight_decay, momentum=momentum)
        super().__init__(params, {'lr': lr, 'weight_decay': weight_decay, 'momentum': momentum, 'nesterov': nesterov})


class LBFGS(Optimizer):
    __layerscope_complete__ = True

    def __init__(self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-07, tolerance_change=1e-09, history_size=100, line_search_fn=None):
        check_rates(lr)
        super().__init__(params, {'lr': lr, 'max_iter': max_iter, 'history_size': history_size})

    def step(self, closure):
        return super().step(closure)


def __getattr__(name):
    return layerscope.missing('torch.optim', name)
