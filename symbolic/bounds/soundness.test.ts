import { describe, expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { Random } from '../search/random.ts';
import { mixture, sample, sampleNames, vectorSampleNames, type Sample } from '../testing/samples.ts';
import { BoundEngine } from './engine.ts';
import { optimise } from './optimise.ts';

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
