import { expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { ActivationRegion } from '../neurons/activation-region.ts';
import { Random } from '../search/random.ts';
import { mixture } from '../testing/samples.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { largest } from './pixel-attacks.ts';
import { firstTwoPixelAttack } from './two-pixels.ts';
import { labelRule } from './rule.ts';

const names = ['Relu', 'LeakyRelu', 'Abs', 'Clip', 'Max', 'Gemm'];

test('every input of the box that meets the rule gets the label', async () => {
  let met = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const { graph, weights, inputSize } = mixture(names, 4, seed);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(seed);
    const input = Float64Array.from({ length: inputSize }, () => random.uniform(-1, 1));
    const label = largest(loaded.evaluate(input));
    const [lower, upper] = [input.map((x) => x - 0.5), input.map((x) => x + 0.5)];
    const rule = await labelRule(new ActivationRegion(loaded, input), label, { lower, upper }, { milliseconds: 30_000 });
    expect(rule.conditions.length).toBeLessThanOrEqual(rule.all);
    for (let k = 0; k < 300; k++) {
      const reach = k % 2 === 0 ? 0.5 : Math.min(0.999 * rule.radius, 0.5);
      const x = input.map((one) => one + reach * random.uniform(-1, 1));
      const meets = rule.conditions.every(({ coefficients, constant, positive }) => x.reduce((sum, one, j) => sum + one * coefficients[j], constant) > 0 === positive);
      if (k % 2 === 1) expect(meets).toBe(true);
      if (!meets) continue;
      met++;
      expect(largest(loaded.evaluate(x))).toBe(label);
    }
  }
  expect(met).toBeGreaterThan(3000);
});

test('an attack by two elements is found where single ones fail, and holds', async () => {
  let found = 0;
  let missed = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { graph, weights, inputSize } = mixture(names, 4, seed);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(seed);
    const input = Float64Array.from({ length: inputSize }, () => Math.fround(0.3 * random.uniform(-1, 1)));
    const label = largest(loaded.evaluate(input));
    const limits = { lower: new Float64Array(inputSize).fill(-1), upper: new Float64Array(inputSize).fill(1) };
    const replay = (x: Float32Array) => Promise.resolve(loaded.evaluate(Float64Array.from(x)));
    const attack = await firstTwoPixelAttack(loaded, input, label, Array.from(input.keys()), limits, { replay });
    if (attack) {
      found++;
      const changed = Float64Array.from(input);
      attack.elements.forEach((element, k) => changed[element] = attack.values[k]);
      expect(largest(loaded.evaluate(changed))).toBe(attack.label);
      expect(attack.label).not.toBe(label);
      continue;
    }
    // a grid over all pairs says how often the turns miss something
    const grid = [-1, -0.5, 0, 0.5, 1];
    const broken = Array.from(input.keys()).some((a) => Array.from(input.keys()).some((b) => grid.some((u) => grid.some((v) => largest(loaded.evaluate(input.map((x, j) => (j === a ? u : j === b ? v : x)))) !== label))));
    if (broken) missed++;
  }
  expect(found).toBeGreaterThan(10);
  expect(missed).toBeLessThanOrEqual(1);
});
