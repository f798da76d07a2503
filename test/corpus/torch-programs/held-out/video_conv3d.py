import torch
import torch.nn as nn


class C3D(nn.Module):
    def __init__(self, num_classes, pretrained=False):
        super(C3D, self).__init__()
        self.conv1 = nn.Conv3d(3, 8, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool1 = nn.MaxPool3d(kernel_size=(1, 2, 2), stride=(1, 2, 2))
        self.conv2 = nn.Conv3d(8, 16, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool2 = nn.MaxPool3d(kernel_size=(2, 2, 2), stride=(2, 2, 2))
        self.conv3 = nn.Conv3d(16, 16, kernel_size=3, padding=1)
        self.pool3 = nn.MaxPool3d(kernel_size=(2, 2, 2), stride=(2, 2, 2), padding=(0, 1, 1))
        self.fc6 = nn.Linear(16 * 2 * 4 * 4, 32)
        self.fc7 = nn.Linear(32, num_classes)
        self.dropout = nn.Dropout(p=0.5)
        self.relu = nn.ReLU()
        self.__init_weight()

    def forward(self, x):
        x = self.relu(self.conv1(x))
        x = self.pool1(x)
        x = self.relu(self.conv2(x))
        x = self.pool2(x)
        x = self.relu(self.conv3(x))
        x = self.pool3(x)
        x = x.view(-1, 16 * 2 * 4 * 4)
        x = self.relu(self.fc6(x))
        x = self.dropout(x)
        return self.fc7(x)

    def __init_weight(self):
        for m in self.modules():
            if isinstance(m, nn.Conv3d):
                torch.nn.init.kaiming_normal_(m.weight)
            elif isinstance(m, nn.Linear):
                m.weight.data.normal_(0, 0.01)
                m.bias.data.zero_()


class FrameLSTM(nn.Module):
    def __init__(self, hidden=16, classes=4):
        super().__init__()
        self.cnn = nn.Sequential(nn.Conv2d(3, 8, 3, 2), nn.ReLU(), nn.AdaptiveAvgPool2d((1, 1)))
        self.rnn = nn.LSTM(8, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, classes)

    def forward(self, clip):
        b, c, t, h, w = clip.shape
        frames = clip.permute(0, 2, 1, 3, 4).reshape(b * t, c, h, w)
        features = self.cnn(frames).view(b, t, -1)
        out, (h_n, c_n) = self.rnn(features)
        return self.fc(h_n[-1])


inputs = torch.rand(2, 3, 8, 24, 24)
net = C3D(num_classes=4)
outputs = net(inputs)
frame_scores = FrameLSTM()(inputs)
ensemble = (outputs.softmax(dim=1) + frame_scores.softmax(dim=1)) / 2
assert ensemble.shape == torch.Size([2, 4])
loss = nn.functional.nll_loss(ensemble.log(), torch.tensor([1, 3]))
loss.backward()
print(outputs.size(), loss.item())
