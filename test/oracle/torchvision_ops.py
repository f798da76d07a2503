"""What torchvision publishes of its classification models: test/golden/torch/torchvision_ops.json.

python test/oracle/torchvision_ops.py
"""
import json
from pathlib import Path

import torch

register = torch.library.register_fake


def lenient(name, *args, **options):
    # the CPU build lacks operators that torchvision registers fakes for
    def decorate(function):
        try:
            return register(name, *args, **options)(function)
        except RuntimeError:
            return function
    return decorate


torch.library.register_fake = lenient
import torchvision

published = {}
for name in torchvision.models.list_models(module=torchvision.models):
    weights = torchvision.models.get_model_weights(name)
    for weight in weights:
        crop = weight.transforms.keywords['crop_size']
        crop = crop[0] if isinstance(crop, (list, tuple)) else crop
        published.setdefault(name, {})[crop] = {'ops': weight.meta['_ops'], 'parameters': weight.meta['num_params']}
Path('test/golden/torch/torchvision_ops.json').write_text(json.dumps(published, indent=1) + '\n')
print(len(published))
