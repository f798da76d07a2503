import torch
import torch.nn as nn
import torch.nn.functional as F


class TwoConvolutions(nn.Module):
    def __init__(self, in_channels, out_channels, between=None):
        super().__init__()
        if not between:
            between = out_channels
        self.steps = nn.Sequential(
            nn.Conv2d(in_channels, between, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(between),
            nn.ReLU(inplace=True),
            nn.Conv2d(between, out_channels, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.steps(x)


class Down(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.shrink = nn.Sequential(nn.MaxPool2d(2), TwoConvolutions(in_channels, out_channels))

    def forward(self, x):
        return self.shrink(x)


class Up(nn.Module):
    def __init__(self, in_channels, out_channels, bilinear=True):
        super().__init__()
        if bilinear:
            self.up = nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)
            self.conv = TwoConvolutions(in_channels, out_channels, in_channels // 2)
        else:
            self.up = nn.ConvTranspose2d(in_channels, in_channels // 2, kernel_size=2, stride=2)
            self.conv = TwoConvolutions(in_channels, out_channels)

    def forward(self, a, b):
        a = self.up(a)
        missing_rows = b.size()[2] - a.size()[2]
        missing_columns = b.size()[3] - a.size()[3]
        a = F.pad(a, [missing_columns // 2, missing_columns - missing_columns // 2, missing_rows // 2, missing_rows - missing_rows // 2])
        x = torch.cat([b, a], dim=1)
        return self.conv(x)


class UNet(nn.Module):
    def __init__(self, colours, classes, bilinear=True):
        super().__init__()
        factor = 2 if bilinear else 1
        self.entry = TwoConvolutions(colours, 8)
        self.down1 = Down(8, 16)
        self.down2 = Down(16, 32)
        self.down3 = Down(32, 64 // factor)
        self.up1 = Up(64, 32 // factor, bilinear)
        self.up2 = Up(32, 16 // factor, bilinear)
        self.up3 = Up(16, 8, bilinear)
        self.exit = nn.Conv2d(8, classes, kernel_size=1)

    def forward(self, x):
        a = self.entry(x)
        b = self.down1(a)
        c = self.down2(b)
        d = self.down3(c)
        x = self.up1(d, c)
        x = self.up2(x, b)
        x = self.up3(x, a)
        logits = self.exit(x)
        return logits


def dice_loss(pred, target, smooth=1.0):
    pred = torch.sigmoid(pred)
    intersection = (pred * target).sum(dim=(2, 3))
    union = pred.sum(dim=(2, 3)) + target.sum(dim=(2, 3))
    return 1 - ((2 * intersection + smooth) / (union + smooth)).mean()


model = UNet(colours=3, classes=1)
image = torch.randn(2, 3, 36, 44)
mask = torch.randint(0, 2, (2, 1, 36, 44)).float()
logits = model(image)
loss = F.binary_cross_entropy_with_logits(logits, mask) + dice_loss(logits, mask)
loss.backward()
other = UNet(1, 4, bilinear=False)(torch.randn(2, 1, 32, 32))
print(logits.shape, other.shape, loss.item())
