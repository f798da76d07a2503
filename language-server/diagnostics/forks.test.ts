import { expect, test } from 'vitest';
import { analyze } from '../index.ts';

async function forks(text: string): Promise<string[]> {
  const { forks: found } = await analyze({ file: '/project/model.py', text });
  return (found ?? []).map(({ location, condition, path, arms }) =>
    `${path.map(({ location: at, holds }) => `${holds ? '' : 'not '}${at.line} > `).join('')}${location.line}: ${condition} | ${arms.map(({ status, end, example }) => `${status}, ${end}${example ? ` ${JSON.stringify(example)}` : ''}`).join(' | ')}`);
}

test('conditions on unknown sizes are a tree with an example for each feasible arm', async () => {
  expect(await forks(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        if x.shape[0] > 4:
            if x.shape[0] > 2:
                y = self.fc(x)
            else:
                y = x
        else:
            raise ValueError('too few')
        return y

def use(batch):
    return Net()(torch.zeros(batch, 8))
`)).toMatchInlineSnapshot(`
  [
    "11: batch > 4 | feasible, goes on {"batch":5} | feasible, raises ValueError: too few {"batch":1}",
    "11 > 12: batch > 2 | feasible, goes on {"batch":5} | infeasible, cannot be taken here",
  ]
`);
});

test('what is not known at all is open, and a proof needs no example', async () => {
  expect(await forks(`
import torch
from torch import nn
from settings import deep

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def forward(self, x):
        if deep:
            x = self.fc(x)
        return self.fc(x) if x.shape[0] >= 1000 else x

def use(batch):
    return Net()(torch.zeros(batch, 8))
`)).toMatchInlineSnapshot(`
  [
    "12: deep | open, goes on | open, goes on",
    "14: batch >= 1000 | feasible, goes on {"batch":1000} | feasible, goes on {"batch":1}",
  ]
`);
});
