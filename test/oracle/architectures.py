"""Architectures of torchvision with seeded weights and what they compute, into a folder (hundreds of MB, not kept):

python test/oracle/architectures.py FOLDER [NAME...]
"""
import json
import sys
from pathlib import Path

import numpy as np
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
from safetensors.torch import save_file

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
names = sys.argv[2:] or ['resnet18', 'squeezenet1_1', 'mobilenet_v2', 'mobilenet_v3_small', 'shufflenet_v2_x0_5', 'mnasnet0_5', 'densenet121', 'efficientnet_b0', 'regnet_x_400mf', 'googlenet', 'alexnet', 'convnext_tiny', 'swin_t', 'vgg11_bn']
for name in names:
    torch.manual_seed(1)
    options = {'init_weights': False, 'aux_logits': False} if name in ('googlenet',) else {}
    model = torchvision.models.get_model(name, weights=None, **options).eval()
    with torch.no_grad():
        for key, value in model.state_dict().items():
            if key.endswith('running_mean'):
                value.uniform_(-0.1, 0.1)
            elif key.endswith('running_var'):
                value.uniform_(0.8, 1.2)
        size = 224 if name.startswith(('swin', 'vit', 'convnext')) else 96
        x = torch.rand(1, 3, size, size)
        y = model(x)
    save_file({key: value.contiguous().clone() for key, value in model.state_dict().items()}, folder / f'{name}.safetensors')
    np.savez(folder / f'{name}.npz', x=x.numpy(), y=y.numpy())
    arguments = ''.join(f', {key}={value}' for key, value in options.items())
    (folder / f'{name}.py').write_text(f'import torch\nimport torchvision\n\nmodel = torchvision.models.{name}(weights=None{arguments}).eval()\ny = model(torch.rand(1, 3, {size}, {size}))\n')
    print(name, flush=True)
