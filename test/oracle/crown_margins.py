"""Bounds of random networks by auto_LiRPA (CROWN), as golden figures for symbolic/bounds/crown.test.ts.

    PYTHONPATH=<auto_LiRPA's repository> python test/oracle/crown_margins.py test/golden/crown_margins.json

Needs torch and auto_LiRPA 0.7 from its repository; nothing of it is kept here. For each mix of operators there are
twenty networks: the layers with their weights, a box, and the lower and upper bounds of the outputs.
"""
import json
import sys

import torch
from auto_LiRPA import BoundedModule, BoundedTensor
from auto_LiRPA.perturbations import PerturbationLpNorm
from torch import nn


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(width, width)
        self.second = nn.Linear(width, width)

    def forward(self, x):
        return x + self.second(torch.relu(self.first(x)))


def dense(activation):
    return lambda: ([1, 5], nn.Sequential(nn.Linear(5, 10), activation(), nn.Linear(10, 10), activation(), nn.Linear(10, 8), activation(), nn.Linear(8, 3)))


MIXES = {
    'relu': dense(nn.ReLU),
    'leaky_relu': dense(lambda: nn.LeakyReLU(0.1)),
    'sigmoid': dense(nn.Sigmoid),
    'tanh': dense(nn.Tanh),
    'convolution': lambda: ([1, 1, 6, 6], nn.Sequential(nn.Conv2d(1, 3, 3, padding=1), nn.BatchNorm2d(3), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(3, 4, 2), nn.ReLU(), nn.Flatten(), nn.Linear(16, 3))),
    'residual': lambda: ([1, 5], nn.Sequential(nn.Linear(5, 8), nn.ReLU(), Residual(8), nn.ReLU(), Residual(8), nn.ReLU(), nn.Linear(8, 3))),
}


def describe(module):
    if isinstance(module, nn.Sequential):
        return [describe(part) for part in module]
    numbers = lambda tensor: [float(x) for x in tensor.detach().flatten()]
    if isinstance(module, nn.Linear):
        return {'type': 'Linear', 'weight': numbers(module.weight), 'bias': numbers(module.bias)}
    if isinstance(module, nn.Conv2d):
        return {'type': 'Conv2d', 'shape': list(module.weight.shape), 'padding': module.padding[0], 'weight': numbers(module.weight), 'bias': numbers(module.bias)}
    if isinstance(module, nn.BatchNorm2d):
        return {'type': 'BatchNorm2d', 'weight': numbers(module.weight), 'bias': numbers(module.bias), 'mean': numbers(module.running_mean), 'variance': numbers(module.running_var), 'epsilon': module.eps}
    if isinstance(module, Residual):
        return {'type': 'Residual', 'first': describe(module.first), 'second': describe(module.second)}
    return {'type': type(module).__name__}


networks = []
for mix, make in MIXES.items():
    for seed in range(20):
        torch.manual_seed(1000 + seed)
        shape, model = make()
        for layer in model.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.running_mean.uniform_(-0.5, 0.5)
                layer.running_var.uniform_(0.5, 1.5)
                nn.init.uniform_(layer.weight, -1.5, 1.5)
        model.eval()
        center = torch.rand(shape)
        radius = [0.02, 0.1, 0.3][seed % 3]
        bounded = BoundedModule(model, center, device='cpu')
        box = BoundedTensor(center, PerturbationLpNorm(norm=float('inf'), eps=radius))
        lower, upper = bounded.compute_bounds(x=(box,), method='CROWN')
        networks.append({'mix': mix, 'shape': shape, 'layers': describe(model), 'center': [float(x) for x in center.flatten()], 'radius': radius,
                         'lower': lower.flatten().tolist(), 'upper': upper.flatten().tolist()})

compact = json.dumps({'networks': networks}, separators=(',', ':'), default=float)
json_ = json.loads(compact, parse_float=lambda text: float(f'{float(text):.9g}'))
with open(sys.argv[1], 'w') as file:
    json.dump(json_, file, separators=(',', ':'))
    file.write('\n')
print(len(networks), 'networks')
