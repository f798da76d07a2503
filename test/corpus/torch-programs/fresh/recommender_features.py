import numpy as np
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Dataset

rng = np.random.default_rng(0)
FIELD_SIZES = [12, 7, 30]


class Clicks(Dataset):
    def __init__(self, rows):
        self.categories = np.stack([rng.integers(0, size, rows) for size in FIELD_SIZES], axis=1)
        self.numbers = rng.normal(size=(rows, 4)).astype('float32')
        self.clicks = (self.numbers.sum(axis=1) > 0).astype('float32')

    def __len__(self):
        return len(self.clicks)

    def __getitem__(self, i):
        return torch.as_tensor(self.categories[i]), torch.as_tensor(self.numbers[i]), torch.tensor(self.clicks[i])


class FactorizationMachine(nn.Module):
    def __init__(self, field_sizes, dim):
        super().__init__()
        self.offsets = torch.tensor([0] + list(np.cumsum(field_sizes)[:-1]))
        self.linear = nn.Embedding(sum(field_sizes), 1)
        self.factors = nn.Embedding(sum(field_sizes), dim)
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        x = x + self.offsets.unsqueeze(0)
        v = self.factors(x)
        pairwise = 0.5 * (v.sum(1).pow(2) - v.pow(2).sum(1)).sum(1)
        return self.bias + self.linear(x).sum(dim=(1, 2)) + pairwise, v


class DeepFM(nn.Module):
    def __init__(self, field_sizes, numbers, dim=8, hidden=(32, 16)):
        super().__init__()
        self.fm = FactorizationMachine(field_sizes, dim)
        width = dim * len(field_sizes) + numbers
        layers = []
        for h in hidden:
            layers.extend([nn.Linear(width, h), nn.BatchNorm1d(h), nn.PReLU()])
            width = h
        layers.append(nn.Linear(width, 1))
        self.deep = nn.Sequential(*layers)

    def forward(self, categories, numbers):
        wide, v = self.fm(categories)
        deep = self.deep(torch.cat([v.flatten(1), numbers], dim=1)).squeeze(1)
        return wide + deep


def auc(scores, labels):
    positive, negative = scores[labels == 1], scores[labels == 0]
    return (positive[:, None] > negative[None, :]).float().mean().item()


train, test = Clicks(96), Clicks(32)
model = DeepFM(FIELD_SIZES, 4)
criterion = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adagrad(model.parameters(), lr=0.05, weight_decay=1e-5)
for epoch in range(2):
    model.train()
    for categories, numbers, clicks in DataLoader(train, batch_size=24, shuffle=True):
        loss = criterion(model(categories, numbers), clicks)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
model.eval()
scores, truths = [], []
with torch.no_grad():
    for categories, numbers, clicks in DataLoader(test, batch_size=16):
        scores.append(torch.sigmoid(model(categories, numbers)))
        truths.append(clicks)
print(auc(torch.cat(scores), torch.cat(truths)) >= 0)
