import torch
import torch.nn as nn


def entry(before, after, stride):
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride, 1, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU6(inplace=True)
    )


def rounded(x, divisible_by=8):
    import numpy as np
    return int(np.ceil(x * 1. / divisible_by) * divisible_by)


class Inverted(nn.Module):
    def __init__(self, before, after, stride, expand_ratio):
        super(Inverted, self).__init__()
        self.stride = stride
        assert stride in [1, 2]
        hidden_dim = int(before * expand_ratio)
        self.is_residual = self.stride == 1 and before == after
        self.conv = nn.Sequential(
            nn.Conv2d(before, hidden_dim, 1, 1, 0, bias=False),
            nn.BatchNorm2d(hidden_dim),
            nn.ReLU6(inplace=True),
            nn.Conv2d(hidden_dim, hidden_dim, 3, stride, 1, groups=hidden_dim, bias=False),
            nn.BatchNorm2d(hidden_dim),
            nn.ReLU6(inplace=True),
            nn.Conv2d(hidden_dim, after, 1, 1, 0, bias=False),
            nn.BatchNorm2d(after),
        )

    def forward(self, x):
        if self.is_residual:
            return x + self.conv(x)
        else:
            return self.conv(x)


class SmallMobileNet(nn.Module):
    def __init__(self, n_class=10, input_size=64, width_mult=1.):
        super(SmallMobileNet, self).__init__()
        input_channel = 8
        last_channel = 64
        plan = [
            # t, c, n, s
            [1, 8, 1, 1],
            [4, 16, 2, 2],
            [4, 24, 2, 2],
        ]
        assert input_size % 32 == 0
        self.last_channel = rounded(last_channel * width_mult) if width_mult > 1.0 else last_channel
        self.features = [entry(3, input_channel, 2)]
        for t, c, n, s in plan:
            output_channel = rounded(c * width_mult) if t > 1 else c
            for i in range(n):
                if i == 0:
                    self.features.append(Inverted(input_channel, output_channel, s, expand_ratio=t))
                else:
                    self.features.append(Inverted(input_channel, output_channel, 1, expand_ratio=t))
                input_channel = output_channel
        self.features.append(nn.Conv2d(input_channel, self.last_channel, 1))
        self.features = nn.Sequential(*self.features)
        self.classifier = nn.Linear(self.last_channel, n_class)

    def forward(self, x):
        x = self.features(x)
        x = x.mean(3).mean(2)
        x = self.classifier(x)
        return x


net = SmallMobileNet(n_class=7)
out = net(torch.randn(2, 3, 64, 64))
print(out.shape, net.features[1].conv[3].weight.shape)
