import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset


class Shapes(Dataset):
    """Random pictures with a label for each."""

    def __init__(self, count=48, size=24, classes=6, transform=None):
        self.pictures = torch.randint(0, 256, (count, 3, size, size), dtype=torch.uint8)
        self.labels = torch.randint(0, classes, (count,))
        self.transform = transform

    def __len__(self):
        return self.labels.shape[0]

    def __getitem__(self, idx):
        picture = self.pictures[idx]
        if self.transform:
            picture = self.transform(picture)
        return {'image': picture, 'label': self.labels[idx]}


def normalise(x, mean=0.5, std=0.25):
    return (x.float() / 255 - mean) / std


class Student(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.depth = nn.Conv2d(3, 3, 3, stride=2, padding=1, groups=3)
        self.point = nn.Conv2d(3, 12, 1)
        self.head = nn.Linear(12, classes)

    def forward(self, x):
        x = F.hardswish(self.point(self.depth(x)))
        return self.head(x.mean(dim=[2, 3]))


def make_teacher(classes):
    return nn.Sequential(
        nn.Conv2d(3, 32, 5, stride=2), nn.BatchNorm2d(32), nn.Mish(),
        nn.Conv2d(32, 64, 3), nn.BatchNorm2d(64), nn.Mish(),
        nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(64 * 4, classes))


def distill(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):
    soft = F.kl_div(F.log_softmax(student_logits / T, dim=1), F.softmax(teacher_logits / T, dim=1), reduction='batchmean') * T * T
    hard = F.cross_entropy(student_logits, labels)
    return alpha * soft + (1 - alpha) * hard


classes = 6
data = Shapes(classes=classes, transform=normalise)
loader = DataLoader(data, batch_size=16, shuffle=True, drop_last=True)
teacher, student = make_teacher(classes), Student(classes)
teacher.eval()
for param in teacher.parameters():
    param.requires_grad = False
optimizer = torch.optim.Adam(student.parameters(), lr=1e-3)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.01, total_steps=len(loader) * 2)
for epoch in range(2):
    running = 0.0
    for batch in loader:
        images, labels = batch['image'], batch['label']
        with torch.no_grad():
            wanted = teacher(images)
        loss = distill(student(images), wanted, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
        running += loss.item() * images.size(0)
print(running / len(data) > 0)
