import torch
import torch.nn as nn
from torch.nn.utils import weight_norm


class CutEnd(nn.Module):
    def __init__(self, extra):
        super(CutEnd, self).__init__()
        self.extra = extra

    def forward(self, x):
        return x[:, :, :-self.extra].contiguous()


class CausalBlock(nn.Module):
    def __init__(self, before, after, kernel_size, stride, dilation, padding, dropout=0.2):
        super(CausalBlock, self).__init__()
        self.conv1 = weight_norm(nn.Conv1d(before, after, kernel_size, stride=stride, padding=padding, dilation=dilation))
        self.cut1 = CutEnd(padding)
        self.relu1 = nn.ReLU()
        self.dropout1 = nn.Dropout(dropout)
        self.conv2 = nn.Conv1d(after, after, kernel_size, stride=stride, padding=padding, dilation=dilation)
        self.cut2 = CutEnd(padding)
        self.relu2 = nn.ReLU()
        self.net = nn.Sequential(self.conv1, self.cut1, self.relu1, self.dropout1, self.conv2, self.cut2, self.relu2)
        self.downsample = nn.Conv1d(before, after, 1) if before != after else None
        self.relu = nn.ReLU()

    def forward(self, x):
        out = self.net(x)
        res = x if self.downsample is None else self.downsample(x)
        return self.relu(out + res)


class CausalStack(nn.Module):
    def __init__(self, num_inputs, widths, kernel_size=2, dropout=0.2):
        super(CausalStack, self).__init__()
        layers = []
        levels = len(widths)
        for i in range(levels):
            dilation_now = 2 ** i
            in_channels = num_inputs if i == 0 else widths[i - 1]
            out_channels = widths[i]
            layers += [CausalBlock(in_channels, out_channels, kernel_size, stride=1, dilation=dilation_now,
                                     padding=(kernel_size - 1) * dilation_now, dropout=dropout)]
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        return self.network(x)


class Forecaster(nn.Module):
    def __init__(self, features, horizon):
        super().__init__()
        self.tcn = CausalStack(features, [8, 8, 16], kernel_size=3)
        self.linear = nn.Linear(16, horizon)

    def forward(self, x):
        y = self.tcn(x.transpose(1, 2))
        return self.linear(y[:, :, -1])


def make_windows(series, window, horizon):
    inputs, targets = [], []
    for start in range(len(series) - window - horizon + 1):
        inputs.append(series[start:start + window])
        targets.append(series[start + window:start + window + horizon, 0])
    return torch.stack(inputs), torch.stack(targets)


series = torch.sin(torch.arange(60).float() / 5).unsqueeze(1).repeat(1, 2)
x, y = make_windows(series, window=24, horizon=4)
split = int(0.8 * len(x))
model = Forecaster(2, 4)
criterion = nn.HuberLoss(delta=1.0)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(2):
    optimizer.zero_grad()
    loss = criterion(model(x[:split]), y[:split])
    loss.backward()
    optimizer.step()
with torch.no_grad():
    test = criterion(model(x[split:]), y[split:])
print(x.shape, y.shape, test.item())
