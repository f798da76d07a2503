"""Parametrisations by modules."""


def is_parametrized(module, tensor_name=None):
    return False


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    original = getattr(module, tensor_name)
    module._parameters.pop(tensor_name)
    module.register_parameter(tensor_name + '_original', original)
    module.add_module('parametrizations_' + tensor_name, parametrization)
    module.register_forward_pre_hook(lambda layer, args: object.__setattr__(layer, tensor_name, parametrization(original)))
    object.__setattr__(module, tensor_name, original)
    return module


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    return module


class cached:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None
