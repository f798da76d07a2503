import numpy as np
import torch
import torch.autograd as autograd
import torch.nn as nn

picture = (1, 16, 16)
latent = 10


class Generator(nn.Module):
    def __init__(self):
        super(Generator, self).__init__()

        def block(in_feat, out_feat, normalize=True):
            layers = [nn.Linear(in_feat, out_feat)]
            if normalize:
                layers.append(nn.BatchNorm1d(out_feat, 0.8))
            layers.append(nn.LeakyReLU(0.2, inplace=True))
            return layers

        self.model = nn.Sequential(
            *block(latent, 32, normalize=False),
            *block(32, 64),
            nn.Linear(64, int(np.prod(picture))),
            nn.Tanh()
        )

    def forward(self, z):
        img = self.model(z)
        img = img.view(img.shape[0], *picture)
        return img


class Critic(nn.Module):
    def __init__(self):
        super(Critic, self).__init__()
        self.model = nn.Sequential(
            nn.Linear(int(np.prod(picture)), 64),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Linear(64, 1),
        )

    def forward(self, img):
        flat = img.view(img.shape[0], -1)
        return self.model(flat)


def gradient_penalty_of(D, real, fake_ones):
    alpha = torch.Tensor(np.random.random((real.size(0), 1, 1, 1)))
    between = (alpha * real + ((1 - alpha) * fake_ones)).requires_grad_(True)
    scores = D(between)
    fake = torch.ones(real.shape[0], 1)
    gradients = autograd.grad(
        outputs=scores,
        inputs=between,
        grad_outputs=fake,
        create_graph=True,
        retain_graph=True,
        only_inputs=True,
    )[0]
    gradients = gradients.view(gradients.size(0), -1)
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()


generator = Generator()
discriminator = Critic()
optimizer_G = torch.optim.Adam(generator.parameters(), lr=0.0002, betas=(0.5, 0.999))
optimizer_D = torch.optim.Adam(discriminator.parameters(), lr=0.0002, betas=(0.5, 0.999))
penalty_weight = 10
critic_steps = 2
batches_done = 0
for i in range(4):
    real_pictures = torch.rand(6, *picture)
    optimizer_D.zero_grad()
    z = torch.tensor(np.random.normal(0, 1, (real_pictures.shape[0], latent)), dtype=torch.float32)
    made_pictures = generator(z)
    real_validity = discriminator(real_pictures)
    fake_validity = discriminator(made_pictures)
    gradient_penalty = gradient_penalty_of(discriminator, real_pictures.data, made_pictures.data)
    d_loss = -torch.mean(real_validity) + torch.mean(fake_validity) + penalty_weight * gradient_penalty
    d_loss.backward()
    optimizer_D.step()
    optimizer_G.zero_grad()
    if i % critic_steps == 0:
        made_pictures = generator(z)
        g_loss = -torch.mean(discriminator(made_pictures))
        g_loss.backward()
        optimizer_G.step()
        batches_done += critic_steps
print(d_loss.item(), g_loss.item(), batches_done)
