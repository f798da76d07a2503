"""Architectures of torchvision and timm with seeded weights and what they compute, into a folder (some GB, not kept):

python test/oracle/architectures.py FOLDER [NAME...]

A name of timm's begins with `timm:`. Files that are there already are left as they are.
"""
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
import timm
import torchvision
from safetensors.torch import save_file

TORCHVISION = [
    'resnet18', 'squeezenet1_1', 'mobilenet_v2', 'mobilenet_v3_small', 'shufflenet_v2_x0_5', 'mnasnet0_5', 'densenet121', 'efficientnet_b0', 'regnet_x_400mf', 'googlenet', 'alexnet', 'convnext_tiny', 'swin_t', 'vgg11_bn',
    'resnet50', 'resnext50_32x4d', 'wide_resnet50_2', 'inception_v3', 'mobilenet_v3_large', 'efficientnet_v2_s', 'regnet_y_400mf', 'vit_b_16', 'swin_v2_t', 'maxvit_t', 'mnasnet1_0', 'shufflenet_v2_x1_0', 'squeezenet1_0', 'densenet169', 'vgg13',
    'segmentation/lraspp_mobilenet_v3_large', 'segmentation/deeplabv3_mobilenet_v3_large', 'segmentation/fcn_resnet50', 'video/r3d_18', 'video/mc3_18', 'video/r2plus1d_18',
]
TIMM = [
    'timm:resnetv2_50', 'timm:efficientnet_lite0', 'timm:mobilenetv4_conv_small', 'timm:convnextv2_atto', 'timm:convmixer_768_32', 'timm:vit_tiny_patch16_224', 'timm:deit_tiny_patch16_224', 'timm:mixer_s32_224', 'timm:poolformer_s12', 'timm:edgenext_xx_small',
    'timm:mobilevit_xxs', 'timm:repvgg_a0', 'timm:ghostnet_050', 'timm:tinynet_e', 'timm:hardcorenas_a', 'timm:dla34', 'timm:res2net50_14w_8s', 'timm:seresnet18', 'timm:resnest14d', 'timm:cspresnet50', 'timm:xcit_nano_12_p16_224', 'timm:cait_xxs24_224',
    'timm:levit_128s', 'timm:efficientformer_l1', 'timm:fastvit_t8', 'timm:pvt_v2_b0', 'timm:coat_lite_tiny', 'timm:visformer_tiny', 'timm:nf_resnet26', 'timm:lcnet_050', 'timm:hrnet_w18_small', 'timm:volo_d1_224', 'timm:swin_tiny_patch4_window7_224',
    'timm:beit_base_patch16_224', 'timm:crossvit_tiny_240', 'timm:gcvit_xxtiny', 'timm:maxvit_tiny_tf_224', 'timm:inception_next_tiny', 'timm:starnet_s1', 'timm:rdnet_tiny',
]
LARGE = ('swin', 'vit', 'convnext', 'maxvit', 'deit', 'mixer', 'xcit', 'cait', 'levit', 'efficientformer', 'visformer', 'volo', 'beit', 'crossvit', 'gcvit', 'coat')

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def program(name):
    """The model, its input's shape, and the program that makes both."""
    kind, _, short = name.rpartition(':')
    if kind == 'timm':
        size = 240 if '_240' in short else 224 if short.startswith(LARGE) else 96
        return timm.create_model(short).eval(), (1, 3, size, size), f"import timm\nimport torch\n\nmodel = timm.create_model('{short}').eval()\n"
    group, _, short = name.rpartition('/')
    options = {'init_weights': False, 'aux_logits': False} if short in ('googlenet', 'inception_v3') else {'weights_backbone': None} if group == 'segmentation' else {}
    size = 224 if short.startswith(LARGE) else 299 if short == 'inception_v3' else 96
    shape = (1, 3, 4, 56, 56) if group == 'video' else (1, 3, size, size)
    arguments = ''.join(f', {key}={value}' for key, value in options.items())
    path = '.'.join(filter(None, ['torchvision.models', group, short]))
    return torchvision.models.get_model(short, weights=None, **options).eval(), shape, f'import torch\nimport torchvision\n\nmodel = {path}(weights=None{arguments}).eval()\n'


for name in sys.argv[2:] or TORCHVISION + TIMM:
    stem = name.replace(':', '_').replace('/', '_')
    if (folder / f'{stem}.py').exists():
        continue
    torch.manual_seed(1)
    model, shape, text = program(name)
    with torch.no_grad():
        for key, value in model.state_dict().items():
            if key.endswith('running_mean'):
                value.uniform_(-0.1, 0.1)
            elif key.endswith('running_var'):
                value.uniform_(0.8, 1.2)
            elif value.is_floating_point() and not value.any():
                # heads that begin with zeros would answer zeros
                value.uniform_(-0.05, 0.05)
        x = torch.rand(shape)
        y = model(x)
    save_file({key: value.contiguous().clone() for key, value in model.state_dict().items()}, folder / f'{stem}.safetensors')
    np.savez(folder / f'{stem}.npz', x=x.numpy(), y=(y['out'] if isinstance(y, dict) else y).numpy())
    (folder / f'{stem}.py').write_text(f"{text}y = model(torch.rand{shape}){'[' + repr('out') + ']' if isinstance(y, dict) else ''}\n")
    print(name, flush=True)
