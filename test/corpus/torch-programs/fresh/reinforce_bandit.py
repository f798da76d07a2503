import torch
import torch.nn as nn
import torch.optim as optim
from torch.distributions import Categorical


class GridWorld:
    """An agent on a line of cells; the goal is the last one."""

    def __init__(self, cells=6, limit=12):
        self.cells = cells
        self.limit = limit
        self.reset()

    def observe(self):
        state = torch.zeros(self.cells)
        state[self.position] = 1.0
        return state

    def reset(self):
        self.position = 0
        self.steps = 0
        return self.observe()

    def step(self, action):
        self.position = max(0, min(self.cells - 1, self.position + (1 if action == 1 else -1)))
        self.steps += 1
        done = self.position == self.cells - 1 or self.steps >= self.limit
        reward = 1.0 if self.position == self.cells - 1 else -0.05
        return self.observe(), reward, done


class PolicyNet(nn.Module):
    def __init__(self, observation, hidden, actions):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(observation, hidden), nn.Tanh())
        self.logits = nn.Linear(hidden, actions)

    def forward(self, x):
        return self.logits(self.body(x))


def discounted(rewards, gamma=0.95):
    total, result = 0.0, []
    for r in reversed(rewards):
        total = r + gamma * total
        result.insert(0, total)
    return torch.tensor(result)


env = GridWorld()
policy = PolicyNet(6, 16, 2)
optimizer = optim.Adam(policy.parameters(), lr=0.01)
for episode in range(3):
    state, done = env.reset(), False
    log_probs, rewards, entropies = [], [], []
    while not done:
        dist = Categorical(logits=policy(state))
        action = dist.sample()
        log_probs.append(dist.log_prob(action))
        entropies.append(dist.entropy())
        state, reward, done = env.step(action.item())
        rewards.append(reward)
    returns = discounted(rewards)
    returns = returns - returns.mean()
    loss = -(torch.stack(log_probs) * returns).sum() - 0.01 * torch.stack(entropies).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(len(rewards))
