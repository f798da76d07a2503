import torch
from torch import nn


class ChannelGate(nn.Module):
    def __init__(self, channel, ratio=4):
        super(ChannelGate, self).__init__()
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(
            nn.Linear(channel, channel // ratio, bias=False),
            nn.ReLU(inplace=True),
            nn.Linear(channel // ratio, channel, bias=False),
            nn.Sigmoid()
        )

    def forward(self, x):
        b, c, _, _ = x.size()
        y = self.avg_pool(x).view(b, c)
        y = self.fc(y).view(b, c, 1, 1)
        return x * y.expand_as(x)


class SpatialAttention(nn.Module):
    def __init__(self, kernel_size=7):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, kernel_size, padding=kernel_size // 2, bias=False)

    def forward(self, x):
        avg_out = torch.mean(x, dim=1, keepdim=True)
        max_out, _ = torch.max(x, dim=1, keepdim=True)
        attention = torch.sigmoid(self.conv(torch.cat([avg_out, max_out], dim=1)))
        return x * attention


class Bottleneck(nn.Module):
    def __init__(self, in_channels, channels, downsample=False):
        super().__init__()
        stride = 2 if downsample else 1
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, channels, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.Conv2d(channels, channels, 3, stride, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.Conv2d(channels, channels * 2, 1, bias=False), nn.BatchNorm2d(channels * 2),
        )
        self.se = ChannelGate(channels * 2)
        self.spatial = SpatialAttention()
        self.skip = nn.Conv2d(in_channels, channels * 2, 1, stride) if downsample or in_channels != channels * 2 else nn.Identity()

    def forward(self, x):
        y = self.spatial(self.se(self.net(x)))
        return torch.relu(y + self.skip(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = nn.Sequential(Bottleneck(3, 8, True), Bottleneck(16, 8), Bottleneck(16, 16, True))
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(1), nn.Dropout(0.5), nn.Linear(32, 4))

    def forward(self, x):
        return self.head(self.stages(x))


model = Net()
scheduler_steps = 3
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=scheduler_steps)
weights = torch.ones(4)
criterion = nn.CrossEntropyLoss(weight=weights)
for _ in range(scheduler_steps):
    optimizer.zero_grad()
    criterion(model(torch.randn(4, 3, 32, 32)), torch.randint(0, 4, (4,))).backward()
    optimizer.step()
    scheduler.step()
print(scheduler.get_last_lr()[0], dict(model.named_parameters())['head.3.bias'].shape)
