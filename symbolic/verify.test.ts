import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stored } from '../graph/weights.ts';
import { compile } from './network/compile.ts';
import { violation, type Case } from './property/property.ts';
import { LoadedNetwork } from './network/loaded.ts';
import { projectedGradientDescent } from './search/attack.ts';
import { Random } from './search/random.ts';
import { GraphWriter } from './testing/graph-writer.ts';
import { mixture, vectorSampleNames } from './testing/samples.ts';
import { verifyModel } from './verify.ts';
import { certify, checkCertificate } from './certificate/files.ts';

const storedWeights = (weights: GraphWriter['weights']) => new Map([...weights].map(([name, tensor]) => [name, stored(tensor)]));

/** A network that takes long: random weights, many ReLUs that are not fixed. */
function hard(inputs: number, width: number) {
  const random = new Random(4);
  const numbers = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
  const writer = new GraphWriter();
  let y = writer.operator('Relu', [writer.gemm(writer.input([1, inputs]), width, numbers(inputs * width, 0.5), numbers(width, 0.2))]);
  for (let k = 0; k < 3; k++) y = writer.operator('Relu', [writer.gemm(y, width, numbers(width * width, 0.25), numbers(width, 0.2))]);
  const graph = writer.graph(writer.gemm(y, 1, numbers(width, 0.3), [0]));
  const one: Case = { lower: new Float64Array(inputs).fill(-1), upper: new Float64Array(inputs).fill(1), constraints: [{ coefficients: Float64Array.of(-1), constant: 12 }] };
  return { graph, weights: storedWeights(writer.weights), query: { inputs, outputs: 1, property: { cases: [one] } } };
}

describe('in threads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  const worker = join(folder, 'worker.mjs');
  beforeAll(async () => {
    await build({ entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))], bundle: true, platform: 'node', format: 'esm', outfile: worker, logLevel: 'error' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([['inputs', 6, 60], ['neurons', 30, 60]])('cutting %s: cancel answers within 200 ms and keeps the bound', async (_, inputs, width) => {
    const { graph, weights, query } = hard(inputs, width);
    const controller = new AbortController();
    let cancelled = 0;
    let reports = 0;
    const answer = await verifyModel(graph, weights, query, {
      worker, threads: 2, timeoutSeconds: 60, signal: controller.signal,
      onProgress: ({ bound, open }) => {
        reports++;
        if (Number.isFinite(bound) && open > 4 && cancelled === 0) {
          cancelled = performance.now();
          controller.abort();
        }
      },
    });
    expect(performance.now() - cancelled).toBeLessThan(200);
    expect(reports).toBeGreaterThan(0);
    expect(answer.verdict).toBe('unknown');
    expect(answer.method).toBe('cancelled');
    expect(Number.isFinite(answer.bound)).toBe(true);
  });

  test('two threads decide as one does', async () => {
    const { graph, weights, query } = hard(3, 30);
    for (const constant of [2, 8]) {
      const asked = { ...query, property: { cases: [{ ...query.property.cases[0], constraints: [{ coefficients: Float64Array.of(-1), constant }] }] } };
      const [one, two] = [await verifyModel(graph, weights, asked, { threads: 0, timeoutSeconds: 60 }), await verifyModel(graph, weights, asked, { worker, threads: 2, timeoutSeconds: 60 })];
      expect(two.verdict).toBe(one.verdict);
    }
  });
});

