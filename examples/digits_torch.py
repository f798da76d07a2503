"""Handwritten digits, 8x8 pixels: a convolutional network in PyTorch."""
import torch
from torch import nn
import torch.nn.functional as F


class Digits(nn.Module):
    def __init__(self, channels=(8, 16), classes=10):
        super().__init__()
        layers = []
        width = 1
        for out in channels:
            layers += [nn.Conv2d(width, out, kernel_size=3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU()]
            width = out
        self.features = nn.Sequential(*layers)
        self.fc1 = nn.Linear(width * 4 * 4, 32)
        self.dropout = nn.Dropout(0.25)
        self.fc2 = nn.Linear(32, classes)

    def forward(self, x):
        x = F.max_pool2d(self.features(x), 2)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        return self.fc2(self.dropout(x))


model = Digits()
scores = model(torch.zeros(1, 1, 8, 8))

if __name__ == "__main__":
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    torch.manual_seed(0)
    digits = load_digits()
    images = torch.tensor(digits.images / 16.0, dtype=torch.float32).unsqueeze(1)
    labels = torch.tensor(digits.target)
    train, test = train_test_split(range(len(labels)), test_size=0.2, random_state=0)
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    model.train()
    for epoch in range(30):
        order = torch.tensor(train)[torch.randperm(len(train))]
        for batch in order.split(64):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
    model.eval()
    with torch.no_grad():
        accuracy = (model(images[test]).argmax(dim=1) == labels[test]).float().mean().item()
    print(f"accuracy {accuracy:.3f}")
    torch.save(model.state_dict(), "digits_torch.pt")
