import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Normal

torch.manual_seed(3)
STATE, ACTION, STEPS, EPOCHS, BATCH, CLIP = 8, 2, 64, 2, 16, 0.2


class ActorCritic(nn.Module):
    def __init__(self):
        super(ActorCritic, self).__init__()
        self.shared = nn.Sequential(nn.Linear(STATE, 32), nn.ReLU())
        self.mu = nn.Linear(32, ACTION)
        self.log_std = nn.Parameter(torch.zeros(ACTION))
        self.value = nn.Linear(32, 1)

    def forward(self, state):
        h = self.shared(state)
        return Normal(self.mu(h), self.log_std.exp()), self.value(h).squeeze(-1)


def gae(rewards, values, last, gamma=0.99, lam=0.95):
    advantages = torch.zeros_like(rewards)
    running = 0.0
    for t in reversed(range(rewards.size(0))):
        following = last if t == rewards.size(0) - 1 else values[t + 1]
        delta = rewards[t] + gamma * following - values[t]
        running = delta + gamma * lam * running
        advantages[t] = running
    return advantages


net = ActorCritic()
optimizer = torch.optim.Adam(net.parameters(), lr=3e-4, eps=1e-5)
states = torch.zeros(STEPS, STATE)
actions = torch.zeros(STEPS, ACTION)
log_probs = torch.zeros(STEPS)
rewards = torch.zeros(STEPS)
values = torch.zeros(STEPS)
state = torch.randn(STATE)
with torch.no_grad():
    for t in range(STEPS):
        dist, value = net(state)
        action = dist.sample()
        states[t] = state
        actions[t] = action
        log_probs[t] = dist.log_prob(action).sum()
        rewards[t] = -action.pow(2).sum()
        values[t] = value
        state = 0.9 * state + 0.1 * torch.randn(STATE)
    _, last = net(state)
advantages = gae(rewards, values, last)
returns = advantages + values
advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
for epoch in range(EPOCHS):
    order = torch.randperm(STEPS)
    for start in range(0, STEPS, BATCH):
        idx = order[start:start + BATCH]
        dist, value = net(states[idx])
        new_log = dist.log_prob(actions[idx]).sum(dim=1)
        ratio = (new_log - log_probs[idx]).exp()
        clipped = torch.clamp(ratio, 1 - CLIP, 1 + CLIP) * advantages[idx]
        policy_loss = -torch.min(ratio * advantages[idx], clipped).mean()
        value_loss = F.mse_loss(value, returns[idx])
        loss = policy_loss + 0.5 * value_loss - 0.01 * dist.entropy().sum(-1).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 0.5)
        optimizer.step()
print(loss.item())