describe('what cannot be verified', () => {
  const query = { inputs: 2, outputs: 1, property: { cases: [{ lower: Float64Array.of(0, 0), upper: Float64Array.of(1, 1), constraints: [{ coefficients: Float64Array.of(1), constant: 0 }] }] } };

  test('operators without bounds are all named', async () => {
    const writer = new GraphWriter();
    const x = writer.input([1, 2]);
    const y = writer.operator('Add', [writer.operator('Floor', [x]), writer.operator('Sign', [x])]);
    await expect(verifyModel(writer.graph(y), storedWeights(writer.weights), query, { timeoutSeconds: 5 })).rejects.toThrow(/Floor \(Floor_0\): there are no bounds for this operator; Sign \(Sign_1\)/);
  });

  test('weights that are no numbers', async () => {
    const writer = new GraphWriter();
    const y = writer.gemm(writer.input([1, 2]), 1, [Number.NaN, 1], [0]);
    await expect(verifyModel(writer.graph(y), storedWeights(writer.weights), query, { timeoutSeconds: 5 })).rejects.toThrow('the weights of p0 are not all finite numbers');
  });

  test('other numbers than floats; a batch', async () => {
    const writer = new GraphWriter();
    const graph = writer.graph(writer.gemm(writer.input([4, 2]), 1, [1, 1], [0]));
    await expect(verifyModel(graph, storedWeights(writer.weights), query, { timeoutSeconds: 5 })).rejects.toThrow('the property declares 2 inputs X_i, the network has 8: it takes 4 examples at once; save it with a batch of 1');
    const half = { ...graph, values: graph.values.map((value) => (graph.inputs.includes(value.id) ? { ...value, type: { ...value.type, dataType: 'float16' as const } } : value)) };
    await expect(verifyModel(half, storedWeights(writer.weights), query, { timeoutSeconds: 5 })).rejects.toThrow('takes float16; queries are decided for models that take float32 or float64');
  });

  test('other counts of inputs and outputs', async () => {
    const writer = new GraphWriter();
    const y = writer.gemm(writer.input([1, 3]), 1, [1, 1, 1], [0]);
    await expect(verifyModel(writer.graph(y), storedWeights(writer.weights), query, { timeoutSeconds: 5 })).rejects.toThrow('the property declares 2 inputs X_i, the network has 3');
  });
});

/** Set VERDICTS=5000 for the long run, and SEED to do it in pieces. */
const networks = Number(process.env.VERDICTS ?? 40);
const firstSeed = Number(process.env.SEED ?? 1);

test(`${networks} random networks of all operators: no verdict is refuted by sampling, every certificate passes`, async () => {
  const verdicts: Record<string, number> = {};
  const names = vectorSampleNames.filter((name) => name !== 'Exp' && name !== 'Cube');
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    // few inputs are cut themselves, with more of them neurons are
    const inputs = seed % 2 === 0 ? 4 : 14;
    const { graph, weights, name } = mixture(names, 1 + (seed % 5), 5000 + seed, inputs);
    const random = new Random(seed);
    const center = Float64Array.from({ length: inputs }, () => random.uniform(-1, 1));
    const radius = [0.05, 0.2, 0.5][seed % 3];
    const [lower, upper] = [center.map((x) => x - radius), center.map((x) => x + radius)];
    const loaded = new LoadedNetwork(compile(graph, weights));
    const points = Float64Array.from({ length: 2000 * inputs }, (_, k) => (k < 1000 * inputs ? random.uniform(lower[k % inputs], upper[k % inputs]) : random.integer(2) === 0 ? lower[k % inputs] : upper[k % inputs]));
    const values = loaded.evaluate(points, 2000).filter((_, k) => k % 3 === 0);
    const [climbed] = projectedGradientDescent(loaded, [{ lower, upper, constraints: [{ coefficients: Float64Array.of(-1, 0, 0), constant: 0 }] }], { random, steps: 40, restarts: 10 });
    const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b), -climbed.violation)];
    // near what is reached, on either side
    const threshold = most + (most - least + 1e-3) * [0.3, 0.05, -0.02][Math.floor(seed / 3) % 3];
    const one: Case = { lower, upper, constraints: [{ coefficients: Float64Array.of(-1, 0, 0), constant: threshold }] };
    const query = { inputs, outputs: 3, property: { cases: [one] } };
    // certificates are of the search without the last efforts
    const certified = seed % 4 < 2;
    const answer = await verifyModel(graph, storedWeights(weights as GraphWriter['weights']), query, { threads: 0, timeoutSeconds: 3, keepProofs: certified });
    verdicts[answer.verdict] = (verdicts[answer.verdict] ?? 0) + 1;
    if (answer.verdict === 'unsat') {
      if (!(most < threshold)) throw new Error(`seed ${seed} (${name}): said unsat, but ${most} reaches ${threshold}`);
      if (!certified) continue;
      const files = { network: Buffer.from('n'), property: Buffer.from('p') };
      await checkCertificate(certify(answer, query, files)!, graph, storedWeights(weights as GraphWriter['weights']), query, files);
    }
    if (answer.witness) expect(violation(one, loaded.evaluate(answer.witness.input, 1))).toBeLessThanOrEqual(0);
  }
  if (process.env.VERDICTS) process.stdout.write(`${JSON.stringify(verdicts)}\n`);
  expect(verdicts.unsat).toBeGreaterThan(0);
  expect(verdicts.sat).toBeGreaterThan(0);
}, 60_000 + 5000 * networks);
