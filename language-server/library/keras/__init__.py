"""Keras: layers, models and what stands around them. Modules that few programs use are read when they are asked for."""
from keras.src.backend.tensors import KerasTensor, Variable
from keras.src.dtype_policies import DTypePolicy
from keras.src.initializers import Initializer
from keras.src.layers import Input, InputSpec, Layer
from keras.src.models import Functional, Model, Sequential
from keras.src.operations.operation import Operation
from keras.src.regularizers import Regularizer
from keras import layers, models

Quantizer = object
StatelessScope = object
FloatDTypePolicy = DTypePolicy
__version__ = '3.15.0'


def version():
    return __version__


_MODULES = ('activations', 'applications', 'backend', 'callbacks', 'config', 'constraints', 'datasets', 'dtype_policies', 'initializers', 'losses', 'metrics',
            'mixed_precision', 'ops', 'optimizers', 'preprocessing', 'random', 'regularizers', 'saving', 'tree', 'utils')
_NAMES = {'Loss': 'losses', 'Metric': 'metrics', 'Optimizer': 'optimizers', 'SeedGenerator': 'random'}


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    import importlib
    import layerscope
    if name in _MODULES:
        return importlib.import_module('keras.' + name)
    if name in _NAMES:
        return getattr(importlib.import_module('keras.' + _NAMES[name]), name)
    return layerscope.missing('keras', name)
