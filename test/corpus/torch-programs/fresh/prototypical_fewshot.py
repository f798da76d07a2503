import torch
import torch.nn as nn
import torch.nn.functional as F


def conv_block(in_channels, out_channels):
    return nn.Sequential(nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(), nn.MaxPool2d(2))


class Protonet(nn.Module):
    def __init__(self, x_dim=1, hid_dim=16, z_dim=24):
        super().__init__()
        self.encoder = nn.Sequential(conv_block(x_dim, hid_dim), conv_block(hid_dim, hid_dim), conv_block(hid_dim, z_dim))

    def forward(self, x):
        return self.encoder(x).flatten(start_dim=1)


def euclidean(x, y):
    n, m, d = x.size(0), y.size(0), x.size(1)
    x = x.unsqueeze(1).expand(n, m, d)
    y = y.unsqueeze(0).expand(n, m, d)
    return torch.pow(x - y, 2).sum(2)


class Episodes:
    def __init__(self, images, labels, ways, shots, queries, count):
        self.images, self.labels = images, labels
        self.ways, self.shots, self.queries, self.count = ways, shots, queries, count
        self.classes = torch.unique(labels)

    def __iter__(self):
        for _ in range(self.count):
            chosen = self.classes[torch.randperm(len(self.classes))[:self.ways]]
            support, query = [], []
            for c in chosen:
                where = torch.nonzero(self.labels == c).flatten()
                where = where[torch.randperm(len(where))]
                support.append(self.images[where[:self.shots]])
                query.append(self.images[where[self.shots:self.shots + self.queries]])
            yield torch.stack(support), torch.stack(query)


images = torch.rand(80, 1, 28, 28)
labels = torch.arange(8).repeat_interleave(10)
model = Protonet()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
ways, shots, queries = 5, 2, 3
for support, query in Episodes(images, labels, ways, shots, queries, 2):
    z = model(torch.cat([support.reshape(ways * shots, *support.shape[2:]), query.reshape(ways * queries, *query.shape[2:])], 0))
    prototypes = z[:ways * shots].view(ways, shots, -1).mean(1)
    distances = euclidean(z[ways * shots:], prototypes)
    log_p = F.log_softmax(-distances, dim=1).view(ways, queries, -1)
    target = torch.arange(ways).view(ways, 1, 1).expand(ways, queries, 1).long()
    loss = -log_p.gather(2, target).squeeze(2).mean()
    accuracy = log_p.max(2)[1].eq(target.squeeze(2)).float().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(loss.item() > 0, accuracy.item() >= 0)
