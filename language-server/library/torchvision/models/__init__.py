"""Models, each family read when one of its names is first asked for, as importing them all takes long."""
_families = {
    'alexnet': ('alexnet',), 'convnext': ('convnext',), 'densenet': ('densenet',), 'efficientnet': ('efficientnet',), 'googlenet': ('googlenet',), 'inception': ('inception',),
    'mnasnet': ('mnasnet',), 'mobilenetv2': ('mobilenet_v2', 'mobilenetv2'), 'mobilenetv3': ('mobilenet_v3', 'mobilenetv3'), 'regnet': ('regnet',), 'resnet': ('resnet', 'resnext', 'wide_resnet'),
    'shufflenetv2': ('shufflenet',), 'squeezenet': ('squeezenet',), 'vgg': ('vgg',), 'vision_transformer': ('vit_', 'vision', 'visiontransformer'), 'swin_transformer': ('swin_', 'swintransformer'),
    'maxvit': ('maxvit',),
}
_packages = {
    'quantization': ('quantized_',),
    'detection': ('fasterrcnn', 'maskrcnn', 'keypointrcnn', 'retinanet', 'fcos', 'ssd'),
    'segmentation': ('deeplab', 'fcn_', 'lraspp'),
    'video': ('r3d_', 'mc3_', 'r2plus1d', 's3d', 'mvit', 'swin3d'),
    'optical_flow': ('raft',),
}
_modules = ('_api', '_utils', '_meta', 'feature_extraction', 'mobilenet') + tuple(_families) + tuple(_packages)


def _imported(name):
    import importlib
    module = importlib.import_module('torchvision.models.' + name)
    # a function that has its module's name stands before it, as in the real package
    globals()[name] = getattr(module, name, module)
    return module


def _family_of(name):
    lower = name.lower()
    for module, prefixes in list(_families.items()) + list(_packages.items()):
        if any([lower.startswith(prefix) for prefix in prefixes]):
            return module
    camel = lower.split('_')[0]
    return 'vision_transformer' if camel.startswith('vit') else 'swin_transformer' if camel.startswith('swin') else None


def __getattr__(name):
    family = _family_of(name)
    if family is not None and family not in _packages:
        module = _imported(family)
        if hasattr(module, name):
            globals()[name] = getattr(module, name)
            return globals()[name]
    if name in _modules:
        return _imported(name)
    if name in ('Weights', 'WeightsEnum'):
        return getattr(_imported('_api'), name)
    raise AttributeError(f"module 'torchvision.models' has no attribute '{name}'")


def _everything():
    for name in tuple(_families) + tuple(_packages):
        _imported(name)
    return _imported('_api')


def get_model(name, **config):
    family = _family_of(name)
    api = _everything() if family is None else (_imported(family), _imported('_api'))[1]
    return api.get_model(name, **config)


def get_model_builder(name):
    return _everything().get_model_builder(name)


def get_model_weights(name):
    return _everything().get_model_weights(name)


def get_weight(name):
    return _everything().get_weight(name)


def list_models(module=None, include=None, exclude=None):
    return _everything().list_models(module, include, exclude)
