"""DenseNet, where torchvision itself is not installed: the same modules under the same names."""
from collections import OrderedDict

import layerscope
from torch import nn
import torch


class _DenseLayer(nn.Module):
    def __init__(self, inputs, growth):
        super().__init__()
        self.norm1, self.relu1, self.conv1 = nn.BatchNorm2d(inputs), nn.ReLU(inplace=True), nn.Conv2d(inputs, 4 * growth, 1, bias=False)
        self.norm2, self.relu2, self.conv2 = nn.BatchNorm2d(4 * growth), nn.ReLU(inplace=True), nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)

    def forward(self, features):
        x = self.conv1(self.relu1(self.norm1(torch.cat(features, 1))))
        return self.conv2(self.relu2(self.norm2(x)))


class _DenseBlock(nn.ModuleDict):
    def __init__(self, count, inputs, growth):
        super().__init__()
        for index in range(count):
            self.add_module(f'denselayer{index + 1}', _DenseLayer(inputs + index * growth, growth))

    def forward(self, x):
        features = [x]
        for layer in self.values():
            features.append(layer(features))
        return torch.cat(features, 1)


class DenseNet(nn.Module):
    def __init__(self, growth_rate=32, block_config=(6, 12, 24, 16), num_init_features=64, num_classes=1000, **kwargs):
        super().__init__()
        self.features = nn.Sequential(OrderedDict([
            ('conv0', nn.Conv2d(3, num_init_features, 7, 2, 3, bias=False)), ('norm0', nn.BatchNorm2d(num_init_features)),
            ('relu0', nn.ReLU(inplace=True)), ('pool0', nn.MaxPool2d(3, 2, 1))]))
        width = num_init_features
        for index, count in enumerate(block_config):
            self.features.add_module(f'denseblock{index + 1}', _DenseBlock(count, width, growth_rate))
            width += count * growth_rate
            if index != len(block_config) - 1:
                self.features.add_module(f'transition{index + 1}', nn.Sequential(OrderedDict([
                    ('norm', nn.BatchNorm2d(width)), ('relu', nn.ReLU(inplace=True)), ('conv', nn.Conv2d(width, width // 2, 1, bias=False)), ('pool', nn.AvgPool2d(2, 2))])))
                width = width // 2
        self.features.add_module('norm5', nn.BatchNorm2d(width))
        self.classifier = nn.Linear(width, num_classes)

    def forward(self, x):
        x = torch.relu(self.features(x))
        return self.classifier(torch.flatten(nn.functional.adaptive_avg_pool2d(x, (1, 1)), 1))


def _builder(growth, blocks, initial):
    def build(pretrained=False, progress=True, *, weights=None, **kwargs):
        return DenseNet(growth, blocks, initial, **kwargs)
    return build


densenet121 = _builder(32, (6, 12, 24, 16), 64)
densenet161 = _builder(48, (6, 12, 36, 24), 96)
densenet169 = _builder(32, (6, 12, 32, 32), 64)
densenet201 = _builder(32, (6, 12, 48, 32), 64)


def __getattr__(name):
    if name.endswith('_Weights'):
        return layerscope.unknown('pretrained weights')
    raise AttributeError(name)
