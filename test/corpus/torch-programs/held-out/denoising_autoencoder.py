import argparse

import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvDenoiser(nn.Module):
    def __init__(self):
        super(ConvDenoiser, self).__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 16, 3, padding=1)
        self.conv3 = nn.Conv2d(16, 8, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.t_conv1 = nn.ConvTranspose2d(8, 8, 3, stride=2)
        self.t_conv2 = nn.ConvTranspose2d(8, 16, 2, stride=2)
        self.t_conv3 = nn.ConvTranspose2d(16, 32, 2, stride=2)
        self.conv_out = nn.Conv2d(32, 1, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = self.pool(x)
        x = F.relu(self.conv2(x))
        x = self.pool(x)
        x = F.relu(self.conv3(x))
        x = self.pool(x)
        x = F.relu(self.t_conv1(x))
        x = F.relu(self.t_conv2(x))
        x = F.relu(self.t_conv3(x))
        return torch.sigmoid(self.conv_out(x))


def main(args):
    torch.manual_seed(args.seed)
    model = ConvDenoiser()
    criterion = nn.MSELoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=args.lr)
    images = torch.rand(args.batches * args.batch_size, 1, 28, 28)
    for epoch in range(1, args.epochs + 1):
        train_loss = 0.0
        for i in range(args.batches):
            batch = images[i * args.batch_size:(i + 1) * args.batch_size]
            noisy = batch + args.noise * torch.randn(*batch.shape)
            noisy = torch.clamp(noisy, 0.0, 1.0)
            optimizer.zero_grad()
            outputs = model(noisy)
            loss = criterion(outputs, batch)
            loss.backward()
            optimizer.step()
            train_loss += loss.item() * batch.size(0)
        print('Epoch: {} \tTraining Loss: {:.6f}'.format(epoch, train_loss / len(images)))
    return model


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--batch-size', type=int, default=4)
    parser.add_argument('--batches', type=int, default=2)
    parser.add_argument('--epochs', type=int, default=1)
    parser.add_argument('--lr', type=float, default=1e-3)
    parser.add_argument('--noise', type=float, default=0.5)
    parser.add_argument('--seed', type=int, default=3)
    main(parser.parse_args())
