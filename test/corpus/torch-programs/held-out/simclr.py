import torch
import torch.nn as nn
import torch.nn.functional as F


class ProjectionHead(nn.Sequential):
    def __init__(self, in_dim, hidden, out_dim):
        super().__init__(
            nn.Linear(in_dim, hidden, bias=False),
            nn.BatchNorm1d(hidden),
            nn.ReLU(),
            nn.Linear(hidden, out_dim),
        )


class SimCLR(nn.Module):
    def __init__(self, base, feature_dim, projection_dim=16):
        super().__init__()
        self.encoder = base
        self.projector = ProjectionHead(feature_dim, feature_dim, projection_dim)

    def forward(self, first, second):
        h1, h2 = self.encoder(first), self.encoder(second)
        return self.projector(h1), self.projector(h2)


def augment(x, noise=0.1):
    if torch.rand(1).item() > 0.5:
        x = torch.flip(x, dims=[3])
    top = torch.randint(0, 5, (1,)).item()
    x = x[:, :, top:top + 28, :28]
    return x + noise * torch.randn_like(x)


def nt_xent(z1, z2, temperature=0.5):
    n = z1.size(0)
    z = F.normalize(torch.cat([z1, z2], dim=0), dim=1)
    similarity = torch.mm(z, z.T) / temperature
    mask = torch.eye(2 * n, dtype=torch.bool)
    similarity = similarity.masked_fill(mask, -1e9)
    targets = torch.cat([torch.arange(n, 2 * n), torch.arange(0, n)])
    return F.cross_entropy(similarity, targets)


encoder = nn.Sequential(
    nn.Conv2d(3, 8, 3, 2, 1), nn.BatchNorm2d(8), nn.ReLU(),
    nn.Conv2d(8, 16, 3, 2, 1), nn.BatchNorm2d(16), nn.ReLU(),
    nn.AdaptiveMaxPool2d(1), nn.Flatten(),
)
model = SimCLR(encoder, 16)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for step in range(2):
    images = torch.rand(6, 3, 32, 32)
    z1, z2 = model(augment(images), augment(images))
    loss = nt_xent(z1, z2)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

for param in model.encoder.parameters():
    param.requires_grad = False
probe = nn.Linear(16, 10)
with torch.no_grad():
    features = model.encoder(torch.rand(8, 3, 28, 28))
loss = F.cross_entropy(probe(features), torch.randint(0, 10, (8,)))
loss.backward()
print(loss.item(), probe.weight.grad.shape)
