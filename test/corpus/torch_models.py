"""What the real framework says of every model that torchvision or timm registers: the modules without submodules that a
call reaches, in the order of their first call, with path, class and output shape, and the number of parameters.

Models are built and run on the meta device, in evaluation mode. Needs torch, and torchvision or timm.

    python test/corpus/torch_models.py torchvision OUT.json [NAME...]
    python test/corpus/torch_models.py timm OUT.json [NAME...]
"""
import json
import sys

import torch

register_fake = torch.library.register_fake


def tolerant(*args, **kwargs):
    """A torchvision wheel for CUDA registers fakes for operators that a CPU build does not have."""
    try:
        decorate = register_fake(*args, **kwargs)
    except RuntimeError:
        return lambda function: function

    def apply(function):
        try:
            return decorate(function)
        except RuntimeError:
            return function
    return apply


torch.library.register_fake = tolerant


def torchvision_models():
    import torchvision.models as models
    for name in models.list_models():
        size = (1, 3, 16, 112, 112) if models.get_model_builder(name).__module__.startswith('torchvision.models.video') else (1, 3, 299, 299) if name == 'inception_v3' else (1, 3, 224, 224)
        if name.startswith('raft'):
            yield name, lambda name=name: models.get_model(name, weights=None), [(1, 3, 256, 256), (1, 3, 256, 256)]
            continue
        if name.startswith(('mvit', 'swin3d', 's3d')):
            size = (1, 3, 16, 224, 224)
        options = {'weights_backbone': None} if 'detection' in models.get_model_builder(name).__module__ or 'segmentation' in models.get_model_builder(name).__module__ else {}
        yield name, lambda name=name, options=options: models.get_model(name, weights=None, **options), [size]


def timm_models(names):
    import timm
    for name in names or timm.list_models():
        def build(name=name):
            return timm.create_model(name, pretrained=False)
        yield name, build, None


def shape_of(result):
    return list(result.shape) if isinstance(result, torch.Tensor) else None


def shapes_in(result):
    if isinstance(result, torch.Tensor):
        return [list(result.shape)]
    if isinstance(result, dict):
        result = result.values()
    elif not isinstance(result, (list, tuple)):
        return []
    return [shape for part in result for shape in shapes_in(part)]


def describe(model, inputs):
    layers, seen = [], {}
    paths = {}
    for path, module in model.named_modules():
        if not list(module.children()):
            paths[module] = path

    def record(module, args, result):
        if module not in seen:
            seen[module] = None
            layers.append([paths[module], type(module).__name__, shape_of(result), sum(p.numel() for p in module.parameters())])
    for module in paths:
        module.register_forward_hook(record)
    with torch.no_grad():
        output = model(*inputs)
    return layers, output


def main():
    family, path, *names = sys.argv[1:]
    models = torchvision_models() if family == 'torchvision' else timm_models(names)
    with open(path, 'w') as out:
        for name, build, sizes in models:
            if names and name not in names:
                continue
            entry = {'name': name}
            try:
                with torch.device('cpu' if name.startswith('regnet') and family == 'torchvision' else 'meta'):
                    model = build().eval().to('meta')
                if sizes is None:
                    sizes = [(1,) + tuple(model.pretrained_cfg['input_size'])]
                entry['sizes'] = sizes
                entry['parameters'] = sum(p.numel() for p in model.parameters())
                with torch.device('meta'):
                    layers, output = describe(model, [torch.zeros(size) for size in sizes])
                entry['layers'] = layers
                entry['outputs'] = shapes_in(output)
            except Exception as fault:
                entry['failed'] = f'{type(fault).__name__}: {str(fault)[:200]}'
            out.write(json.dumps(entry, separators=(',', ':')) + '\n')
            out.flush()


main()
