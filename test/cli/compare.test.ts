import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layerscope, layerscopeJson } from './command.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'layerscope-compare-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = 'examples/digits_keras.py';
const [three, seven] = ['examples/samples/digit_3_175.png', 'examples/samples/digit_7_182.png'];

interface Compared {
  readonly comparison: readonly { readonly layer: string; readonly type: string; readonly largest: number; readonly relative: number | null; readonly cosine: number | null }[];
}

describe('run --compare', () => {
  test('two inputs, layer by layer, sorted by what changes most', () => {
    const { comparison } = layerscopeJson<Compared>('run', model, '--input', three, '--compare-input', seven, '--sort', 'relative');
    expect(comparison.map(({ layer }) => layer).toSorted()).toEqual(['conv2d', 'conv2d_1', 'dense', 'dense_1', 'dropout', 'flatten', 'max_pooling2d']);
    const relative = comparison.map((row) => row.relative ?? Infinity);
    expect(relative).toEqual(relative.toSorted((a, b) => b - a));
    expect(comparison.every(({ cosine }) => cosine !== null && cosine < 1)).toBe(true);
  });

  test('the same weights change nothing, training mode what lies behind the dropout', () => {
    const same = layerscopeJson<Compared>('run', model, '--input', three, '--compare', 'examples/digits_keras.keras');
    expect(same.comparison.every(({ largest, relative }) => largest === 0 && relative === 0)).toBe(true);
    const { comparison } = layerscopeJson<Compared>('run', model, '--input', three, '--compare-training');
    expect(comparison.filter(({ largest }) => largest > 0).map(({ layer }) => layer)).toEqual(['dropout', 'dense', 'dense_1']);
  });
});

describe('pictures', () => {
  test('are prepared as the code says, in words, by another line or not at all', () => {
    const path = join(folder, 'net.py');
    writeFileSync(path, `import torch
from torch import nn
from torchvision import transforms
train = transforms.Compose([transforms.RandomCrop(8), transforms.ToTensor()])
test = transforms.Compose([transforms.Grayscale(), transforms.Resize((8, 8)), transforms.ToTensor(), transforms.Normalize((0.5,), (0.25,))])
net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten())
net(torch.zeros(1, 1, 8, 8))
`);
    const said = (...more: string[]): string[] => layerscope('run', path, '--input', three, ...more).stderr.split('\n').filter((line) => line.includes('.png')).map((line) => line.slice(line.indexOf(': ') + 2));
    expect(said()).toEqual(['converted to grey (line 5)', 'resized to 8x8 (bilinear) (line 5)', 'divided by 255 (line 5)', 'less 0.5, divided by 0.25 (line 5)']);
    expect(said('--preprocessing', '4')).toContain('RandomCrop is random and left out (line 4)');
    expect(said('--preprocessing', 'none')).toEqual(['divided by 255', 'the code does not say how it prepares pictures: 0 to 1 is assumed']);
    const wrong = layerscope('run', path, '--input', three, '--preprocessing', '7');
    expect([wrong.status, wrong.stderr]).toEqual([2, 'layerscope: line 7 says nothing of how pictures are prepared; the lines that do are 5, 4\n']);
  });
});
