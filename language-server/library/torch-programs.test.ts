import { describe, expect, test } from 'vitest';
import { Analyzer } from '../analysis/analyze.ts';

const analyzer = await Analyzer.create();

/** The errors of a program, each as its line and the start of its message. */
function errors(text: string): string[] {
  return analyzer.analyze({ file: 'program.py', text }).diagnostics.filter(({ severity }) => severity === 'error').map(({ location, message }) => `${location.line} ${message.slice(0, 30)}`);
}

const head = 'import torch\nfrom torch import nn\nm = nn.Linear(3, 1)\nx = torch.randn(2, 3)\n';

describe('a backward pass', () => {
  test.each([
    ['twice through what it kept', 'loss = m(x).sum()\nloss.backward()\nloss.backward()', ['7 Trying to backward through the ']],
    ['twice, the graph being retained', 'loss = m(x).sum()\nloss.backward(retain_graph=True)\nloss.backward()', []],
    ['over states of the round before', 'r = nn.RNN(3, 3)\nh = None\nfor i in range(4):\n    y, h = r(x, h)\n    y.sum().backward()', ['9 Trying to backward through the ']],
    ['over states that are cut off', 'r = nn.RNN(3, 3)\nh = None\nfor i in range(4):\n    y, h = r(x, h)\n    h = h.detach()\n    y.sum().backward()', []],
    ['of what ran under no_grad', 'with torch.no_grad():\n    y = m(x)\ny.sum().backward()', ['7 element 0 of tensors does not ']],
    ['of a function with a backward of its own', 'class F(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, a):\n        return a.sign()\nF.apply(m(x)).sum().backward()', []],
    ['of a result that was changed in place', 'y = torch.sigmoid(m(x))\ny += 1\ny.sum().backward()', ['7 one of the variables needed for']],
    ['of a sum that was changed in place', 'y = m(x) + 1\ny += 1\ny.sum().backward()', []],
    ['of a tensor that is changed outside of the recording', 'y = m(x)\nwith torch.no_grad():\n    y.mul_(2)\ny.sum().backward()', []],
  ])('%s', (_, text, found) => {
    expect(errors(`${head}${text}\n`).map((error) => error.slice(0, 32))).toEqual(found.map((error) => error.slice(0, 32)));
  });

  test('gives gradients to what is trained alone', () => {
    expect(errors('import torch\nw = torch.zeros(3, requires_grad=True)\nfor i in range(3):\n    w.sum().backward()\n    w = w - w.grad\n    w.grad.zero_()\n')).toEqual(["6 'NoneType' object has no attribute"].map((error) => error.slice(0, 32)));
  });
});

describe('types of modules', () => {
  test.each([
    ['half', 'm.half()(x)', 1], ['half with data to match', 'm.half()(x.half())', 0], ['to a type', 'm.to(torch.float64)(x.double())', 0], ['to a device', "m.to('cpu')(x)", 0],
  ])('%s', (_, text, count) => {
    expect(errors(`${head}${text}\n`)).toHaveLength(count);
  });
});

describe('what is not known is no fault', () => {
  test.each([
    ['a base class', 'import somewhere\nclass D(somewhere.Base):\n    def reset(self):\n        return super().reset()\nd = D()\nd.reset()\nlen(d)\nd[0]\nfor e in d:\n    pass'],
    ['how many modules a list has', 'import somewhere\nl = nn.ModuleList([nn.Linear(3, 3) for _ in range(somewhere.n)])\ntorch.stack([e(x) for e in l])'],
    ['the modules that have the parameters', 'import somewhere\nclass N(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = somewhere.Conv()\ntorch.optim.SGD(N().parameters(), lr=1)'],
  ])('%s', (_, text) => {
    expect(errors(`${head}${text}\n`)).toEqual([]);
  });

  test('what a statement that was given up would have collected', () => {
    expect(errors('kept = []\ntotal = 0\nfor i in range(3):\n    [][i]\n    kept.append(i)\n    total += 1\nprint(min(kept), 1 / total)\n')).toEqual(['4 list index out of range']);
  });
});
