import math

import torch
import torch.nn as nn
import torch.nn.init as init


class SubPixel(nn.Module):
    def __init__(self, factor):
        super(SubPixel, self).__init__()
        self.relu = nn.ReLU()
        self.conv1 = nn.Conv2d(1, 16, (5, 5), (1, 1), (2, 2))
        self.conv2 = nn.Conv2d(16, 16, (3, 3), (1, 1), (1, 1))
        self.conv3 = nn.Conv2d(16, 8, (3, 3), (1, 1), (1, 1))
        self.conv4 = nn.Conv2d(8, factor ** 2, (3, 3), (1, 1), (1, 1))
        self.rearrange = nn.PixelShuffle(factor)
        self._start_weights()

    def forward(self, x):
        x = self.relu(self.conv1(x))
        x = self.relu(self.conv2(x))
        x = self.relu(self.conv3(x))
        x = self.rearrange(self.conv4(x))
        return x

    def _start_weights(self):
        init.orthogonal_(self.conv1.weight, init.calculate_gain('relu'))
        init.orthogonal_(self.conv2.weight, init.calculate_gain('relu'))
        init.orthogonal_(self.conv3.weight, init.calculate_gain('relu'))
        init.orthogonal_(self.conv4.weight)


class DenseBlock(nn.Module):
    def __init__(self, channels=12, growth=6):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, growth, 3, 1, 1)
        self.conv2 = nn.Conv2d(channels + growth, growth, 3, 1, 1)
        self.conv3 = nn.Conv2d(channels + 2 * growth, channels, 3, 1, 1)
        self.leaky = nn.LeakyReLU(negative_slope=0.2, inplace=True)

    def forward(self, x):
        x1 = self.leaky(self.conv1(x))
        x2 = self.leaky(self.conv2(torch.cat((x, x1), 1)))
        x3 = self.conv3(torch.cat((x, x1, x2), 1))
        return x3 * 0.2 + x


class Enhancer(nn.Module):
    def __init__(self, blocks=2, scale=2):
        super().__init__()
        self.first = nn.Conv2d(3, 12, 3, 1, 1)
        self.body = nn.Sequential(*[DenseBlock() for _ in range(blocks)])
        self.up = nn.Upsample(scale_factor=scale, mode='nearest')
        self.last = nn.Conv2d(12, 3, 3, 1, 1)

    def forward(self, x):
        features = self.first(x)
        features = features + self.body(features)
        return self.last(self.up(features))


def psnr(mse):
    return 10 * math.log10(1 / mse)


upscale = 3
model = SubPixel(factor=upscale)
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
accumulated = 0
for iteration in range(1, 3):
    target = torch.rand(2, 1, 24, 24)
    input = nn.functional.interpolate(target, scale_factor=1 / upscale, mode='bicubic', align_corners=False)
    optimizer.zero_grad()
    loss = criterion(model(input), target)
    accumulated += loss.item()
    loss.backward()
    optimizer.step()
print(psnr(accumulated / 2))
large = Enhancer()(torch.rand(1, 3, 10, 14))
loss = nn.functional.l1_loss(large, torch.rand(1, 3, 20, 28))
print(large.shape, loss.item())
