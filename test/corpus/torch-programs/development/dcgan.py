import torch
import torch.nn as nn

latent, wide_g, wide_d, colours = 16, 8, 8, 3


def start_weights(m):
    classname = m.__class__.__name__
    if classname.find('Conv') != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)
    elif classname.find('BatchNorm') != -1:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0)


class Generator(nn.Module):
    def __init__(self):
        super(Generator, self).__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(latent, wide_g * 4, 4, 1, 0, bias=False),
            nn.BatchNorm2d(wide_g * 4),
            nn.ReLU(True),
            nn.ConvTranspose2d(wide_g * 4, wide_g * 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(wide_g * 2),
            nn.ReLU(True),
            nn.ConvTranspose2d(wide_g * 2, colours, 4, 2, 1, bias=False),
            nn.Tanh()
        )

    def forward(self, input):
        return self.main(input)


class Discriminator(nn.Module):
    def __init__(self):
        super(Discriminator, self).__init__()
        self.main = nn.Sequential(
            nn.Conv2d(colours, wide_d, 4, 2, 1, bias=False),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(wide_d, wide_d * 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(wide_d * 2),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(wide_d * 2, 1, 4, 1, 0, bias=False),
            nn.Sigmoid()
        )

    def forward(self, input):
        return self.main(input).view(-1)


generator = Generator()
generator.apply(start_weights)
discriminator = Discriminator()
discriminator.apply(start_weights)
criterion = nn.BCELoss()
optimizer_d = torch.optim.Adam(discriminator.parameters(), lr=0.0002, betas=(0.5, 0.999))
optimizer_g = torch.optim.Adam(generator.parameters(), lr=0.0002, betas=(0.5, 0.999))
real_label, fake_label = 1.0, 0.0

for i in range(2):
    real = torch.rand(4, colours, 16, 16) * 2 - 1
    discriminator.zero_grad()
    count = real.size(0)
    label = torch.full((count,), real_label, dtype=torch.float)
    output = discriminator(real)
    loss_real = criterion(output, label)
    loss_real.backward()

    noise = torch.randn(count, latent, 1, 1)
    fake = generator(noise)
    label.fill_(fake_label)
    output = discriminator(fake.detach())
    loss_fake = criterion(output, label)
    loss_fake.backward()
    loss_d = loss_real + loss_fake
    optimizer_d.step()

    generator.zero_grad()
    label.fill_(real_label)
    output = discriminator(fake)
    loss_g = criterion(output, label)
    loss_g.backward()
    optimizer_g.step()
    print('[%d] Loss_D: %.4f Loss_G: %.4f' % (i, loss_d.item(), loss_g.item()))
