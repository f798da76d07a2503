"""VGG, where torchvision itself is not installed: the same modules under the same names."""
import layerscope
from torch import nn
import torch

_plans = {
    'A': (1, 1, 2, 2, 2), 'B': (2, 2, 2, 2, 2), 'D': (2, 2, 3, 3, 3), 'E': (2, 2, 4, 4, 4),
}


class VGG(nn.Module):
    def __init__(self, features, num_classes=1000, init_weights=True, dropout=0.5):
        super().__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096), nn.ReLU(True), nn.Dropout(p=dropout),
            nn.Linear(4096, 4096), nn.ReLU(True), nn.Dropout(p=dropout),
            nn.Linear(4096, num_classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _features(counts, batch_norm):
    layers, channels = [], 3
    for width, count in zip((64, 128, 256, 512, 512), counts):
        for _ in range(count):
            layers.append(nn.Conv2d(channels, width, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU(inplace=True))
            channels = width
        layers.append(nn.MaxPool2d(2, 2))
    return nn.Sequential(*layers)


def _builder(plan, batch_norm):
    def build(pretrained=False, progress=True, *, weights=None, **kwargs):
        return VGG(_features(_plans[plan], batch_norm), **kwargs)
    return build


vgg11, vgg13, vgg16, vgg19 = [_builder(plan, False) for plan in 'ABDE']
vgg11_bn, vgg13_bn, vgg16_bn, vgg19_bn = [_builder(plan, True) for plan in 'ABDE']


def __getattr__(name):
    if name.endswith('_Weights'):
        return layerscope.unknown('pretrained weights')
    raise AttributeError(name)
