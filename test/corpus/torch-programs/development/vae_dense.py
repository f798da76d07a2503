import torch
from torch import nn, optim
from torch.nn import functional as F


class VAE(nn.Module):
    def __init__(self, input_dim=784, h_dim=100, z_dim=20):
        super().__init__()
        self.reduce = nn.Linear(input_dim, h_dim)
        self.to_mean = nn.Linear(h_dim, z_dim)
        self.to_logvar = nn.Linear(h_dim, z_dim)
        self.widen = nn.Linear(z_dim, h_dim)
        self.to_image = nn.Linear(h_dim, input_dim)
        self.relu = nn.ReLU()

    def encode(self, x):
        h = self.relu(self.reduce(x))
        return self.to_mean(h), self.to_logvar(h)

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        eps = torch.randn_like(std)
        return mu + eps * std

    def decode(self, z):
        h = self.relu(self.widen(z))
        return torch.sigmoid(self.to_image(h))

    def forward(self, x):
        mu, logvar = self.encode(x.view(-1, 784))
        z = self.reparameterize(mu, logvar)
        return self.decode(z), mu, logvar


def evidence_bound(rebuilt, x, mu, logvar):
    distance = F.binary_cross_entropy(rebuilt, x.view(-1, 784), reduction='sum')
    divergence = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return distance + divergence


model = VAE()
optimizer = optim.Adam(model.parameters(), lr=1e-3)
batches = [torch.rand(6, 1, 28, 28) for _ in range(3)]
model.train()
train_loss = 0
for batch_idx, data in enumerate(batches):
    optimizer.zero_grad()
    rebuilt, mu, logvar = model(data)
    loss = evidence_bound(rebuilt, data, mu, logvar)
    loss.backward()
    train_loss += loss.item()
    optimizer.step()
print('average loss', train_loss / (len(batches) * 6))

with torch.no_grad():
    sample = torch.randn(4, 20)
    sample = model.decode(sample).view(4, 1, 28, 28)
    comparison = torch.cat([data[:4], rebuilt.view(6, 1, 28, 28)[:4]])
print(sample.shape, comparison.shape)
