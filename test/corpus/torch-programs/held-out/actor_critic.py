from collections import namedtuple
from itertools import count

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.distributions import Categorical

Choice = namedtuple('SavedAction', ['log_prob', 'value'])


class Corridor:
    """Walk right until the end."""

    def __init__(self, length=6):
        self.length = length
        self.position = 0

    def reset(self):
        self.position = 0
        return self.observe()

    def observe(self):
        state = np.zeros(4, dtype=np.float32)
        state[0] = self.position / self.length
        state[1] = 1.0
        return state

    def step(self, action):
        self.position += 1 if action == 1 else 0
        done = self.position >= self.length
        return self.observe(), float(done), done


class ActorCritic(nn.Module):
    def __init__(self):
        super(ActorCritic, self).__init__()
        self.shared = nn.Linear(4, 16)
        self.actor = nn.Linear(16, 2)
        self.critic = nn.Linear(16, 1)
        self.choices = []
        self.rewards = []

    def forward(self, x):
        x = F.relu(self.shared(x))
        probabilities = F.softmax(self.actor(x), dim=-1)
        value = self.critic(x)
        return probabilities, value


model = ActorCritic()
optimizer = optim.Adam(model.parameters(), lr=3e-2)
eps = np.finfo(np.float32).eps.item()
gamma = 0.99


def act(state):
    state = torch.from_numpy(state).float()
    probs, state_value = model(state)
    m = Categorical(probs)
    action = m.sample()
    model.choices.append(Choice(m.log_prob(action), state_value))
    return action.item()


def update():
    discounted = 0
    actor_losses, critic_losses, returns = [], [], []
    for r in model.rewards[::-1]:
        discounted = r + gamma * discounted
        returns.insert(0, discounted)
    returns = torch.tensor(returns)
    returns = (returns - returns.mean()) / (returns.std() + eps)
    for (log_prob, value), discounted in zip(model.choices, returns):
        advantage = discounted - value.item()
        actor_losses.append(-log_prob * advantage)
        critic_losses.append(F.smooth_l1_loss(value, torch.tensor([discounted])))
    optimizer.zero_grad()
    loss = torch.stack(actor_losses).sum() + torch.stack(critic_losses).sum()
    loss.backward()
    optimizer.step()
    del model.rewards[:]
    del model.choices[:]


env = Corridor()
for episode in range(2):
    state = env.reset()
    for t in range(1, 15):
        action = act(state)
        state, reward, done = env.step(action)
        model.rewards.append(reward)
        if done:
            break
    update()
print('done')
