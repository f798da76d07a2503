"""What all optimisers share: groups of parameters, and a step that ends a round of training."""
import layerscope


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
        if layerscope.is_known(param_group) and not isinstance(param_group, dict):
            raise TypeError(f'param_group must be a dict, but got {type(param_group)}')
        group = dict(self.defaults)
        group.update(param_group)
        held = group['params']
        if layerscope.is_known(held) and isinstance(held, list):
            for each in held:
                _check_parameter(each)
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


def _check_parameter(each):
    """Tensors, or pairs of a name and a tensor."""
    if isinstance(each, tuple) and len(each) == 2:
        each = each[1]
    if layerscope.is_known(each) and not isinstance(each, layerscope.Value):
        raise TypeError(f'optimizer can only optimize Tensors, but one of the params is {type(each).__name__}')


def check_rates(lr, **limits):
    """What an optimiser refuses of its numbers: those below 0."""
    if isinstance(lr, (int, float)) and lr < 0:
        raise ValueError(f'Invalid learning rate: {lr}')
    for name, value in limits.items():
        if isinstance(value, (int, float)) and value < 0:
            raise ValueError(f'Invalid {name} value: {value}')


def check_betas(betas):
    for position, beta in enumerate(betas):
        if isinstance(beta, (int, float)) and not 0.0 <= beta < 1.0:
            raise ValueError(f'Invalid beta parameter at index {position}: {beta}')
