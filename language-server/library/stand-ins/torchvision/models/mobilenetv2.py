"""MobileNet V2, where torchvision itself is not installed: the same modules under the same names."""
import layerscope
from torch import nn


def _step(inputs, outputs, kernel=3, stride=1, groups=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs), nn.ReLU6(inplace=True))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride, ratio):
        super().__init__()
        hidden = inputs * ratio
        self.use_res_connect = stride == 1 and inputs == outputs
        layers = [] if ratio == 1 else [_step(inputs, hidden, 1)]
        layers += [_step(hidden, hidden, 3, stride, hidden), nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs)]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.conv(x) if self.use_res_connect else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, num_classes=1000, dropout=0.2, **kwargs):
        super().__init__()
        channels, features = 32, [_step(3, 32, 3, 2)]
        for ratio, width, count, stride in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
            for index in range(count):
                features.append(InvertedResidual(channels, width, stride if index == 0 else 1, ratio))
                channels = width
        features.append(_step(320, 1280, 1))
        self.features = nn.Sequential(*features)
        self.last_channel = 1280
        self.classifier = nn.Sequential(nn.Dropout(p=dropout), nn.Linear(1280, num_classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean([2, 3]))


def mobilenet_v2(pretrained=False, progress=True, *, weights=None, **kwargs):
    return MobileNetV2(**kwargs)


def __getattr__(name):
    if name.endswith('_Weights'):
        return layerscope.unknown('pretrained weights')
    raise AttributeError(name)
