import torch
import torch.nn as nn
import torch.nn.functional as F


class TNet(nn.Module):
    def __init__(self, k=3):
        super().__init__()
        self.k = k
        self.conv1 = nn.Conv1d(k, 16, 1)
        self.conv2 = nn.Conv1d(16, 32, 1)
        self.fc1 = nn.Linear(32, 24)
        self.fc2 = nn.Linear(24, k * k)
        self.bn1 = nn.BatchNorm1d(16)
        self.bn2 = nn.BatchNorm1d(32)

    def forward(self, x):
        batch = x.size(0)
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        x = torch.max(x, 2, keepdim=True)[0].view(-1, 32)
        x = self.fc2(F.relu(self.fc1(x)))
        identity = torch.eye(self.k).flatten().repeat(batch, 1)
        return (x + identity).view(-1, self.k, self.k)


class PointNet(nn.Module):
    def __init__(self, classes=4, parts=6):
        super().__init__()
        self.input_transform = TNet(3)
        self.feature_transform = TNet(16)
        self.conv1 = nn.Conv1d(3, 16, 1)
        self.conv2 = nn.Conv1d(16, 64, 1)
        self.cls = nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(p=0.3), nn.Linear(32, classes))
        self.seg = nn.Conv1d(16 + 64, parts, 1)

    def forward(self, points):
        n = points.size(2)
        t = self.input_transform(points)
        x = torch.bmm(points.transpose(2, 1), t).transpose(2, 1)
        x = F.relu(self.conv1(x))
        tf = self.feature_transform(x)
        local = torch.bmm(x.transpose(2, 1), tf).transpose(2, 1)
        x = self.conv2(local)
        pooled = x.max(dim=2)[0]
        wide = pooled.unsqueeze(2).repeat(1, 1, n)
        return self.cls(pooled), self.seg(torch.cat([local, wide], dim=1)), tf


def orthogonal(t):
    d = t.size(1)
    return torch.norm(torch.bmm(t, t.transpose(2, 1)) - torch.eye(d)[None], dim=(1, 2)).mean()


cloud = torch.randn(6, 128, 3).transpose(1, 2)
cloud_labels = torch.randint(0, 4, (6,))
part_labels = torch.randint(0, 6, (6, 128))
net = PointNet()
opt = torch.optim.Adam(net.parameters(), lr=1e-3, betas=(0.9, 0.999))
for it in range(2):
    classes, parts, tf = net(cloud)
    loss = F.cross_entropy(classes, cloud_labels) + F.cross_entropy(parts, part_labels) + 0.001 * orthogonal(tf)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(parts.argmax(1).eq(part_labels).float().mean().item() < 1)
