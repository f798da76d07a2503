import copy
import torch
from torch import nn
import torch.nn.functional as F


class RingBuffer:
    def __init__(self, size, obs_dim):
        self.obs = torch.zeros(size, obs_dim)
        self.next_obs = torch.zeros(size, obs_dim)
        self.actions = torch.zeros(size, dtype=torch.long)
        self.rewards = torch.zeros(size)
        self.dones = torch.zeros(size)
        self.size, self.at, self.count = size, 0, 0

    def add(self, obs, action, reward, next_obs, done):
        self.obs[self.at] = obs
        self.next_obs[self.at] = next_obs
        self.actions[self.at] = action
        self.rewards[self.at] = reward
        self.dones[self.at] = float(done)
        self.at = (self.at + 1) % self.size
        self.count = min(self.count + 1, self.size)

    def sample(self, n):
        idx = torch.randint(0, self.count, (n,))
        return self.obs[idx], self.actions[idx], self.rewards[idx], self.next_obs[idx], self.dones[idx]


class Dueling(nn.Module):
    def __init__(self, obs_dim, n_actions):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(obs_dim, 48), nn.ReLU())
        self.advantage = nn.Linear(48, n_actions)
        self.value = nn.Linear(48, 1)

    def forward(self, x):
        h = self.trunk(x)
        a = self.advantage(h)
        return self.value(h) + a - a.mean(dim=1, keepdim=True)


n_actions, obs_dim = 4, 10
q = Dueling(obs_dim, n_actions)
target = copy.deepcopy(q)
for p in target.parameters():
    p.requires_grad_(False)
opt = torch.optim.RMSprop(q.parameters(), lr=2.5e-4, alpha=0.95)
buffer = RingBuffer(50, obs_dim)
obs = torch.randn(obs_dim)
for step in range(40):
    if torch.rand(1).item() < 0.2:
        action = torch.randint(n_actions, (1,)).item()
    else:
        action = q(obs.unsqueeze(0)).argmax(dim=1).item()
    nxt = torch.randn(obs_dim)
    buffer.add(obs, action, float(nxt[0]), nxt, step % 10 == 9)
    obs = nxt
for update in range(3):
    o, a, r, o2, d = buffer.sample(16)
    chosen = q(o).gather(1, a.unsqueeze(1)).squeeze(1)
    with torch.no_grad():
        best = q(o2).argmax(dim=1, keepdim=True)
        backed = r + 0.99 * (1 - d) * target(o2).gather(1, best).squeeze(1)
    loss = F.smooth_l1_loss(chosen, backed)
    opt.zero_grad()
    loss.backward()
    opt.step()
    for p, tp in zip(q.parameters(), target.parameters()):
        tp.data.mul_(0.995).add_(0.005 * p.data)
print(chosen.shape)
