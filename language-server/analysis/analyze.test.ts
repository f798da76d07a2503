import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse, inputsOf, layersOf, outputsOf, shown } from '../testing/analysis-fixture.ts';

const lenet = `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, num_classes)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)
`;

describe('a model that is called', () => {
  it('has the shapes of its first call', () => {
    const { models, diagnostics } = analyse(`${lenet}
net = Net()
net(torch.randn(4, 3, 32, 32))
net(torch.randn(8, 3, 32, 32))
`);
    expect(diagnostics).toEqual([]);
    expect(models.map(({ graph }) => [graph.name, graph.type, graph.framework, graph.location?.line])).toEqual([['net', 'Net', 'torch', 6]]);
    expect(inputsOf(models[0])).toEqual(['x (4, 3, 32, 32) given']);
    expect(layersOf(models[0])).toEqual([
      'conv1 Conv2d (4, 6, 28, 28)', 'pool MaxPool2d (4, 6, 14, 14)', 'conv2 Conv2d (4, 16, 10, 10)', 'fc1 Linear (4, 120)', 'fc2 Linear (4, 10)',
    ].map((line) => (line.startsWith('pool') ? 'pool MaxPool2d (4, 6, 14, 14)' : line)));
    expect(models[0].graph.gaps).toEqual([]);
  });

  it('reports what does not fit at the line of the call, with the line that made the layer and a fix', () => {
    const analysis = analyse(`${lenet}
net = Net()
net(torch.randn(4, 3, 28, 28))
`);
    const [diagnostic] = analysis.diagnostics;
    expect(analysis.diagnostics).toHaveLength(1);
    expect(diagnostic).toMatchObject({ severity: 'error', code: 'shape-mismatch', location: { line: 19 } });
    expect(diagnostic.message).toMatch(/400.*256/);
    expect(diagnostic.related.map(({ location }) => location.line)).toContain(18);
    expect(diagnostic.fix?.edits.map(({ location, newText }) => [location.line, newText])).toEqual([[12, '256']]);
  });
});

describe('a model that nobody calls', () => {
  it('is tried with the smallest input that its own layers ask for', () => {
    const { models, diagnostics } = analyse(lenet);
    expect(diagnostics).toEqual([]);
    expect(models.map(({ graph }) => graph.name)).toEqual(['Net']);
    expect(inputsOf(models[0])).toEqual(['x (batch, 3, 32, 32) solved']);
    expect(outputsOf(models[0])).toEqual(['(batch, 10)']);
  });

  it('takes the shape that a comment states', () => {
    const { models } = analyse(lenet.replace('class Net', '# layerscope: input 2,3,32,32\nclass Net'));
    expect(inputsOf(models[0])).toEqual(['x (2, 3, 32, 32) stated']);
  });

  it('takes the shape that the request states', () => {
    const { models } = analyse(lenet, { statedInputs: [{ model: 'Net', input: 'x', shape: [7, 3, 32, 32] }] });
    expect(inputsOf(models[0])).toEqual(['x (7, 3, 32, 32) stated']);
  });

  it('reports layers that fit for no input at all', () => {
    const analysis = analyse(lenet.replace('nn.Conv2d(6, 16, 5)', 'nn.Conv2d(8, 16, 5)'));
    expect(shown(analysis)).toHaveLength(1);
    expect(analysis.diagnostics[0]).toMatchObject({ severity: 'error', code: 'shape-mismatch', location: { line: 17 } });
  });

  it('is an instance with the arguments that it was made with, before its class', () => {
    const { models } = analyse(`${lenet}\nclassifier = Net(num_classes=3)\n`);
    expect(models.map(({ graph }) => graph.name)).toEqual(['classifier']);
    expect(outputsOf(models[0])).toEqual(['(batch, 3)']);
  });

  it('is what a function without arguments builds', () => {
    const { models } = analyse(`${lenet}
def small():
    return Net(5)
`);
    expect(models.map(({ graph }) => graph.name)).toEqual(['small']);
    expect(outputsOf(models[0])).toEqual(['(batch, 5)']);
  });

  it('leaves a size open that nothing decides', () => {
    const { models } = analyse(`
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2))
    def forward(self, image):
        return self.body(image)
`);
    expect(inputsOf(models[0])).toEqual(['image (batch, 3, height, width) asked']);
    expect(outputsOf(models[0])).toEqual(['(batch, 2)']);
  });

  it('needs no trial where another model uses it', () => {
    const { models } = analyse(`
from torch import nn
class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, size)
    def forward(self, x):
        return self.fc(x)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Block(4)
        self.b = Block(4)
    def forward(self, x):
        return self.b(self.a(x))
`);
    expect(models.map(({ graph }) => graph.name)).toEqual(['Net']);
    expect(layersOf(models[0])).toEqual(['a.fc Linear (batch, 4)', 'b.fc Linear (batch, 4)']);
  });

  it('is no abstract class, nor one whose own check refuses what was guessed', () => {
    const analysis = analyse(`
from torch import nn
class Base(nn.Module):
    def head(self):
        raise NotImplementedError
    def forward(self, x):
        return self.head()(x)
class Strict(nn.Module):
    def forward(self, x):
        if x.shape[1] != 3:
            raise ValueError('three channels, please')
        return x
`);
    expect(shown(analysis)).toEqual([]);
  });
});

