"""Keras: layers, models and what stands around them."""
from keras import (
    activations, backend, callbacks, config, constraints, datasets, initializers, layers, losses, metrics, mixed_precision, models, ops, optimizers,
    preprocessing, random, regularizers, saving, tree, utils)
from keras.src.backend.tensors import KerasTensor, Variable
from keras.src.dtype_policies import DTypePolicy
from keras.src.initializers import Initializer
from keras.src.layers import Input, InputSpec, Layer
from keras.src.losses import Loss
from keras.src.metrics import Metric
from keras.src.models import Functional, Model, Sequential
from keras.src.operations.operation import Operation
from keras.src.optimizers import Optimizer
from keras.src.random import SeedGenerator
from keras.src.regularizers import Regularizer

Quantizer = object
StatelessScope = object
FloatDTypePolicy = DTypePolicy
__version__ = '3.15.0'
version = __version__


def __getattr__(name):
    if name == 'applications':
        import keras.applications as applications
        return applications
    import layerscope
    return layerscope.unknown('keras.' + name)
