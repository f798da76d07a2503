import math
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F


class SineTask:
    def __init__(self):
        self.amplitude = 0.1 + 4.9 * torch.rand(1)
        self.phase = math.pi * torch.rand(1)

    def draw(self, k):
        x = torch.rand(k, 1) * 10 - 5
        return x, self.amplitude * torch.sin(x + self.phase)


class Learner(nn.Module):
    def __init__(self, hidden=20):
        super().__init__()
        self.l1 = nn.Linear(1, hidden)
        self.l2 = nn.Linear(hidden, hidden)
        self.l3 = nn.Linear(hidden, 1)

    def forward(self, x, params=None):
        if params is None:
            params = OrderedDict(self.named_parameters())
        x = F.relu(F.linear(x, params['l1.weight'], params['l1.bias']))
        x = F.relu(F.linear(x, params['l2.weight'], params['l2.bias']))
        return F.linear(x, params['l3.weight'], params['l3.bias'])

    def adapt(self, x, y, lr=0.01, steps=1):
        params = OrderedDict(self.named_parameters())
        for _ in range(steps):
            loss = F.mse_loss(self.forward(x, params), y)
            grads = torch.autograd.grad(loss, params.values(), create_graph=True)
            params = OrderedDict((name, p - lr * g) for (name, p), g in zip(params.items(), grads))
        return params


model = Learner()
meta = torch.optim.Adam(model.parameters(), lr=1e-3)
K, tasks = 5, 3
history = []
for iteration in range(2):
    meta_loss = torch.tensor(0.0)
    for _ in range(tasks):
        task = SineTask()
        support_x, support_y = task.draw(K)
        query_x, query_y = task.draw(K * 2)
        fast = model.adapt(support_x, support_y, steps=2)
        meta_loss = meta_loss + F.mse_loss(model(query_x, fast), query_y)
    meta_loss = meta_loss / tasks
    meta.zero_grad()
    meta_loss.backward()
    grad_norm = torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=10.0)
    meta.step()
    history.append(meta_loss.item())
best = min(history)
grid = torch.linspace(-5, 5, 50).unsqueeze(1)
with torch.no_grad():
    curve = model(grid).squeeze(1)
print(curve.shape, best <= history[0])
