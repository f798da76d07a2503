import torch
import torch.nn as nn
import torch.nn.functional as F


class ASPP(nn.Module):
    def __init__(self, in_channels, out_channels, rates=(1, 2, 4)):
        super().__init__()
        self.branches = nn.ModuleList()
        for rate in rates:
            kernel = 1 if rate == 1 else 3
            padding = 0 if rate == 1 else rate
            self.branches.append(nn.Conv2d(in_channels, out_channels, kernel, padding=padding, dilation=rate))
        self.pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(in_channels, out_channels, 1))
        self.project = nn.Conv2d(out_channels * (len(rates) + 1), out_channels, 1)

    def forward(self, x):
        size = x.shape[-2:]
        features = [branch(x) for branch in self.branches]
        pooled = F.interpolate(self.pool(x), size=size, mode='bilinear', align_corners=False)
        features.append(pooled)
        return self.project(torch.cat(features, dim=1))


class Segmenter(nn.Module):
    def __init__(self, n_classes):
        super().__init__()
        self.low = nn.Sequential(nn.Conv2d(3, 12, 3, stride=2, padding=1), nn.BatchNorm2d(12), nn.ReLU())
        self.high = nn.Sequential(nn.Conv2d(12, 24, 3, stride=2, padding=1), nn.BatchNorm2d(24), nn.ReLU())
        self.aspp = ASPP(24, 16)
        self.reduce = nn.Conv2d(12, 8, 1)
        self.classifier = nn.Conv2d(24, n_classes, 3, padding=1)

    def forward(self, x):
        low = self.low(x)
        high = self.aspp(self.high(low))
        high = F.interpolate(high, scale_factor=2, mode='nearest')
        joined = torch.cat((self.reduce(low), high), 1)
        logits = self.classifier(joined)
        return F.interpolate(logits, size=x.shape[2:], mode='bilinear', align_corners=True)


def iou(prediction, target, classes):
    scores = []
    for c in range(classes):
        p, t = prediction == c, target == c
        union = (p | t).sum().item()
        if union > 0:
            scores.append((p & t).sum().item() / union)
    return sum(scores) / len(scores)


n_classes = 5
model = Segmenter(n_classes)
images = torch.randn(2, 3, 48, 64)
masks = torch.randint(0, n_classes, (2, 48, 64))
masks[:, :4, :4] = 255
criterion = nn.CrossEntropyLoss(ignore_index=255)
optimizer = torch.optim.SGD([
    {'params': model.low.parameters(), 'lr': 1e-3},
    {'params': model.classifier.parameters()},
], lr=1e-2, weight_decay=1e-4)
logits = model(images)
loss = criterion(logits, masks)
optimizer.zero_grad()
loss.backward()
optimizer.step()
print(loss.item(), iou(logits.argmax(1), masks, n_classes))
