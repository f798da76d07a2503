import torch
import torch.nn as nn
import torch.nn.functional as F


class Residual(nn.Module):
    expansion = 1

    def __init__(self, before, width, stride=1):
        super(Residual, self).__init__()
        self.conv1 = nn.Conv2d(before, width, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, kernel_size=3, stride=1, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)

        self.bypass = nn.Sequential()
        if stride != 1 or before != self.expansion * width:
            self.bypass = nn.Sequential(
                nn.Conv2d(before, self.expansion * width, kernel_size=1, stride=stride, bias=False),
                nn.BatchNorm2d(self.expansion * width),
            )

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += self.bypass(x)
        out = F.relu(out)
        return out


class ResNet(nn.Module):
    def __init__(self, block, counts, num_classes=10):
        super(ResNet, self).__init__()
        self.before = 16
        self.conv1 = nn.Conv2d(3, 16, kernel_size=3, stride=1, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = self._stage(block, 16, counts[0], stride=1)
        self.layer2 = self._stage(block, 32, counts[1], stride=2)
        self.layer3 = self._stage(block, 64, counts[2], stride=2)
        self.linear = nn.Linear(64 * block.expansion, num_classes)

    def _stage(self, block, width, counts, stride):
        strides = [stride] + [1] * (counts - 1)
        layers = []
        for stride in strides:
            layers.append(block(self.before, width, stride))
            self.before = width * block.expansion
        return nn.Sequential(*layers)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.layer1(out)
        out = self.layer2(out)
        out = self.layer3(out)
        out = F.avg_pool2d(out, 8)
        out = out.view(out.size(0), -1)
        return self.linear(out)


def resnet14():
    return ResNet(Residual, [2, 2, 2])


net = resnet14()
scores = net(torch.randn(2, 3, 32, 32))
loss = F.cross_entropy(scores, torch.tensor([3, 7]))
loss.backward()
print(scores.size(), loss.item())
