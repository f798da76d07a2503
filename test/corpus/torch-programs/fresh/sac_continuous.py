import math
import torch
import torch.nn as nn
import torch.nn.functional as F


def mlp(sizes, activation=nn.ReLU, last=nn.Identity):
    layers = []
    for j in range(len(sizes) - 1):
        act = activation if j < len(sizes) - 2 else last
        layers += [nn.Linear(sizes[j], sizes[j + 1]), act()]
    return nn.Sequential(*layers)


class SquashedActor(nn.Module):
    def __init__(self, obs, act, hidden, low=-20, high=2):
        super().__init__()
        self.net = mlp([obs, *hidden], last=nn.ReLU)
        self.mu = nn.Linear(hidden[-1], act)
        self.log_std = nn.Linear(hidden[-1], act)
        self.low, self.high = low, high

    def forward(self, obs):
        h = self.net(obs)
        std = torch.clamp(self.log_std(h), self.low, self.high).exp()
        dist = torch.distributions.Normal(self.mu(h), std)
        u = dist.rsample()
        logp = dist.log_prob(u).sum(axis=-1)
        logp = logp - (2 * (math.log(2) - u - F.softplus(-2 * u))).sum(axis=1)
        return torch.tanh(u), logp


class Critic(nn.Module):
    def __init__(self, obs, act, hidden):
        super().__init__()
        self.q = mlp([obs + act] + list(hidden) + [1])

    def forward(self, obs, act):
        return torch.squeeze(self.q(torch.cat([obs, act], dim=-1)), -1)


obs_dim, act_dim, hidden = 11, 3, (32, 32)
actor = SquashedActor(obs_dim, act_dim, hidden)
critics = nn.ModuleList([Critic(obs_dim, act_dim, hidden) for _ in range(2)])
targets = nn.ModuleList([Critic(obs_dim, act_dim, hidden) for _ in range(2)])
targets.load_state_dict(critics.state_dict())
log_alpha = torch.zeros(1, requires_grad=True)
actor_opt = torch.optim.Adam(actor.parameters(), lr=1e-3)
critic_opt = torch.optim.Adam(critics.parameters(), lr=1e-3)
alpha_opt = torch.optim.Adam([log_alpha], lr=1e-3)
data = {'obs': torch.randn(200, obs_dim), 'act': torch.rand(200, act_dim) * 2 - 1, 'rew': torch.randn(200), 'obs2': torch.randn(200, obs_dim), 'done': (torch.rand(200) < 0.1).float()}
for update in range(2):
    idx = torch.randint(0, 200, (24,))
    o, a, r, o2, d = [data[key][idx] for key in ('obs', 'act', 'rew', 'obs2', 'done')]
    alpha = log_alpha.exp().detach()
    with torch.no_grad():
        a2, logp2 = actor(o2)
        q_min = torch.min(*[t(o2, a2) for t in targets])
        backup = r + 0.99 * (1 - d) * (q_min - alpha * logp2)
    critic_loss = sum(((c(o, a) - backup) ** 2).mean() for c in critics)
    critic_opt.zero_grad()
    critic_loss.backward()
    critic_opt.step()
    pi, logp = actor(o)
    actor_loss = (alpha * logp - torch.min(critics[0](o, pi), critics[1](o, pi))).mean()
    actor_opt.zero_grad()
    actor_loss.backward()
    actor_opt.step()
    alpha_loss = -(log_alpha * (logp.detach() - act_dim)).mean()
    alpha_opt.zero_grad()
    alpha_loss.backward()
    alpha_opt.step()
print(alpha.item())
