import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { stored } from '../../graph/weights.ts';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { constraintValue, type Case } from '../property/property.ts';
import { Random } from '../search/random.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { verifyModel } from '../verify.ts';
import { decideExactly } from './decide.ts';
import { rational, smtNumber, toNumber } from './rational.ts';
import { Z3 } from './z3.ts';

test('a float64 is its fraction, and comes back from it', () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
    const { numerator, denominator } = rational(x);
    expect(toNumber(numerator, denominator)).toBe(x === 0 ? 0 : x);
  }));
  expect([0.5, -3, 0.1].map(smtNumber)).toEqual(['(/ 1.0 2.0)', '(- 3.0)', `(/ ${rational(0.1).numerator}.0 ${rational(0.1).denominator}.0)`]);
});

describe('z3', () => {
  const z3 = new Z3();
  afterAll(() => z3.close());

  test('is ended when the time is up', async () => {
    // the sum of three cubes: far out of reach
    const started = performance.now();
    expect(await z3.ask('(declare-const x Int)(declare-const y Int)(declare-const z Int)(assert (= (+ (* x x x) (* y y y) (* z z z)) 114))(check-sat)', 1200)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('says what is wrong with a script', async () => {
    await expect(z3.ask('(assert (= x 1))', 10_000)).rejects.toThrow('unknown constant x');
  });

  test('settles what no bound can: an output that only just keeps to one side', async () => {
    const writer = new GraphWriter();
    const hidden = writer.operator('Relu', [writer.gemm(writer.input([1, 2]), 3, [1, -1, 0.5, 0.5, 1, -1], [0.1, 0, -0.2])]);
    const graph = writer.graph(writer.operator('Relu', [writer.gemm(hidden, 1, [1, -1, 0.5], [-0.1])]));
    const weights = new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)]));
    const below = (strict: boolean) => verifyModel(graph, weights, { inputs: 2, outputs: 1, property: { cases: [{ lower: Float64Array.of(-1, -1), upper: Float64Array.of(1, 1), constraints: [{ coefficients: Float64Array.of(1), constant: 0, strict }] }] } }, { timeoutSeconds: 20, threads: 0 });
    expect(await below(true)).toMatchObject({ verdict: 'unsat', method: 'z3 in exact arithmetic' });
    expect((await below(false)).verdict).toBe('sat');
  }, 60_000);

  /** Set VERDICTS=500 for the long run, and SEED to do it in pieces. */
  const asked = Number(process.env.VERDICTS ?? 8);
  const first = Number(process.env.SEED ?? 1);

  test(`agrees with branch and bound on ${asked} random networks, near the threshold`, async () => {
    const verdicts: Record<string, number> = {};
    for (let seed = first; seed < first + asked; seed++) {
      const random = new Random(seed);
      const numbers = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
      const writer = new GraphWriter();
      let y = writer.operator('Relu', [writer.gemm(writer.input([1, 2]), 4, numbers(8, 1), numbers(4, 0.3))]);
      y = writer.operator(seed % 3 === 0 ? 'LeakyRelu' : 'Relu', [writer.gemm(y, 3, numbers(12, 0.8), numbers(3, 0.3))]);
      const graph = writer.graph(writer.gemm(y, 1, numbers(3, 1), numbers(1, 0.1)));
      const network = compile(graph, writer.weights, { exact: true });
      const loaded = new LoadedNetwork(network);
      // a threshold close to the sampled maximum, so that either verdict may be right
      let most = -Infinity;
      for (let k = 0; k < 200; k++) most = Math.max(most, loaded.evaluate(Float64Array.from([random.uniform(-1, 1), random.uniform(-1, 1)]))[0]);
      const threshold = most + (seed % 2 === 0 ? 0.02 : -0.005);
      const one: Case = { lower: Float64Array.of(-1, -1), upper: Float64Array.of(1, 1), constraints: [{ coefficients: Float64Array.of(-1), constant: threshold }] };
      const exact = await decideExactly(z3, network, one, 30_000);
      const ours = await verifyModel(graph, new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)])), { inputs: 2, outputs: 1, property: { cases: [one] } }, { timeoutSeconds: 20 });
      // z3 may run out of its time
      if (exact.verdict !== 'unknown') expect(`${seed} ${exact.verdict}`).toBe(`${seed} ${ours.verdict}`);
      if (exact.verdict === 'sat') expect(constraintValue(one.constraints[0], loaded.evaluate(exact.input))).toBeLessThanOrEqual(1e-12);
      if (ours.verdict === 'unsat') expect(ours.method).toMatch(/branch and bound|linear bounds/);
      verdicts[exact.verdict] = (verdicts[exact.verdict] ?? 0) + 1;
    }
    expect(verdicts.sat).toBeGreaterThan(0);
    expect(verdicts.unsat).toBeGreaterThan(0);
    if (process.env.VERDICTS) process.stdout.write(`${JSON.stringify(verdicts)}\n`);
  }, 180_000 + 10_000 * asked);
});
