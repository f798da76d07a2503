import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layerscope, layerscopeJson } from './command.ts';

const sample = 'examples/samples/digit_3_175.png';

interface Explained {
  layer: string;
  index: number[];
  value: number;
  bounds?: { lower: number; upper: number };
  form: { coefficients: number[][][]; constant: number } | null;
  gradient?: number[][][];
  phases: { active: number; inactive: number };
  above?: { verdict: string; input: number[][][] | null; value: number | null };
  with?: { verdict: string };
  important: Record<string, { index: number[]; score: number }[]>;
}

describe('layerscope neuron', () => {
  test('gives value, bounds, form and what is above a threshold, by the contract', () => {
    const answer = layerscopeJson<Explained>('neuron', 'examples/digits_subclass.py', '--at', 'dense_1[2]', '--input', sample, '--epsilon', '0.03', '--above', '100');
    expect(answer).toMatchObject({ layer: 'dense_1', index: [2], above: { verdict: 'never', input: null } });
    expect(answer.bounds!.lower).toBeLessThanOrEqual(answer.value);
    expect(answer.bounds!.upper).toBeGreaterThanOrEqual(answer.value);
    expect(answer.form!.coefficients.flat(3)).toHaveLength(64);
    expect(answer.phases.active + answer.phases.inactive).toBeGreaterThan(0);
    // the form at the input, whose numbers `run` is given too, is the value
    const json = join(mkdtempSync(join(tmpdir(), 'layerscope-')), 'x.json');
    const pixels = Array.from({ length: 64 }, (_, k) => ((k * 7) % 17) / 16);
    writeFileSync(json, JSON.stringify([Array.from({ length: 8 }, (_, r) => pixels.slice(8 * r, 8 * r + 8).map((x) => [x]))]));
    const other = layerscopeJson<Explained>('neuron', 'examples/digits_subclass.py', '--at', 'dense_1[2]', '--input', json);
    const formed = other.form!.coefficients.flat(3).reduce((sum, c, k) => sum + c * Math.fround(pixels[k]), other.form!.constant);
    expect(Math.abs(formed - other.value)).toBeLessThan(1e-6);
    const run = layerscopeJson<{ outputs: Record<string, { values: number[][] }> }>('run', 'examples/digits_subclass.py', '--input', json, '--fetch', 'dense_1');
    expect(Math.abs(run.outputs.dense_1.values[0][2] - other.value)).toBeLessThan(1e-4);
    expect(other.important.contribution[0].index).toHaveLength(3);
  });

  test('gives a gradient where the network is not piecewise linear, and bounds that stay probabilities', () => {
    const answer = layerscopeJson<Explained>('neuron', 'examples/digits_keras.py', '--at', 'dense_1[3]', '--input', sample, '--epsilon', '0.01');
    expect(answer.form).toBeNull();
    expect(answer.gradient!.flat(3)).toHaveLength(64);
    expect(answer.bounds!.lower).toBeGreaterThan(0);
    expect(answer.bounds!.upper).toBeLessThanOrEqual(1);
  });

  test('gives value and gradient with the reason where an operator has no bounds, with random inputs for all inputs', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'layerscope-')), 'reader.py');
    writeFileSync(file, `import torch
from torch import nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(4, 6, batch_first=True)
        self.fc = nn.Linear(8, 3)

    def forward(self, x, extra):
        h, _ = self.lstm(x)
        return self.fc(torch.cat([h[:, -1], extra], 1))

model = Reader()
model(torch.rand(1, 5, 4), torch.rand(1, 2))
`);
    const answer = layerscopeJson<{ form: null; bounds: null; reason: string; value: number; gradient: Record<string, number[] | number[][]> }>('neuron', file, '--at', 'fc[1]', '--input', 'random', '--epsilon', '0.1');
    expect(answer).toMatchObject({ form: null, bounds: null });
    expect(answer.reason).toContain('LSTM');
    expect(Object.values(answer.gradient).map((one) => one.flat(2).length)).toEqual([20, 2]);
    const asked = layerscope('neuron', file, '--at', 'fc[1]', '--input', 'random', '--above', '1');
    expect(asked.status).toBe(2);
    expect(asked.stderr.trim().split('\n').at(-1)).toMatch(/^layerscope: .*LSTM/);
  });

  test('finds an input that lifts a neuron, and says of two whether both can be active', () => {
    const answer = layerscopeJson<Explained>('neuron', 'examples/digits_subclass.py', '--at', 'dense[1]', '--with', 'dense_1[0]', '--input', sample, '--epsilon', '0.5', '--above', '0.1');
    expect(answer.above!.verdict).toBe('reached');
    expect(answer.above!.value).toBeGreaterThanOrEqual(0.1);
    expect(answer.above!.input!.flat(3)).toHaveLength(64);
    expect(['reached', 'never']).toContain(answer.with!.verdict);
  });

  test.each([
    ['dens[3]', 'There is no tensor or layer dens; the nearest names are dense, dense_1'],
    ['dense[99]', 'dense has shape (24), and the index 99 is outside of it'],
    ['dense', 'dense has shape (24): say which neuron, such as dense[0]'],
    ['dense[1', 'dense[1 names no neuron: write LAYER[INDEX]'],
  ])('refuses %s in one sentence', (at, sentence) => {
    const { status, stdout, stderr } = layerscope('neuron', 'examples/digits_subclass.py', '--at', at, '--input', sample);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`layerscope: ${sentence}`);
  });
});
