"""`torch.utils`."""
_submodules = ('_pytree', 'checkpoint', 'data', 'flop_counter', 'model_zoo', 'tensorboard', 'hooks', 'cpp_extension')


def __getattr__(name):
    if name in _submodules:
        import importlib
        return importlib.import_module('torch.utils.' + name)
    raise AttributeError(f"module 'torch.utils' has no attribute '{name}'")
