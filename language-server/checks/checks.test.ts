import { describe, expect, it } from 'vitest';
import { analyse } from '../testing/analysis-fixture.ts';

/** The codes of the warnings and hints of a program that must have no error. */
function codes(text: string): string[] {
  const { diagnostics } = analyse(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return diagnostics.map(({ code }) => code);
}

const torch = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\nx = torch.randn(4, 8)\nlabels = torch.randint(0, 3, (4,))\n';
const keras = 'import keras\nfrom keras import layers\n';

/** A program for each rule that breaks it, and programs that are near to it and right. */
const rules: Record<string, { wrong: readonly string[]; right: readonly string[] }> = {
  'logits-expected': {
    wrong: [
      `${torch}nn.CrossEntropyLoss()(torch.softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1))\nF.cross_entropy(model(x), labels)`,
      `${torch}F.cross_entropy(F.relu(nn.Linear(8, 3)(x)), labels)`,
      `${torch}F.binary_cross_entropy_with_logits(torch.sigmoid(nn.Linear(8, 1)(x)), torch.ones(4, 1))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax')])\nmodel.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))`,
    ],
    right: [
      `${torch}nn.CrossEntropyLoss()(nn.Linear(8, 3)(x), labels)`,
      `${torch}F.cross_entropy(F.log_softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}attention = torch.softmax(x, dim=1)\nF.cross_entropy(nn.Linear(8, 3)(attention), labels)`,
      `${torch}nn.MSELoss()(torch.sigmoid(nn.Linear(8, 8)(x)), x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\nmodel.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))`,
    ],
  },
  'probabilities-expected': {
    wrong: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\nmodel.compile(loss='categorical_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='relu')])\nmodel.compile(loss='binary_crossentropy')`,
      `${torch}F.binary_cross_entropy(nn.Linear(8, 1)(x), torch.ones(4, 1))`,
    ],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax')])\nmodel.compile(loss='categorical_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3), layers.Softmax()])\nmodel.compile(loss='sparse_categorical_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.compile(loss='mse')`,
      `${torch}F.binary_cross_entropy(torch.sigmoid(nn.Linear(8, 1)(x)), torch.ones(4, 1))`,
    ],
  },
  'log-probabilities-expected': {
    wrong: [
      `${torch}F.nll_loss(F.softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}nn.NLLLoss()(nn.Linear(8, 3)(x), labels)`,
    ],
    right: [
      `${torch}F.nll_loss(F.log_softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}F.nll_loss(torch.log(F.softmax(nn.Linear(8, 3)(x), dim=1)), labels)`,
    ],
  },
  'loss-width': {
    wrong: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation='softmax')])\nmodel.compile(loss='binary_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation='sigmoid')])\nmodel.compile(loss='categorical_crossentropy')`,
    ],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation='sigmoid')])\nmodel.compile(loss='binary_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])\nmodel.compile(loss='binary_crossentropy')`,
    ],
  },
  'dropout-before-loss': {
    wrong: [`${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Dropout(0.5))\nF.cross_entropy(model(x), labels)`],
    right: [`${torch}model = nn.Sequential(nn.Dropout(0.5), nn.Linear(8, 3))\nF.cross_entropy(model(x), labels)`],
  },
  'one-unit-softmax': {
    wrong: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='softmax')])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 1), nn.Softmax(dim=1))\nmodel(x)`,
    ],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(2, activation='softmax')])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())\nmodel(x)`,
    ],
  },
  'linear-stack': {
    wrong: [
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.Linear(16, 3))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.Dropout(0.1), nn.Linear(16, 3))\nmodel(x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(16), layers.Dense(3, activation='softmax')])`,
    ],
    right: [
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 2), nn.Linear(2, 8))\nmodel(x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation='relu'), layers.Dense(3)])`,
      `${keras}i = keras.Input((8,))\nh = layers.Dense(16)(i)\nmodel = keras.Model(i, [h, layers.Dense(3)(h)])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.LayerNorm(16), nn.Linear(16, 3))\nmodel(x)`,
    ],
  },
  'bias-before-normalization': {
    wrong: [`${torch}model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))\nmodel(torch.randn(1, 3, 8, 8))`],
    right: [
      `${torch}model = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8))\nmodel(torch.randn(1, 3, 8, 8))`,
      `${torch}model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.BatchNorm2d(8))\nmodel(torch.randn(1, 3, 8, 8))`,
    ],
  },
  'unused-layer': {
    wrong: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.spare = nn.Linear(8, 8)\n    def forward(self, x):\n        return self.a(x)\nNet()(x)`,
    ],
    right: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.spare = nn.Linear(8, 8)\n    def forward(self, x):\n        return self.a(x)\n    def later(self, x):\n        return self.spare(x)\nNet()(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n    def forward(self, x):\n        return F.linear(x, self.a.weight)\nNet()(x)`,
    ],
  },
  'softmax-over-batch': {
    wrong: [`${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=0))\nmodel(x)`],
    right: [`${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1))\nmodel(x)`, `${torch}weights = torch.softmax(torch.randn(5, 5), dim=0)`],
  },
  'reshape-mixes-batch': {
    wrong: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 16, 3)\n        self.fc = nn.Linear(12, 2)\n    def forward(self, x):\n        x = self.conv(x)\n        x = x.view(-1, 12)\n        return self.fc(x)\nNet()(torch.randn(4, 3, 8, 8))`,
    ],
    right: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 16, 3)\n        self.fc = nn.Linear(576, 2)\n    def forward(self, x):\n        x = self.conv(x)\n        x = x.view(-1, 576)\n        return self.fc(x)\nNet()(torch.randn(4, 3, 8, 8))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 2)\n    def forward(self, x):\n        b, t, f = x.shape\n        return self.fc(x.reshape(b * t, f)).view(b, t, 2)\nNet()(torch.randn(4, 5, 8))`,
    ],
  },
};

for (const [code, { wrong, right }] of Object.entries(rules)) {
  describe(code, () => {
    it.each(wrong)('is found in %s', (text) => {
      expect(codes(text)).toContain(code);
    });
    it.each(right)('is not found in %s', (text) => {
      expect(codes(text)).not.toContain(code);
    });
  });
}