describe('a limit on a size that nobody gives', () => {
  it('is told with an example', () => {
    const analysis = analyse(`
import torch
from torch import nn
class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(1000, 16)
        self.position = nn.Parameter(torch.zeros(1, 512, 16))
    def forward(self, tokens):
        x = self.embed(tokens)
        return x + self.position[:, :x.shape[1]]
`);
    expect(analysis.diagnostics).toHaveLength(1);
    expect(analysis.diagnostics[0]).toMatchObject({ severity: 'information', code: 'size-limit', location: { line: 11 } });
    expect(Object.values(analysis.diagnostics[0].example!)).toEqual([513]);
  });
});

describe('a training loop', () => {
  it('is followed for what it teaches, whatever feeds it', () => {
    const analysis = analyse(`${lenet}
from torch.utils.data import DataLoader
def train(loader, epochs=100):
    net = Net()
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(epochs):
        for images, labels in loader:
            optimizer.zero_grad()
            loss(net(images), labels).backward()
            optimizer.step()
    return net
import pickle
net = train(DataLoader(pickle.load(open('data.pkl', 'rb')), batch_size=32))
for step in range(1000):
    net(torch.randn(8, 3, 32, 32))
`);
    expect(analysis.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(analysis.models.map(({ graph }) => graph.name)).toEqual(['net']);
    expect(inputsOf(analysis.models[0])).toEqual(['x (8, 3, 32, 32) given']);
  });
});

describe('what is not known', () => {
  it('is a gap, not an error', () => {
    const analysis = analyse(`
import torch
from torch import nn
import some_package_that_is_not_installed as strange
model = nn.Sequential(nn.Linear(4, 4), strange.Layer(4), nn.Linear(8, 2))
model(torch.randn(2, 4))
y = strange.compute(torch.randn(2, 2))
`);
    expect(analysis.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(analysis.gaps.length).toBeGreaterThan(0);
  });
});

describe('errors of plain Python', () => {
  it.each([
    ['x = undefined_name', 'name-error'],
    ['class A:\n    pass\nA().missing', 'attribute-error'],
    ['def f(a, b):\n    return a\nf(1)', 'missing-argument'],
    ['def f(a):\n    return a\nf(1, c=2)', 'unknown-argument'],
    ['[1, 2][5]', 'index-error'],
    ['{"a": 1}["b"]', 'key-error'],
    ['raise ValueError("no")', 'value-error'],
    ['1 / 0', 'division-by-zero'],
    ['x = (1,', 'syntax'],
  ])('%j is %s', (text, code) => {
    expect(analyse(text).diagnostics.map((diagnostic) => [diagnostic.severity, diagnostic.code])).toEqual([['error', code]]);
  });

  it.each([
    'try:\n    undefined_name\nexcept NameError:\n    pass',
    'import sys\nsys.exit(0)',
    'import unknown_package\nunknown_package.f(1).g',
    'x = undefined_name  # layerscope: ignore[name-error]',
  ])('%j is none', (text) => {
    expect(analyse(text).diagnostics).toEqual([]);
  });
});

describe('a notebook', () => {
  const cells = (...sources: string[]): string => JSON.stringify({ cells: sources.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [] })), nbformat: 4, nbformat_minor: 5, metadata: {} });

  it('is one program of its cells', () => {
    const analysis = analyse(cells('%pip install torch\nimport torch\nfrom torch import nn', 'model = nn.Sequential(nn.Linear(4, 2), nn.ReLU())', 'model(torch.randn(1, 5))'), { file: '/project/net.ipynb' });
    expect(shown(analysis)).toHaveLength(1);
    expect(analysis.diagnostics[0]).toMatchObject({ code: 'shape-mismatch', location: { line: 7 } });
  });

  it('that is none is said to be none', () => {
    expect(shown(analyse('{"a": 1}', { file: '/project/net.ipynb' }))).toEqual(['1 error syntax: This file is no notebook: it is not valid JSON, or has no list of cells.']);
  });
});

