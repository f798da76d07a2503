import torch
import torch.nn as nn
import torch.nn.functional as F


class SentenceCNN(nn.Module):
    def __init__(self, vocab, dim=20, classes=3, filters=6, widths=(3, 4, 5), dropout=0.5, static=False):
        super(SentenceCNN, self).__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.convs = nn.ModuleList([nn.Conv2d(1, filters, (K, dim)) for K in widths])
        self.dropout = nn.Dropout(dropout)
        self.fc1 = nn.Linear(len(widths) * filters, classes)
        if static:
            self.embed.weight.requires_grad = False

    def forward(self, x):
        x = self.embed(x)
        x = x.unsqueeze(1)
        x = [F.relu(conv(x)).squeeze(3) for conv in self.convs]
        x = [F.max_pool1d(i, i.size(2)).squeeze(2) for i in x]
        x = torch.cat(x, 1)
        x = self.dropout(x)
        scores = self.fc1(x)
        return scores


class FastText(nn.Module):
    def __init__(self, vocab, dim, classes):
        super().__init__()
        self.bag = nn.EmbeddingBag(vocab, dim, mode='mean')
        self.fc = nn.Linear(dim, classes)

    def forward(self, text, offsets):
        return self.fc(self.bag(text, offsets))


def evaluate(model, batches):
    model.eval()
    right, loss_sum = 0, 0.0
    size = 0
    for feature, target in batches:
        scores = model(feature)
        loss = F.cross_entropy(scores, target, reduction='sum')
        loss_sum += loss.item()
        right += (torch.max(scores, 1)[1].view(target.size()).data == target.data).sum()
        size += len(target)
    accuracy = 100.0 * right / size
    return loss_sum / size, accuracy


batches = [(torch.randint(0, 40, (4, 12)), torch.randint(0, 3, (4,))) for _ in range(2)]
model = SentenceCNN(40)
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
model.train()
for feature, target in batches:
    optimizer.zero_grad()
    scores = model(feature)
    loss = F.cross_entropy(scores, target)
    loss.backward()
    optimizer.step()
print(evaluate(model, batches))
bag = FastText(40, 10, 3)
scores = bag(torch.randint(0, 40, (14,)), torch.tensor([0, 5, 9]))
print(F.cross_entropy(scores, torch.tensor([0, 2, 1])).item())
