"""scikit-learn: data sets by their shapes, splits, estimators by what they check."""
import importlib

import layerscope

__version__ = '1.9.1'

_modules = ('base', 'cluster', 'compose', 'datasets', 'decomposition', 'discriminant_analysis', 'ensemble', 'exceptions', 'feature_extraction', 'feature_selection', 'gaussian_process', 'impute',
            'kernel_ridge', 'linear_model', 'manifold', 'metrics', 'mixture', 'model_selection', 'multiclass', 'naive_bayes', 'neighbors', 'neural_network', 'pipeline', 'preprocessing', 'svm', 'tree', 'utils')


def __getattr__(name):
    if name in _modules:
        return importlib.import_module('sklearn.' + name)
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('sklearn.' + name)
