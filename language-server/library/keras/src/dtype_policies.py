"""Policies of mixed precision: the types of computation and of variables."""
from keras.src.backend import config
from keras.src.backend.dtypes import standardize_dtype


class DTypePolicy:
    def __init__(self, name=None, **kwargs):
        name = name or config.floatx()
        self.name = name
        if name.startswith('mixed_'):
            self.compute_dtype, self.variable_dtype = name[6:], 'float32'
        else:
            self.compute_dtype = self.variable_dtype = standardize_dtype(name)

    def get_config(self):
        return {'name': self.name}


Policy = DTypePolicy


class _Global:
    policy = None


def dtype_policy():
    return _Global.policy or DTypePolicy(config.floatx())


def set_dtype_policy(policy):
    _Global.policy = get(policy)


set_global_policy = set_dtype_policy
global_policy = dtype_policy


def get(identifier):
    if identifier is None:
        return dtype_policy()
    return identifier if isinstance(identifier, DTypePolicy) else DTypePolicy(identifier if isinstance(identifier, str) else standardize_dtype(identifier))


def serialize(policy):
    return policy.get_config()


def deserialize(config):
    return DTypePolicy(**config)