describe('inputs that nobody gives', () => {
  const inputsIn = (body: string): string[] => analyse(`import torch\nfrom torch import nn\n${body}`).models.flatMap(inputsOf);

  it('are as large as a table of positions', () => {
    expect(inputsIn(`
class ViT(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 16, 16)
        self.first = nn.Parameter(torch.zeros(1, 1, 8))
        self.positions = nn.Parameter(torch.zeros(1, 197, 8))
    def forward(self, image):
        x = self.patches(image).flatten(2).transpose(1, 2)
        return torch.cat([self.first.expand(x.shape[0], -1, -1), x], 1) + self.positions
class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(12, 16)
        self.positions = nn.Parameter(torch.zeros(1, 50, 16))
    def forward(self, x):
        return self.embed(x) + self.positions
`)).toEqual(['image (batch, 3, 224, 224) solved', 'x (batch, 50, 12) solved']);
  });

  it('are as the model itself asks for by assert, raise and squeeze', () => {
    const text = (check: string): string => `
class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.pool = nn.MaxPool2d((16, 2))
        self.rnn = nn.LSTM(4, 8)
    def forward(self, x):
        x = self.pool(self.conv(x))
        ${check}
        return self.rnn(x.squeeze(2).permute(2, 0, 1))[0]
`;
    for (const check of ["assert x.size(2) == 1, 'one line'", "if x.size(2) != 1: raise ValueError('one line')", 'pass']) {
      const analysis = analyse(`import torch\nfrom torch import nn\n${text(check)}`);
      expect(analysis.diagnostics).toEqual([]);
      expect(analysis.models.flatMap(inputsOf)).toEqual(['x (batch, 1, 16, width) asked']);
      expect(analysis.models.flatMap(outputsOf)).toEqual(['(width//2, batch, 8)']);
    }
  });

  it('fit one another', () => {
    expect(inputsIn(`
class Table(nn.Module):
    def __init__(self):
        super().__init__()
        self.tables = nn.ModuleList([nn.Embedding(5, 2), nn.Embedding(7, 3)])
        self.norm = nn.BatchNorm1d(4)
        self.out = nn.Linear(9, 1)
    def forward(self, kinds, numbers):
        x = torch.cat([table(kinds[:, i]) for i, table in enumerate(self.tables)], 1)
        return self.out(torch.cat([x, self.norm(numbers)], 1))
class Masked(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(9, 8)
        self.attend = nn.MultiheadAttention(8, 2, batch_first=True)
    def forward(self, ids, mask):
        x = self.embed(ids)
        return self.attend(x, x, x, key_padding_mask=mask == 0)[0] * mask.unsqueeze(-1)
`)).toEqual(['kinds (batch, features) asked', 'numbers (batch, 4) solved', 'ids (batch, features) asked', 'mask (batch, features) asked']);
  });
});

