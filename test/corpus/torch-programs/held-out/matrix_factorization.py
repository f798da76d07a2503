import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

n_users, n_items = 30, 50


class Ratings(Dataset):
    def __init__(self, users, items, ratings):
        self.users = torch.as_tensor(users, dtype=torch.long)
        self.items = torch.as_tensor(items, dtype=torch.long)
        self.ratings = torch.as_tensor(ratings, dtype=torch.float32)

    def __len__(self):
        return len(self.ratings)

    def __getitem__(self, i):
        return self.users[i], self.items[i], self.ratings[i]


class MF(nn.Module):
    def __init__(self, n_users, n_items, k=8):
        super().__init__()
        self.user = nn.Embedding(n_users, k)
        self.item = nn.Embedding(n_items, k)
        self.user_bias = nn.Embedding(n_users, 1)
        self.item_bias = nn.Embedding(n_items, 1)
        self.mean = nn.Parameter(torch.zeros(1))

    def forward(self, u, i):
        dot = (self.user(u) * self.item(i)).sum(dim=1, keepdim=True)
        return (dot + self.user_bias(u) + self.item_bias(i) + self.mean).squeeze(-1)


class NeuralCF(nn.Module):
    def __init__(self, n_users, n_items, k=8, hidden=(32, 16)):
        super().__init__()
        self.user = nn.Embedding(n_users, k)
        self.item = nn.Embedding(n_items, k)
        sizes = [2 * k, *hidden]
        self.mlp = nn.Sequential(*[
            layer for a, b in zip(sizes[:-1], sizes[1:]) for layer in (nn.Linear(a, b), nn.ReLU())
        ])
        self.out = nn.Linear(hidden[-1], 1)

    def forward(self, u, i):
        x = torch.cat([self.user(u), self.item(i)], dim=-1)
        return self.out(self.mlp(x)).view(-1)


rng = np.random.default_rng(1)
dataset = Ratings(rng.integers(0, n_users, 64), rng.integers(0, n_items, 64), rng.uniform(1, 5, 64))
loader = DataLoader(dataset, batch_size=16, shuffle=True, num_workers=0)
criterion = nn.MSELoss()
for model in (MF(n_users, n_items), NeuralCF(n_users, n_items)):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2, weight_decay=1e-5)
    for users, items, ratings in loader:
        optimizer.zero_grad()
        loss = criterion(model(users, items), ratings)
        loss.backward()
        optimizer.step()
    user = torch.full((n_items,), 3, dtype=torch.long)
    with torch.no_grad():
        best = model(user, torch.arange(n_items)).topk(5).indices
    print(type(model).__name__, loss.item(), best.tolist())
