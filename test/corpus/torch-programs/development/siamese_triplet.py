import torch
import torch.nn as nn
import torch.nn.functional as F


class Embedder(nn.Module):
    def __init__(self, dim=2):
        super().__init__()
        self.convolutions = nn.Sequential(nn.Conv2d(1, 8, 5), nn.PReLU(), nn.MaxPool2d(2, stride=2),
                                     nn.Conv2d(8, 16, 5), nn.PReLU(), nn.MaxPool2d(2, stride=2))
        self.fc = nn.Sequential(nn.Linear(16 * 4 * 4, 32), nn.PReLU(), nn.Linear(32, dim))

    def forward(self, x):
        output = self.convolutions(x)
        output = output.view(output.size()[0], -1)
        return self.fc(output)

    def get_embedding(self, x):
        return F.normalize(self.forward(x), p=2, dim=1)


class ThreeWay(nn.Module):
    def __init__(self, embedder):
        super().__init__()
        self.embedder = embedder

    def forward(self, x1, x2, x3):
        output1 = self.embedder(x1)
        output2 = self.embedder(x2)
        output3 = self.embedder(x3)
        return output1, output2, output3


class PairLoss(nn.Module):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin
        self.eps = 1e-9

    def forward(self, output1, output2, target, size_average=True):
        distances = (output2 - output1).pow(2).sum(1)
        losses = 0.5 * (target.float() * distances + (1 + -1 * target).float() * F.relu(self.margin - (distances + self.eps).sqrt()).pow(2))
        return losses.mean() if size_average else losses.sum()


embedder = Embedder(dim=4)
model = ThreeWay(embedder)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
triplet = nn.TripletMarginLoss(margin=1.0, p=2)
contrastive = PairLoss(1.0)
anchor, positive, negative = (torch.randn(6, 1, 28, 28) for _ in range(3))
for step in range(2):
    optimizer.zero_grad()
    a, p, n = model(anchor, positive, negative)
    target = torch.randint(0, 2, (6,))
    loss = triplet(a, p, n) + contrastive(a, p, target)
    loss.backward()
    optimizer.step()
with torch.no_grad():
    similarity = F.cosine_similarity(embedder.get_embedding(anchor), embedder.get_embedding(positive))
    distances = torch.cdist(a, n)
print(loss.item(), similarity.shape, distances.shape)
