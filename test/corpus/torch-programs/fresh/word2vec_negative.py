import random
import torch
import torch.nn as nn
import torch.nn.functional as F
from collections import Counter

random.seed(1)
corpus = ('the quick brown fox jumps over the lazy dog and the dog sleeps while the fox runs away from the dog').split()
counts = Counter(corpus)
vocab = sorted(counts, key=counts.get, reverse=True)
index = {w: i for i, w in enumerate(vocab)}
ids = [index[w] for w in corpus]
window, k, dim = 2, 4, 16
pairs = []
for center in range(len(ids)):
    for offset in range(-window, window + 1):
        other = center + offset
        if offset != 0 and 0 <= other < len(ids):
            pairs.append((ids[center], ids[other]))


class SkipGram(nn.Module):
    def __init__(self, size, dim):
        super().__init__()
        self.inside = nn.Embedding(size, dim)
        self.outside = nn.Embedding(size, dim)
        nn.init.uniform_(self.inside.weight, -0.5 / dim, 0.5 / dim)
        nn.init.zeros_(self.outside.weight)

    def forward(self, center, context, negative):
        v = self.inside(center)
        u = self.outside(context)
        n = self.outside(negative)
        positive = F.logsigmoid((v * u).sum(dim=1))
        noise = F.logsigmoid(-torch.bmm(n, v.unsqueeze(2)).squeeze(2)).sum(dim=1)
        return -(positive + noise).mean()


freq = torch.tensor([counts[w] for w in vocab], dtype=torch.float).pow(0.75)
model = SkipGram(len(vocab), dim)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
random.shuffle(pairs)
for start in range(0, 60, 20):
    batch = torch.tensor(pairs[start:start + 20])
    negative = torch.multinomial(freq, 20 * k, replacement=True).view(20, k)
    loss = model(batch[:, 0], batch[:, 1], negative)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
vectors = F.normalize(model.inside.weight.detach(), dim=1)
similar = vectors @ vectors[index['fox']]
top = similar.topk(3).indices.tolist()
print([vocab[i] for i in top])
