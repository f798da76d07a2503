import math
import torch
import torch.nn as nn
import torch.distributions as D


class Coupling(nn.Module):
    def __init__(self, dim, hidden, mask):
        super().__init__()
        self.register_buffer('mask', mask)
        self.scale = nn.Sequential(nn.Linear(dim, hidden), nn.Tanh(), nn.Linear(hidden, dim), nn.Tanh())
        self.shift = nn.Sequential(nn.Linear(dim, hidden), nn.Tanh(), nn.Linear(hidden, dim))

    def forward(self, x):
        kept = x * self.mask
        s = self.scale(kept) * (1 - self.mask)
        t = self.shift(kept) * (1 - self.mask)
        return kept + (1 - self.mask) * (x * torch.exp(s) + t), s.sum(dim=1)

    def inverse(self, z):
        kept = z * self.mask
        s = self.scale(kept) * (1 - self.mask)
        t = self.shift(kept) * (1 - self.mask)
        return kept + (1 - self.mask) * (z - t) * torch.exp(-s)


class RealNVP(nn.Module):
    def __init__(self, dim=2, hidden=24, layers=4):
        super().__init__()
        masks = [torch.tensor([float((i + j) % 2) for j in range(dim)]) for i in range(layers)]
        self.layers = nn.ModuleList([Coupling(dim, hidden, m) for m in masks])
        self.prior = D.MultivariateNormal(torch.zeros(dim), torch.eye(dim))

    def log_prob(self, x):
        total = torch.zeros(x.size(0))
        for layer in self.layers:
            x, log_det = layer(x)
            total = total + log_det
        return self.prior.log_prob(x) + total

    def sample(self, n):
        z = self.prior.sample((n,))
        for layer in reversed(self.layers):
            z = layer.inverse(z)
        return z


class Field(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(dim + 1, hidden), nn.Softplus(), nn.Linear(hidden, dim))

    def forward(self, t, x):
        time = torch.full((x.size(0), 1), t)
        return self.net(torch.cat([x, time], dim=1))


def rk4(field, x, start=0.0, end=1.0, steps=4):
    h = (end - start) / steps
    t = start
    for _ in range(steps):
        k1 = field(t, x)
        k2 = field(t + h / 2, x + h / 2 * k1)
        k3 = field(t + h / 2, x + h / 2 * k2)
        k4 = field(t + h, x + h * k3)
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        t = t + h
    return x


def moons(n):
    angle = torch.rand(n) * math.pi
    side = torch.randint(0, 2, (n,))
    x = torch.where(side == 0, torch.cos(angle), 1 - torch.cos(angle))
    y = torch.where(side == 0, torch.sin(angle), 0.5 - torch.sin(angle))
    return torch.stack([x, y], dim=1) + 0.05 * torch.randn(n, 2), side


flow, field, readout = RealNVP(), Field(2, 16), nn.Linear(2, 2)
opt = torch.optim.Adam([{'params': flow.parameters()}, {'params': list(field.parameters()) + list(readout.parameters()), 'lr': 5e-3}], lr=1e-3)
for step in range(2):
    x, side = moons(64)
    nll = -flow.log_prob(x).mean()
    logits = readout(rk4(field, x))
    loss = nll + nn.functional.cross_entropy(logits, side)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(flow.sample(10).shape)
