import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../analysis.ts';
import { Analyzer } from './analyze.ts';

/** Top-level statements that depend on one another in the ways that programs do. */
const statements = [
  'import torch\nfrom torch import nn',
  'import torch.nn.functional as F',
  'from keras import layers, models',
  'import random',
  'width = 16',
  'width = width * 2',
  'rate = 0.5',
  'sizes = [4, 8, 16]',
  'sizes.append(width)',
  'registry = {}',
  'def register(cls):\n    registry[cls.__name__] = cls\n    return cls',
  'def double(x):\n    return x * 2',
  '@register\nclass Small(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, width)\n\n    def forward(self, x):\n        return self.fc(x)',
  '@register\nclass Deep(nn.Module):\n    def __init__(self, n=2):\n        super().__init__()\n        self.parts = nn.ModuleList(nn.Linear(s, s) for s in sizes[:n])\n\n    def forward(self, x):\n        for part in self.parts:\n            x = F.relu(part(x))\n        return x',
  'class Wide(Small):\n    def forward(self, x):\n        return double(super().forward(x))',
  'class Never(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, width, 3)\n        self.head = nn.Linear(width * 6 * 6, 10)\n\n    def forward(self, x):\n        return self.head(torch.flatten(F.relu(self.conv(x)), 1))',
  'def build():\n    return nn.Sequential(nn.Linear(8, width), nn.ReLU(), nn.Linear(width, 2))',
  'small = Small()',
  'small.fc = nn.Linear(8, 5)',
  'small.eval()',
  'x = torch.zeros(2, 8)',
  'x = torch.zeros(2, 9)',
  'y = small(x)',
  'y = small(x).view(-1, 4)',
  'z = registry["Small"]()(x)',
  'z = Wide()(x)',
  'for cls in registry.values():\n    model = cls()',
  'loss = nn.CrossEntropyLoss()(y, torch.zeros(2, dtype=torch.long))',
  'if random.random() > rate:\n    width = 32\nelse:\n    width = 8',
  'assert width == 16',
  'numbers = iter(sizes)',
  'first = next(numbers)',
  'inputs = layers.Input((width,))',
  'hidden = layers.Dense(4, activation="relu")(inputs)',
  'side = layers.Dense(first, name="side")(inputs)',
  'net = models.Model(inputs, layers.Concatenate()([hidden, side]))',
  'net = models.Sequential([layers.Dense(4), layers.Dense(sizes[0])])',
  'net.compile("adam", "mse")',
  'print(f"{width} {globals().keys()}")',
  'undefined_name + 1',
  'def broken(:\n    pass',
  'x = small(torch.zeros(2, 8)',
  '# layerscope: input 1,3,8,8',
  'from missing_package import *',
  'del width',
  'try:\n    y = small(x)\nexcept RuntimeError:\n    y = None',
];

type Edit =
  | { readonly kind: 'insert'; readonly at: number; readonly statement: number }
  | { readonly kind: 'delete' | 'blank' | 'duplicate'; readonly at: number }
  | { readonly kind: 'number'; readonly at: number; readonly value: number }
  | { readonly kind: 'typing'; readonly at: number }
  | { readonly kind: 'cancel'; readonly looks: number };

const index = fc.nat({ max: 1000 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: index, statement: fc.nat({ max: statements.length - 1 }) }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'blank' as const, 'duplicate' as const), at: index }),
  fc.record({ kind: fc.constant('number' as const), at: index, value: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant('typing' as const), at: index }),
  fc.record({ kind: fc.constant('cancel' as const), looks: fc.nat({ max: 6 }) }),
);

function edited(lines: readonly string[], change: Edit): string[] {
  const changed = [...lines];
  if (change.kind === 'cancel') return changed;
  const at = change.at % (lines.length + 1);
  switch (change.kind) {
    case 'insert': changed.splice(at, 0, statements[change.statement]); break;
    case 'delete': changed.splice(at, 1); break;
    case 'blank': changed.splice(at, 0, ''); break;
    case 'duplicate': if (at < lines.length) changed.splice(at, 0, lines[at]); break;
    case 'number': if (at < lines.length) changed[at] = changed[at].replace(/\b\d+\b/, String(change.value)); break;
    case 'typing': if (at < lines.length) changed[at] = changed[at].slice(0, changed[at].length >> 1); break;
  }
  return changed;
}

const pairs = JSON.parse(readFileSync(join(import.meta.dirname, '../../test/golden/faults/keras.json'), 'utf8')) as { faulty: string; fixed: string }[];

let runs = 0;
const keeping = await Analyzer.create();
const fresh = await Analyzer.create({ keepsStatements: false });

/** All that an analysis says; object identities that Python prints are left out. */
function said(analysis: Analysis): unknown {
  return JSON.parse(JSON.stringify(analysis, (_, value: unknown) => (typeof value === 'string' ? value.replace(/0x[0-9a-f]+/g, '0x') : value)));
}

describe('an analysis that keeps what statements did', () => {
  it('says what a new one says, from one program to the next', () => {
    for (const { faulty, fixed } of pairs.filter((_, index) => index % 4 === 0)) {
      for (const text of [faulty, fixed]) {
        const request = { file: '/project/edited.py', text };
        expect(said(keeping.analyze(request)), text).toEqual(said(fresh.analyze(request)));
      }
    }
  }, 600_000);

  it('says what a new one says, after any edits', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: statements.length - 1 }), { minLength: 5, maxLength: 25 }), fc.array(edit, { minLength: 1, maxLength: 8 }), fc.boolean(), (picked, edits, ordered) => {
      let lines = ['import torch\nfrom torch import nn', ...(ordered ? [...picked].sort((a, b) => a - b) : picked).map((each) => statements[each])];
      const file = `/project/edited_${++runs}.py`;
      const check = (): void => {
        const request = { file, text: `${lines.join('\n')}\n` };
        expect(said(keeping.analyze(request))).toEqual(said(fresh.analyze(request)));
      };
      check();
      for (const change of edits) {
        lines = edited(lines, change);
        if (change.kind === 'cancel') {
          let left = change.looks;
          try {
            keeping.analyze({ file, text: `width = 1\n${lines.join('\n')}\n`, cancelled: () => left-- <= 0 });
          } catch (error) {
            if ((error as Error).name !== 'AnalysisCancelled') throw error;
          }
        }
        check();
      }
    }), { numRuns: Number(process.env.LAYERSCOPE_RUNS ?? 12), seed: process.env.LAYERSCOPE_SEED ? Number(process.env.LAYERSCOPE_SEED) : undefined });
  }, 600_000);
});
