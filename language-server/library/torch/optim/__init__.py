"""`torch.optim`: optimisers change weights, not shapes; only their arguments are checked."""
import layerscope

from . import lr_scheduler, swa_utils


class Optimizer:
    def __init__(self, params, defaults=None):
        if isinstance(params, layerscope.Value):
            raise TypeError('params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.FloatTensor')
        self.defaults = dict(defaults or {})
        self.state = {}
        self.param_groups = []
        if not layerscope.is_known(params):
            self.param_groups.append({'params': [], **self.defaults})
            return
        groups = list(params)
        if len(groups) == 0:
            raise ValueError('optimizer got an empty parameter list')
        if not isinstance(groups[0], dict):
            groups = [{'params': groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, param_group):
        group = dict(self.defaults)
        group.update(param_group)
        self.param_groups.append(group)

    def zero_grad(self, set_to_none=True):
        return None

    def step(self, closure=None):
        loss = closure() if closure is not None else None
        layerscope.trained()
        return loss

    def state_dict(self):
        return {'state': {}, 'param_groups': []}

    def load_state_dict(self, state_dict):
        return None


def _check(lr, **limits):
    if isinstance(lr, (int, float)) and lr < 0:
        raise ValueError(f'Invalid learning rate: {lr}')
    for name, value in limits.items():
        if isinstance(value, (int, float)) and value < 0:
            raise ValueError(f'Invalid {name} value: {value}')


class SGD(Optimizer):
    def __init__(self, params, lr=0.001, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, foreach=None, differentiable=False, fused=None):
        _check(lr, momentum=momentum, weight_decay=weight_decay)
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError('Nesterov momentum requires a momentum and zero dampening')
        super().__init__(params, {'lr': lr, 'momentum': momentum, 'weight_decay': weight_decay})


def _adaptive(name, default_lr, decay=0):
    class Adaptive(Optimizer):
        def __init__(self, params, lr=default_lr, *args, weight_decay=decay, **options):
            _check(lr, weight_decay=weight_decay)
            betas = options.get('betas', args[0] if args and isinstance(args[0], (tuple, list)) else None)
            if betas is not None:
                for position, beta in enumerate(betas):
                    if not 0.0 <= beta < 1.0:
                        raise ValueError(f'Invalid beta parameter at index {position}: {beta}')
            super().__init__(params, {'lr': lr, 'weight_decay': weight_decay, **options})
    Adaptive.__name__ = name
    return Adaptive


Adam, AdamW, NAdam, RAdam = _adaptive('Adam', 0.001), _adaptive('AdamW', 0.001, 0.01), _adaptive('NAdam', 0.002), _adaptive('RAdam', 0.001)
Adamax, Adagrad, Adadelta, RMSprop = _adaptive('Adamax', 0.002), _adaptive('Adagrad', 0.01), _adaptive('Adadelta', 1.0), _adaptive('RMSprop', 0.01)
Rprop, ASGD, SparseAdam, Adafactor, LBFGS, Muon = [_adaptive(_name, _rate) for _name, _rate in (
    ('Rprop', 0.01), ('ASGD', 0.01), ('SparseAdam', 0.001), ('Adafactor', 0.01), ('LBFGS', 1), ('Muon', 0.001))]
