from typing import Dict

import torch
import torch.nn as nn
import torch.nn.functional as F


class Backbone(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, stride=2, padding=1)
        self.norm = nn.GroupNorm(4, width)
        self.body = nn.Conv2d(width, width * 2, 3, stride=2, padding=1, groups=2)
        self.out_features = width * 2

    def forward(self, x):
        x = F.silu(self.norm(self.stem(x)))
        x = F.silu(self.body(x))
        return x.mean(dim=[2, 3])


class MultiTask(nn.Module):
    def __init__(self, tasks: Dict[str, int], width: int = 16):
        super().__init__()
        self.backbone = Backbone(width)
        self.heads = nn.ModuleDict({
            name: nn.Linear(self.backbone.out_features, size) for name, size in tasks.items()
        })
        self.log_vars = nn.Parameter(torch.zeros(len(tasks)))

    def forward(self, x) -> Dict[str, torch.Tensor]:
        features = self.backbone(x)
        return {name: head(features) for name, head in self.heads.items()}


tasks = {'species': 7, 'age': 1, 'colours': 4}
model = MultiTask(tasks)
for param in model.backbone.stem.parameters():
    param.requires_grad = False
optimizer = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)
losses = {
    'species': nn.CrossEntropyLoss(),
    'age': nn.L1Loss(),
    'colours': nn.BCEWithLogitsLoss(),
}
targets = {
    'species': torch.randint(7, (5,)),
    'age': torch.rand(5, 1) * 10,
    'colours': torch.randint(0, 2, (5, 4)).float(),
}
outputs = model(torch.randn(5, 3, 24, 24))
total = 0
for i, (name, criterion) in enumerate(losses.items()):
    precision = torch.exp(-model.log_vars[i])
    total = total + precision * criterion(outputs[name], targets[name]) + model.log_vars[i]
optimizer.zero_grad()
total.backward()
optimizer.step()
top = outputs['species'].topk(3, dim=1)
print(total.item(), top.indices.shape, [name for name, _ in model.named_children()])
