import os
from collections import OrderedDict

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, random_split


class FlowerData(Dataset):
    def __init__(self, n=60, transform=None):
        generator = np.random.RandomState(7)
        self.features = generator.rand(n, 4).astype('float32')
        self.targets = generator.randint(0, 3, size=n)
        self.transform = transform

    def __len__(self):
        return len(self.features)

    def __getitem__(self, idx):
        row = torch.from_numpy(self.features[idx])
        if self.transform is not None:
            row = self.transform(row)
        return {'x': row, 'y': int(self.targets[idx])}


class Standardize:
    def __init__(self, mean, std):
        self.mean = torch.tensor(mean)
        self.std = torch.tensor(std)

    def __call__(self, row):
        return (row - self.mean) / self.std


dataset = FlowerData(60, transform=Standardize([0.5, 0.5, 0.5, 0.5], [0.3, 0.3, 0.3, 0.3]))
train_set, val_set = random_split(dataset, [48, 12], generator=torch.Generator().manual_seed(42))
train_loader = DataLoader(train_set, batch_size=16, shuffle=True, drop_last=True)
val_loader = DataLoader(val_set, batch_size=12)

model = nn.Sequential(OrderedDict([
    ('hidden', nn.Linear(4, 12)),
    ('act', nn.Tanh()),
    ('output', nn.Linear(12, 3)),
]))
optimizer = torch.optim.Adagrad(model.parameters(), lr=0.1)
loss_fn = nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 1.0]))
best = float('inf')
history = {'train': [], 'val': []}
for epoch in range(2):
    model.train()
    for batch in train_loader:
        optimizer.zero_grad()
        loss = loss_fn(model(batch['x']), batch['y'])
        loss.backward()
        optimizer.step()
    history['train'].append(loss.item())
    model.eval()
    with torch.no_grad():
        for batch in val_loader:
            val_loss = loss_fn(model(batch['x']), batch['y'])
    history['val'].append(val_loss.item())
    if val_loss < best:
        best = val_loss
        state = {k: v.clone() for k, v in model.state_dict().items()}

model.load_state_dict(state)
print(os.path.basename('runs/best.pt'), len(history['val']), model.hidden.weight.shape)
