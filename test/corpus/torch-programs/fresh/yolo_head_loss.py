import torch
import torch.nn as nn

S, B, C = 4, 2, 3


def conv(cin, cout, k, s=1):
    return nn.Sequential(nn.Conv2d(cin, cout, k, s, k // 2, bias=False), nn.BatchNorm2d(cout), nn.LeakyReLU(0.1))


class TinyYolo(nn.Module):
    def __init__(self, widths=(16, 32, 48)):
        super().__init__()
        layers, cin = [], 3
        for w in widths:
            layers += [conv(cin, w, 3), nn.MaxPool2d(2, 2)]
            cin = w
        self.darknet = nn.Sequential(*layers)
        self.fcs = nn.Sequential(nn.Flatten(), nn.Linear(cin * S * S, 128), nn.LeakyReLU(0.1), nn.Linear(128, S * S * (C + B * 5)))

    def forward(self, x):
        return self.fcs(self.darknet(x)).reshape(-1, S, S, C + B * 5)


def iou(a, b):
    ax1, ay1 = a[..., 0:1] - a[..., 2:3] / 2, a[..., 1:2] - a[..., 3:4] / 2
    ax2, ay2 = a[..., 0:1] + a[..., 2:3] / 2, a[..., 1:2] + a[..., 3:4] / 2
    bx1, by1 = b[..., 0:1] - b[..., 2:3] / 2, b[..., 1:2] - b[..., 3:4] / 2
    bx2, by2 = b[..., 0:1] + b[..., 2:3] / 2, b[..., 1:2] + b[..., 3:4] / 2
    w = (torch.min(ax2, bx2) - torch.max(ax1, bx1)).clamp(0)
    h = (torch.min(ay2, by2) - torch.max(ay1, by1)).clamp(0)
    inter = w * h
    area_a = ((ax2 - ax1) * (ay2 - ay1)).abs()
    area_b = ((bx2 - bx1) * (by2 - by1)).abs()
    return inter / (area_a + area_b - inter + 1e-6)


class YoloLoss(nn.Module):
    def __init__(self, coord=5.0, noobj=0.5):
        super().__init__()
        self.mse = nn.MSELoss(reduction='sum')
        self.coord, self.noobj = coord, noobj

    def forward(self, predictions, target):
        boxes = target[..., C + 1:C + 5]
        ious = torch.stack([iou(predictions[..., C + 1 + 5 * b:C + 5 + 5 * b], boxes) for b in range(B)])
        best = ious.argmax(dim=0)
        exists = target[..., C:C + 1]
        chosen = exists * (best * predictions[..., C + 6:C + 10] + (1 - best) * predictions[..., C + 1:C + 5])
        box_loss = self.mse(torch.flatten(chosen, end_dim=-2), torch.flatten(exists * boxes, end_dim=-2))
        score = best * predictions[..., C + 5:C + 6] + (1 - best) * predictions[..., C:C + 1]
        object_loss = self.mse(torch.flatten(exists * score), torch.flatten(exists))
        empty_loss = sum(self.mse((1 - exists) * predictions[..., C + 5 * b:C + 1 + 5 * b], torch.zeros_like(exists)) for b in range(B))
        class_loss = self.mse(exists * predictions[..., :C], exists * target[..., :C])
        return self.coord * box_loss + object_loss + self.noobj * empty_loss + class_loss


model = TinyYolo()
criterion = YoloLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=1e-4)
images = torch.rand(3, 3, 32, 32)
targets = torch.zeros(3, S, S, C + B * 5)
targets[:, 1, 2, C] = 1.0
targets[:, 1, 2, C + 1:C + 5] = torch.rand(3, 4)
targets[:, 1, 2, 0] = 1.0
for _ in range(2):
    loss = criterion(model(images), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(round(loss.item(), 1) > 0)