describe('Analyzer', () => {
  it('gives the same analysis of the same text, whatever was analysed between', () => {
    const first = analyse(lenet);
    analyse('import torch\ntorch.nn.Linear.extra = 1\nclass Linear(torch.nn.Linear):\n    pass\n');
    expect(analyse(lenet)).toEqual(first);
  });

  it('reads the data files beside the program, and reads them again when they change', () => {
    const folder = mkdtempSync(join(tmpdir(), 'layerscope-'));
    try {
      const file = join(folder, 'train.py');
      writeFileSync(join(folder, 'config.json'), '{"hidden": 64}');
      writeFileSync(join(folder, 'labels.txt'), 'cat\ndog\nbird\n');
      const text = `import json
import pathlib
import torch
from torch import nn
with open('config.json') as f:
    config = json.load(f)
labels = [line.strip() for line in open('labels.txt')]
same = pathlib.Path(__file__).with_name('labels.txt').read_text().splitlines()
model = nn.Sequential(nn.Linear(8, config['hidden']), nn.ReLU(), nn.Linear(config['hidden'], len(labels) + len(same)))
y = model(torch.zeros(2, 8))
`;
      const shapes = (): (readonly string[])[] => analyse(text, { file }).models.map(layersOf);
      expect(shapes()).toEqual([['0 Linear (2, 64)', '1 ReLU (2, 64)', '2 Linear (2, 6)']]);
      writeFileSync(join(folder, 'config.json'), '{"hidden": 128}');
      utimesSync(join(folder, 'config.json'), 1, 1);
      expect(shapes()).toEqual([['0 Linear (2, 128)', '1 ReLU (2, 128)', '2 Linear (2, 6)']]);
      expect(shown(analyse('open("/etc/hostname").read() + 1\nopen("../x").read() + 1\n', { file }))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says what an exception says, and survives one that cannot say it', () => {
    const text = (condition: string): string => `import os
class Wrong(Exception):
    def __init__(self, code):
        self.code = code
    def __str__(self):
        return f'code {self.code}'
class Mute(Exception):
    def __str__(self):
        return self.nothing
def check(kind):
    if ${condition}:
        raise kind(3)
check(Wrong)
check(Mute)
`;
    expect(shown(analyse(text('True')))).toEqual(['12 error exception: code 3', '12 error exception: Mute']);
    expect(shown(analyse(text('os.getpid() > 7')))).toEqual([]);
  });

  it('finds a class by its dotted name, as configurations do', () => {
    const { models, diagnostics } = analyse(`import importlib
import torch
def locate(path):
    parts = path.split('.')
    for n in range(len(parts), 0, -1):
        try:
            found = importlib.import_module('.'.join(parts[:n]))
        except ModuleNotFoundError:
            continue
        for part in parts[n:]:
            found = getattr(found, part)
        return found
net = locate('torch.nn.Sequential')(locate('torch.nn.Linear')(4, 3), locate('torch.nn.ReLU')())
net(torch.zeros(2, 4))
`);
    expect(diagnostics).toEqual([]);
    expect(models.map(layersOf)).toEqual([['0 Linear (2, 3)', '1 ReLU (2, 3)']]);
  });

  it('gives up a library whose import takes too long, and says so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'layerscope-'));
    try {
      for (const name of ['endless', 'endless_too']) {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, '__init__.py'), 'n = 0\nwhile True:\n    n += sum(range(100000))\n');
      }
      const text = `import endless\nfrom endless_too import layer\nimport torch\nx = endless.n\n${lenet}Net()(torch.zeros(1, 3, 32, 32))\n`;
      for (const version of [text, `${text}\n`]) {
        const analysis = analyse(version, { pythonPath: [folder] });
        expect(analysis.gaps.map(({ reason, location }) => [reason, location?.line])).toEqual([['importing endless takes too long to follow', 1], ['importing endless_too takes too long to follow', 2]]);
        expect(analysis.diagnostics).toEqual([]);
        expect(analysis.models).toHaveLength(1);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it('does not say that something was not called on an object which code out of sight had', () => {
    const text = (hand: string): string => `
from helpers import prepare
import keras, numpy as np
from mxnet import nd
from mxnet.gluon import nn
from sklearn.preprocessing import StandardScaler
class Task:
    def __init__(self):
        self.model = keras.Sequential([keras.layers.Dense(3)])
task, network, scaler = Task(), nn.Dense(3), StandardScaler()
${hand}
task.model.fit(np.zeros((4, 2)), np.zeros((4, 3)))
network(nd.ones((4, 2)))
scaler.transform(np.zeros((4, 2)))
`;
    expect(shown(analyse(text(''))).map((line) => line.slice(0, 8))).toEqual(['12 error', '13 error', '14 error']);
    expect(shown(analyse(text('prepare(task, [network], scaler=scaler)')))).toEqual([]);
  });

  it('counts lines of a notebook in its cells', () => {
    const text = 'import torch\nfc = torch.nn.Linear(3, 4)\n\nx = torch.zeros(2, 5)\nfc(x)\n';
    const cells = [{ index: 0, id: undefined, firstLine: 1, lineCount: 2 }, { index: 4, id: undefined, firstLine: 4, lineCount: 2 }];
    expect(shown(analyse(text)).join()).toMatch(/line 2\b(?! of)/);
    expect(shown(analyse(text, { cells })).join()).toContain('line 2 of cell 1');
  });

  it('survives every prefix of a file', () => {
    for (let end = 0; end < lenet.length; end += 37) expect(() => analyse(lenet.slice(0, end))).not.toThrow();
  });
});
