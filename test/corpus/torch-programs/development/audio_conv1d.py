import torch
import torch.nn as nn
import torch.nn.functional as F


class WaveNetwork(nn.Module):
    def __init__(self, inputs=1, outputs_count=35, stride=16, width=8):
        super().__init__()
        self.conv1 = nn.Conv1d(inputs, width, kernel_size=80, stride=stride)
        self.bn1 = nn.BatchNorm1d(width)
        self.pool1 = nn.MaxPool1d(4)
        self.conv2 = nn.Conv1d(width, width, kernel_size=3)
        self.bn2 = nn.BatchNorm1d(width)
        self.pool2 = nn.MaxPool1d(4)
        self.conv3 = nn.Conv1d(width, 2 * width, kernel_size=3)
        self.bn3 = nn.BatchNorm1d(2 * width)
        self.pool3 = nn.MaxPool1d(4)
        self.fc1 = nn.Linear(2 * width, outputs_count)

    def forward(self, x):
        x = self.conv1(x)
        x = F.relu(self.bn1(x))
        x = self.pool1(x)
        x = self.conv2(x)
        x = F.relu(self.bn2(x))
        x = self.pool2(x)
        x = self.conv3(x)
        x = F.relu(self.bn3(x))
        x = self.pool3(x)
        x = F.avg_pool1d(x, x.shape[-1])
        x = x.permute(0, 2, 1)
        x = self.fc1(x)
        return F.log_softmax(x, dim=2)


def collate(batch):
    waves, targets = [], []
    for wave, target in batch:
        waves.append(wave)
        targets.append(torch.tensor(target))
    padded = torch.nn.utils.rnn.pad_sequence([wave.t() for wave in waves], batch_first=True, padding_value=0.0)
    return padded.permute(0, 2, 1), torch.stack(targets)


clips = [(torch.randn(1, 4000 - 100 * i), i % 35) for i in range(6)]
loader = torch.utils.data.DataLoader(clips, batch_size=3, collate_fn=collate)
model = WaveNetwork()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01, weight_decay=0.0001)
for data, target in loader:
    output = model(data)
    loss = F.nll_loss(output.squeeze(1), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    pred = output.argmax(dim=-1).squeeze()
    print(loss.item(), pred.eq(target).sum().item())
