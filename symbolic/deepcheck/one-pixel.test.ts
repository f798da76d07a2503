import { expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { Random } from '../search/random.ts';
import { mixture, sample } from '../testing/samples.ts';
import { walkLines } from './line-walk.ts';
import { sweepElements, valuesToTry } from './one-pixel.ts';

const pause = () => Promise.resolve();
const names = ['Relu', 'LeakyRelu', 'Abs', 'Clip', 'Max', 'Gemm', 'HardSigmoid', 'PRelu', 'ReduceMax'];

test('the pieces of a line are the network at every point of it', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { graph, weights, inputSize } = seed % 4 === 0 ? sample(seed % 8 === 0 ? 'MaxPool' : 'Residual', seed) : mixture(names, 5, seed);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(seed);
    const vector = (scale: number) => Float64Array.from({ length: inputSize }, () => scale * random.uniform(-1, 1));
    const lines = Array.from({ length: 5 }, () => ({ start: vector(1), direction: vector(2), length: 1.5 }));
    const ends = lines.map(() => 0);
    await walkLines(loaded, lines, (k, { from, to, values, slopes }) => {
      expect(from).toBe(ends[k]);
      ends[k] = to;
      const { start, direction } = lines[k];
      for (const share of [0, 0.3, 1]) {
        const t = from + share * (to - from);
        const real = loaded.evaluate(start.map((x, j) => x + t * direction[j]), 1);
        real.forEach((y, i) => expect(Math.abs(values[i] + (t - from) * slopes[i] - y)).toBeLessThan(1e-8 * (1 + Math.abs(y))));
      }
      return true;
    }, pause);
    expect(ends).toEqual(lines.map(({ length }) => length));
  }
});

test('every single element whose change loses the label is found, and no other: against a fine grid', async () => {
  let found = 0;
  let absent = 0;
  for (let seed = 1; seed <= 80; seed++) {
    const { graph, weights, inputSize } = mixture(names, 4, seed);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(seed);
    const input = Float64Array.from({ length: inputSize }, () => Math.fround(random.uniform(-1, 1)));
    const labelOf = (y: Float64Array) => y.reduce((best, score, i) => (score > y[best] ? i : best), 0);
    const label = labelOf(loaded.evaluate(input));
    const [lower, upper] = [new Float64Array(inputSize).fill(-1), new Float64Array(inputSize).fill(1)];
    const sweeps = await sweepElements(loaded, input, label, Array.from(input.keys()), { lower, upper });
    for (const sweep of sweeps) {
      const at = (x: number) => loaded.evaluate(input.map((one, j) => (j === sweep.element ? x : one)));
      const grid = Array.from({ length: 401 }, (_, k) => -1 + k / 200);
      const breaking = grid.filter((x) => labelOf(at(x)) !== label);
      // float64 rounding of a tie is no attack
      if (Math.abs(sweep.margin) < 1e-9) continue;
      if (sweep.margin > 0) {
        absent++;
        expect(breaking).toEqual([]);
        expect(valuesToTry(sweep, input[sweep.element], -1, 1)).toEqual([]);
      } else {
        found++;
        const [least] = breaking.toSorted((a, b) => Math.abs(a - input[sweep.element]) - Math.abs(b - input[sweep.element]));
        if (least !== undefined) expect(Math.abs(sweep.nearest!.value - input[sweep.element])).toBeLessThanOrEqual(Math.abs(least - input[sweep.element]) + 1e-12);
        expect(labelOf(at(sweep.value))).not.toBe(label);
      }
    }
  }
  expect(found).toBeGreaterThan(20);
  expect(absent).toBeGreaterThan(100);
});
