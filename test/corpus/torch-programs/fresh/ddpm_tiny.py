import math
import torch
import torch.nn as nn
import torch.nn.functional as F

T = 50
beta = torch.linspace(1e-4, 0.02, T)
alpha = 1.0 - beta
alpha_bar = torch.cumprod(alpha, dim=0)


def timestep_embedding(t, dim):
    half = dim // 2
    freqs = torch.exp(-math.log(10000) * torch.arange(half, dtype=torch.float32) / half)
    args = t[:, None].float() * freqs[None]
    return torch.cat([torch.cos(args), torch.sin(args)], dim=-1)


class Block(nn.Module):
    def __init__(self, cin, cout, tdim):
        super().__init__()
        self.norm1 = nn.GroupNorm(4, cin)
        self.conv1 = nn.Conv2d(cin, cout, 3, padding=1)
        self.time = nn.Linear(tdim, cout)
        self.norm2 = nn.GroupNorm(4, cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, padding=1)
        self.skip = nn.Conv2d(cin, cout, 1) if cin != cout else nn.Identity()

    def forward(self, x, emb):
        h = self.conv1(F.silu(self.norm1(x)))
        h = h + self.time(emb)[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return h + self.skip(x)


class Denoiser(nn.Module):
    def __init__(self, channels=1, width=16, tdim=32):
        super().__init__()
        self.tdim = tdim
        self.embed = nn.Sequential(nn.Linear(tdim, tdim), nn.SiLU(), nn.Linear(tdim, tdim))
        self.stem = nn.Conv2d(channels, width, 3, padding=1)
        self.down = Block(width, width, tdim)
        self.pool = nn.Conv2d(width, width * 2, 4, stride=2, padding=1)
        self.mid = Block(width * 2, width * 2, tdim)
        self.unpool = nn.ConvTranspose2d(width * 2, width, 4, stride=2, padding=1)
        self.up = Block(width * 2, width, tdim)
        self.out = nn.Conv2d(width, channels, 3, padding=1)

    def forward(self, x, t):
        emb = self.embed(timestep_embedding(t, self.tdim))
        h1 = self.down(self.stem(x), emb)
        h2 = self.mid(self.pool(h1), emb)
        h = self.up(torch.cat([self.unpool(h2), h1], dim=1), emb)
        return self.out(h)


@torch.no_grad()
def sample(model, shape, steps=3):
    x = torch.randn(shape)
    for i in reversed(range(steps)):
        t = torch.full((shape[0],), i, dtype=torch.long)
        eps = model(x, t)
        x = (x - beta[i] / (1 - alpha_bar[i]).sqrt() * eps) / alpha[i].sqrt()
        if i > 0:
            x = x + beta[i].sqrt() * torch.randn_like(x)
    return x


model = Denoiser()
opt = torch.optim.AdamW(model.parameters(), lr=2e-4)
images = torch.rand(8, 1, 16, 16) * 2 - 1
for step in range(2):
    t = torch.randint(0, T, (images.shape[0],))
    noise = torch.randn_like(images)
    a = alpha_bar[t].view(-1, 1, 1, 1)
    noisy = a.sqrt() * images + (1 - a).sqrt() * noise
    loss = F.mse_loss(model(noisy, t), noise)
    opt.zero_grad(set_to_none=True)
    loss.backward()
    opt.step()
print(sample(model, (2, 1, 16, 16)).shape)
