import { describe, expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { isPiecewiseLinear } from '../network/network.ts';
import { Random } from '../search/random.ts';
import { mixture, sample, sampleNames, vectorSampleNames, type Sample } from '../testing/samples.ts';
import { ActivationRegion, neuron } from './activation-region.ts';

/** Samples without smooth operators: their forms are exact. */
const piecewiseLinear = sampleNames.filter((name) => isPiecewiseLinear(compile(sample(name, 1).graph, sample(name, 1).weights)));

/** The form of every output equals the network at random points where all phases are the same, and is its tangent elsewhere. */
function checkForms({ graph, weights, inputSize }: Sample, seed: number): number {
  const loaded = new LoadedNetwork(compile(graph, weights));
  const random = new Random(seed);
  const input = Float64Array.from({ length: inputSize }, () => random.uniform(-1, 1));
  let inRegion = 0;
  for (let output = 0; output < loaded.outputSize; output++) {
    const target = neuron(loaded.network.output, output);
    const region = new ActivationRegion(loaded, input);
    const { coefficients, constant, value, exact } = region.form(target);
    const phases = region.phases(target);
    expect(exact).toBe(true);
    const at = (x: Float64Array) => x.reduce((sum, one, j) => sum + one * coefficients[j], constant);
    expect(Math.abs(at(input) - value)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
    const rows = region.conditionRows(phases);
    for (let k = 0; k < 40; k++) {
      const radius = 10 ** random.uniform(-4, 0);
      const x = input.map((one) => one + radius * random.uniform(-1, 1));
      const holds = phases.every(({ active }, p) => {
        let row = rows.constants[p];
        for (let j = 0; j < inputSize; j++) row += rows.coefficients[p * inputSize + j] * x[j];
        return row > 0 === active;
      });
      if (!holds) continue;
      inRegion++;
      const real = loaded.evaluate(x)[output];
      expect(Math.abs(at(x) - real)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(real)));
    }
  }
  return inRegion;
}

describe('the linear form is the network in the activation region', () => {
  test.each(piecewiseLinear)('%s', (name) => {
    let inRegion = 0;
    for (let seed = 1; seed <= 5; seed++) inRegion += checkForms(sample(name, seed), 17 * seed);
    expect(inRegion).toBeGreaterThan(50);
  });

  test('mixtures of the piecewise linear operators', () => {
    const names = vectorSampleNames.filter((name) => piecewiseLinear.includes(name));
    expect(names.length).toBeGreaterThan(10);
    for (let seed = 1; seed <= 120; seed++) checkForms(mixture(names, 1 + (seed % 6), seed), seed);
  });
});

test('of a smooth network the form is its tangent, and says so', () => {
  for (const name of sampleNames.filter((each) => !piecewiseLinear.includes(each))) {
    const { graph, weights, inputSize } = sample(name, 3);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(5);
    const input = Float64Array.from({ length: inputSize }, () => random.uniform(0.1, 1));
    const { coefficients, constant, value, exact } = new ActivationRegion(loaded, input).form(neuron(loaded.network.output, 0));
    expect(exact, name).toBe(false);
    expect(Math.abs(input.reduce((sum, x, j) => sum + x * coefficients[j], constant) - value)).toBeLessThan(1e-9 * (1 + Math.abs(value)));
    for (let j = 0; j < inputSize; j++) {
      const h = 1e-6;
      const moved = (by: number) => loaded.evaluate(input.map((x, k) => (k === j ? x + by : x)))[0];
      const difference = (moved(h) - moved(-h)) / (2 * h);
      // the one-sided slopes differ where a ReLU turns in between: not at these inputs
      expect(Math.abs(difference - coefficients[j]), name).toBeLessThan(1e-4 * (1 + Math.abs(difference)));
    }
  }
});
