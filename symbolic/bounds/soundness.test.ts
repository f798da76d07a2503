import { describe, expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { Random } from '../search/random.ts';
import { mixture, sample, sampleNames, vectorSampleNames, type Sample } from '../testing/samples.ts';
import { BoundEngine } from './engine.ts';
import { optimise } from './optimise.ts';
import { tightenNode } from './tighten.ts';

/** Every node's values at random inputs of the box lie within the bounds, and so does every row of the output. */
function checkSoundness({ graph, weights, inputSize }: Sample, seed: number, radius: number): void {
  const loaded = new LoadedNetwork(compile(graph, weights));
  const { kernels, network } = loaded;
  const random = new Random(seed);
  const center = Float64Array.from({ length: inputSize }, () => random.uniform(-1, 1));
  const lower = center.map((x) => x - radius * random.next());
  const upper = center.map((x) => x + radius * random.next());
  const engine = new BoundEngine(loaded, lower, upper);
  const rows = 2 * loaded.outputSize;
  const objective = new Float64Array(rows * loaded.outputSize);
  for (let i = 0; i < loaded.outputSize; i++) {
    objective[2 * i * loaded.outputSize + i] = 1;
    objective[(2 * i + 1) * loaded.outputSize + i] = -1;
  }
  const regions = engine.analyse([{ lower, upper }]);
  const rowRegions = kernels.storeIntegers(new Int32Array(rows));
  const { bounds } = engine.lowerBounds(regions, network.output, kernels.store(objective), rows, rowRegions);
  const { bounds: better } = optimise(engine, regions, network.output, objective, rows, rowRegions, { iterations: 10 });
  for (let r = 0; r < rows; r++) expect(better[r]).toBeGreaterThanOrEqual(bounds[r] - 1e-6 * (1 + Math.abs(bounds[r])));
  const count = 64;
  const points = new Float64Array(count * inputSize);
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < inputSize; j++) {
      const t = random.next();
      points[k * inputSize + j] = k < 24 ? (t < 0.5 ? lower[j] : upper[j]) : random.uniform(lower[j], upper[j]);
    }
  }
  const values = loaded.forward(kernels.store(points), count);
  for (const node of network.nodes) {
    const at = kernels.f64(values[node.id], count * node.size);
    const low = kernels.f64(regions.lower[node.id], node.size);
    const high = kernels.f64(regions.upper[node.id], node.size);
    for (let p = 0; p < count * node.size; p++) {
      const i = p % node.size;
      // a sample is itself rounded, by far less than this
      const slack = 1e-12 * (1 + Math.abs(at[p]));
      if (!(at[p] >= low[i] - slack && at[p] <= high[i] + slack)) throw new Error(`${node.kind} ${node.origin}: ${at[p]} is not in [${low[i]}, ${high[i]}]`);
      if (node.id === network.output) {
        expect(at[p]).toBeGreaterThanOrEqual(better[2 * i] - slack);
        expect(at[p]).toBeLessThanOrEqual(-better[2 * i + 1] + slack);
      }
    }
  }
}

describe('bounds hold for sampled inputs', () => {
  test.each(sampleNames)('%s', (name) => {
    for (let seed = 1; seed <= 6; seed++) for (const radius of [0.01, 0.3, 2]) checkSoundness(sample(name, seed), seed * 31, radius);
  });

  test('mixtures of all operators', () => {
    const names = vectorSampleNames.filter((name) => name !== 'Exp' && name !== 'Cube');
    for (let seed = 1; seed <= 150; seed++) checkSoundness(mixture(names, 1 + (seed % 5), seed), seed, seed % 3 === 0 ? 1 : 0.2);
  });
});

test('bounds made tighter by small searches hold for sampled inputs, and are tighter', async () => {
  let gained = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { graph, weights, inputSize } = mixture(['Relu', 'LeakyRelu', 'Gemm', 'Add', 'Max', 'Concat', 'Sigmoid', 'Abs'], 5, seed, 14);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(seed);
    const center = Float64Array.from({ length: inputSize }, () => random.uniform(-1, 1));
    const box = { lower: center.map((x) => x - 0.4), upper: center.map((x) => x + 0.4) };
    const engine = new BoundEngine(loaded, box.lower, box.upper);
    const known: { lower: Float64Array; upper: Float64Array }[] = [];
    const rough: { lower: Float64Array; upper: Float64Array }[] = [];
    for (const [into, branching] of [[rough, undefined], [known, { rounds: 6, iterations: 4 }]] as const) {
      for (const { id } of loaded.network.nodes) {
        const step = { box, node: id, known: loaded.network.nodes.map((_, k) => into[k]), part: 0, parts: 1, iterations: 8, branching };
        (await tightenNode(engine, step, () => Promise.resolve(true))).bounds.forEach((bounds, k) => { into[k] = bounds; });
      }
    }
    const points = Float64Array.from({ length: 500 * inputSize }, (_, k) => (k % 3 === 0 ? random.uniform(box.lower[k % inputSize], box.upper[k % inputSize]) : [box.lower, box.upper][random.integer(2)][k % inputSize]));
    const { kernels } = loaded;
    const values = loaded.forward(kernels.store(points), 500);
    for (const node of loaded.network.nodes) {
      const at = kernels.f64(values[node.id], 500 * node.size);
      at.forEach((value, p) => {
        const i = p % node.size;
        const slack = 1e-12 * (1 + Math.abs(value));
        if (!(value >= known[node.id].lower[i] - slack && value <= known[node.id].upper[i] + slack)) throw new Error(`seed ${seed}, ${node.kind} ${node.origin}: ${value} is not in [${known[node.id].lower[i]}, ${known[node.id].upper[i]}]`);
      });
      for (let i = 0; i < node.size; i++) if (known[node.id].upper[i] - known[node.id].lower[i] < 0.99 * (rough[node.id].upper[i] - rough[node.id].lower[i])) gained++;
    }
  }
  expect(gained).toBeGreaterThan(100);
}, 120_000);
