import numpy as np
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, random_split

np.random.seed(7)
torch.manual_seed(7)
NUM_CLASSES, FEATURES = 5, 20
X = np.random.randn(400, FEATURES).astype(np.float32)
y = np.random.randint(0, NUM_CLASSES, size=400)
mean, std = X.mean(axis=0), X.std(axis=0)
X = (X - mean) / std
full = TensorDataset(torch.from_numpy(X), torch.from_numpy(y).long())
train_set, val_set = random_split(full, [320, 80])
train_loader = DataLoader(train_set, batch_size=32, shuffle=True)
val_loader = DataLoader(val_set, batch_size=80)


class Classifier(nn.Module):
    def __init__(self, in_features, hidden, num_classes, dropout=0.3):
        super().__init__()
        self.fc1 = nn.Linear(in_features, hidden)
        self.bn = nn.BatchNorm1d(hidden)
        self.drop = nn.Dropout(dropout)
        self.fc2 = nn.Linear(hidden, num_classes)

    def forward(self, x):
        x = self.drop(torch.relu(self.bn(self.fc1(x))))
        return self.fc2(x)


def accuracy(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean().item()


model = Classifier(FEATURES, 64, NUM_CLASSES)
weights = torch.ones(NUM_CLASSES)
criterion = nn.CrossEntropyLoss(weight=weights, label_smoothing=0.05)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
for epoch in range(2):
    model.train()
    for inputs, labels in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    scheduler.step()
    model.eval()
    confusion = torch.zeros(NUM_CLASSES, NUM_CLASSES, dtype=torch.long)
    with torch.no_grad():
        for inputs, labels in val_loader:
            logits = model(inputs)
            for t, p in zip(labels, logits.argmax(1)):
                confusion[t, p] += 1
            score = accuracy(logits, labels)
print(score, confusion.diag().sum().item())
