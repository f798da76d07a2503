from dataclasses import dataclass, field
from typing import List, Tuple

import torch
import torch.nn as nn


@dataclass
class Config:
    categories: List[int] = field(default_factory=lambda: [5, 7, 3])
    numeric: int = 4
    hidden: Tuple[int, ...] = (32, 16)
    dropout: float = 0.1
    out: int = 1


class TabularModel(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        dims = [min(50, (count + 1) // 2) for count in config.categories]
        self.embeds = nn.ModuleList([nn.Embedding(count, dim) for count, dim in zip(config.categories, dims)])
        self.emb_drop = nn.Dropout(config.dropout)
        self.bn_cont = nn.BatchNorm1d(config.numeric)
        layers = []
        n_in = sum(dims) + config.numeric
        for width in config.hidden:
            layers.append(nn.Linear(n_in, width))
            layers.append(nn.ReLU(inplace=True))
            layers.append(nn.BatchNorm1d(width))
            n_in = width
        layers.append(nn.Linear(n_in, config.out))
        self.layers = nn.Sequential(*layers)

    def forward(self, x_cat, x_cont):
        embeddings = [embed(x_cat[:, i]) for i, embed in enumerate(self.embeds)]
        x = self.emb_drop(torch.cat(embeddings, 1))
        x_cont = self.bn_cont(x_cont)
        x = torch.cat([x, x_cont], 1)
        return self.layers(x)


config = Config()
model = TabularModel(config)
cats = torch.stack([torch.randint(0, count, (20,)) for count in config.categories], dim=1)
conts = torch.randn(20, config.numeric)
y = torch.randn(20, 1)

criterion = nn.SmoothL1Loss()
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.001)
batch_size = 10
permutation = torch.randperm(20)
for start in range(0, 20, batch_size):
    index = permutation[start:start + batch_size]
    prediction = model(cats[index], conts[index])
    loss = torch.sqrt(criterion(prediction, y[index]))
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    print(start // batch_size, round(loss.item(), 3))
