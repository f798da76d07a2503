import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)


class DigitClassifier(nn.Module):
    def __init__(self, hidden=32, classes=10):
        super().__init__()
        self.fc1 = nn.Linear(28 * 28, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, classes)
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        x = self.drop(F.relu(self.fc2(x)))
        return self.out(x)


images = torch.randn(24, 1, 28, 28)
labels = torch.randint(0, 10, (24,))
loader = DataLoader(TensorDataset(images, labels), batch_size=8, shuffle=True)

model = DigitClassifier()
optimizer = optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
criterion = nn.CrossEntropyLoss()

for epoch in range(2):
    running = 0.0
    for batch, (x, y) in enumerate(loader):
        optimizer.zero_grad()
        scores = model(x)
        loss = criterion(scores, y)
        loss.backward()
        optimizer.step()
        running += loss.item() * x.size(0)
    print(f'epoch {epoch}: {running / len(loader.dataset):.4f}')

model.eval()
with torch.no_grad():
    predicted = model(images).argmax(dim=1)
    accuracy = (predicted == labels).float().mean()
print('accuracy', accuracy.item())
