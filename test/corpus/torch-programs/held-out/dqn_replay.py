import math
import random
from collections import deque, namedtuple

import torch
import torch.nn as nn
import torch.optim as optim

random.seed(0)
Move = namedtuple('Transition', ('state', 'action', 'next_state', 'reward'))


class Experience(object):
    def __init__(self, capacity):
        self.memory = deque([], maxlen=capacity)

    def push(self, *args):
        self.memory.append(Move(*args))

    def sample(self, batch_size):
        return random.sample(self.memory, batch_size)

    def __len__(self):
        return len(self.memory)


class QNetwork(nn.Module):
    def __init__(self, observed, actions_count):
        super(QNetwork, self).__init__()
        self.first = nn.Linear(observed, 32)
        self.second = nn.Linear(32, 32)
        self.last = nn.Linear(32, actions_count)

    def forward(self, x):
        x = torch.relu(self.first(x))
        x = torch.relu(self.second(x))
        return self.last(x)


BATCH_SIZE, GAMMA, EXPLORE_FROM, EXPLORE_TO, EXPLORE_OVER, TAU = 8, 0.99, 0.9, 0.05, 1000, 0.005
actions_count, observed = 3, 4
online = QNetwork(observed, actions_count)
lagged = QNetwork(observed, actions_count)
lagged.load_state_dict(online.state_dict())
optimizer = optim.AdamW(online.parameters(), lr=1e-4, amsgrad=True)
memory = Experience(100)
steps = 0


def choose(state):
    global steps
    exploring = EXPLORE_TO + (EXPLORE_FROM - EXPLORE_TO) * math.exp(-1. * steps / EXPLORE_OVER)
    steps += 1
    if random.random() > exploring:
        with torch.no_grad():
            return online(state).max(1).indices.view(1, 1)
    return torch.tensor([[random.randrange(actions_count)]], dtype=torch.long)


def learn():
    if len(memory) < BATCH_SIZE:
        return
    moves = memory.sample(BATCH_SIZE)
    batch = Move(*zip(*moves))
    state_batch = torch.cat(batch.state)
    action_batch = torch.cat(batch.action)
    reward_batch = torch.cat(batch.reward)
    next_batch = torch.cat(batch.next_state)
    chosen_values = online(state_batch).gather(1, action_batch)
    with torch.no_grad():
        next_values = lagged(next_batch).max(1).values
    expected = (next_values * GAMMA) + reward_batch
    criterion = nn.SmoothL1Loss()
    loss = criterion(chosen_values, expected.unsqueeze(1))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_value_(online.parameters(), 100)
    optimizer.step()


state = torch.randn(1, observed)
for t in range(12):
    action = choose(state)
    next_state = torch.randn(1, observed)
    reward = torch.tensor([1.0 if action.item() == 1 else 0.0])
    memory.push(state, action, next_state, reward)
    state = next_state
    learn()
    target_state = lagged.state_dict()
    policy_state = online.state_dict()
    for key in policy_state:
        target_state[key] = policy_state[key] * TAU + target_state[key] * (1 - TAU)
    lagged.load_state_dict(target_state)
print(steps, len(memory))
