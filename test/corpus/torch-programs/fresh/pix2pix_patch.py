import torch
import torch.nn as nn


class Down(nn.Module):
    def __init__(self, cin, cout, normalize=True):
        super().__init__()
        layers = [nn.Conv2d(cin, cout, 4, 2, 1, bias=False)]
        if normalize:
            layers.append(nn.InstanceNorm2d(cout))
        layers.append(nn.LeakyReLU(0.2))
        self.model = nn.Sequential(*layers)

    def forward(self, x):
        return self.model(x)


class Up(nn.Module):
    def __init__(self, cin, cout, dropout=0.0):
        super().__init__()
        layers = [nn.ConvTranspose2d(cin, cout, 4, 2, 1, bias=False), nn.InstanceNorm2d(cout), nn.ReLU(inplace=True)]
        if dropout:
            layers.append(nn.Dropout(dropout))
        self.model = nn.Sequential(*layers)

    def forward(self, x, skip):
        return torch.cat((self.model(x), skip), 1)


class Generator(nn.Module):
    def __init__(self, channels=3, ngf=8):
        super().__init__()
        self.down1 = Down(channels, ngf, normalize=False)
        self.down2 = Down(ngf, ngf * 2)
        self.down3 = Down(ngf * 2, ngf * 4)
        self.down4 = Down(ngf * 4, ngf * 4, normalize=False)
        self.up1 = Up(ngf * 4, ngf * 4, dropout=0.5)
        self.up2 = Up(ngf * 8, ngf * 2)
        self.up3 = Up(ngf * 4, ngf)
        self.final = nn.Sequential(nn.Upsample(scale_factor=2), nn.ZeroPad2d((1, 0, 1, 0)), nn.Conv2d(ngf * 2, channels, 4, padding=1), nn.Tanh())

    def forward(self, x):
        d1 = self.down1(x)
        d2 = self.down2(d1)
        d3 = self.down3(d2)
        d4 = self.down4(d3)
        u1 = self.up1(d4, d3)
        u2 = self.up2(u1, d2)
        u3 = self.up3(u2, d1)
        return self.final(u3)


class Discriminator(nn.Module):
    def __init__(self, channels=3, ndf=8):
        super().__init__()
        self.model = nn.Sequential(
            Down(channels * 2, ndf, normalize=False), Down(ndf, ndf * 2), Down(ndf * 2, ndf * 4),
            nn.ZeroPad2d((1, 0, 1, 0)), nn.Conv2d(ndf * 4, 1, 4, padding=1, bias=False))

    def forward(self, a, b):
        return self.model(torch.cat((a, b), 1))


def init_weights(m):
    classname = m.__class__.__name__
    if classname.find('Conv') != -1:
        torch.nn.init.normal_(m.weight.data, 0.0, 0.02)


size = 64
patch = (1, size // 2 ** 3, size // 2 ** 3)
generator, discriminator = Generator(), Discriminator()
generator.apply(init_weights)
discriminator.apply(init_weights)
criterion_gan, criterion_pixel = nn.MSELoss(), nn.L1Loss()
opt_g = torch.optim.Adam(generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
opt_d = torch.optim.Adam(discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999))
real_a, real_b = torch.rand(2, 3, size, size), torch.rand(2, 3, size, size)
for i in range(2):
    valid = torch.ones((real_a.size(0), *patch), requires_grad=False)
    fake = torch.zeros((real_a.size(0), *patch), requires_grad=False)
    opt_g.zero_grad()
    fake_b = generator(real_a)
    loss_g = criterion_gan(discriminator(fake_b, real_a), valid) + 100 * criterion_pixel(fake_b, real_b)
    loss_g.backward()
    opt_g.step()
    opt_d.zero_grad()
    loss_d = 0.5 * (criterion_gan(discriminator(real_b, real_a), valid) + criterion_gan(discriminator(fake_b.detach(), real_a), fake))
    loss_d.backward()
    opt_d.step()
print(loss_d.item() > 0)
