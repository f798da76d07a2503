import { describe, expect, test } from 'vitest';
import { stored } from '../../graph/weights.ts';
import { createSession } from '../../runtime/index.ts';
import { Random } from '../search/random.ts';
import { sample, sampleNames } from '../testing/samples.ts';
import { compile } from './compile.ts';
import { LoadedNetwork } from './loaded.ts';

describe('a compiled network computes what ONNX Runtime computes', () => {
  test.each(sampleNames)('%s', async (name) => {
    const { graph, weights, inputSize } = sample(name, 7);
    const session = await createSession(graph, new Map([...weights].map(([key, tensor]) => [key, stored(tensor)])), { backend: 'wasm' });
    const random = new Random(11);
    for (const exact of [false, true]) {
      const loaded = new LoadedNetwork(compile(graph, weights, { exact }));
      for (let trial = 0; trial < 3; trial++) {
        const input = Float64Array.from({ length: inputSize }, () => Math.fround(random.uniform(-1, 1)));
        const [input0] = loaded.network.inputs;
        const { outputs } = await session.run(new Map([[input0.name, { dataType: 'float32', shape: input0.shape, data: Float32Array.from(input) }]]));
        const [expected] = outputs.values();
        const ours = loaded.evaluate(input);
        expect(ours.length).toBe(expected.data.length);
        ours.forEach((y, i) => expect(y).toBeCloseTo(Number(expected.data[i]), 4));
      }
    }
    await session.close();
  });

  test.each(sampleNames)('%s: gradients agree with differences', (name) => {
    const { graph, weights, inputSize } = sample(name, 7);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(5);
    const input = Float64Array.from({ length: inputSize }, () => random.uniform(-1, 1));
    const { kernels } = loaded;
    const seed = Float64Array.from({ length: loaded.outputSize }, () => random.uniform(-1, 1));
    const values = loaded.forward(kernels.store(input), 1);
    const gradient = kernels.f64(loaded.gradient(values, kernels.store(seed), 1), inputSize).slice();
    const objective = (x: Float64Array) => loaded.evaluate(x).reduce((sum, y, i) => sum + y * seed[i], 0);
    for (let j = 0; j < inputSize; j++) {
      const [up, down] = [1e-6, -1e-6].map((step) => objective(input.map((x, i) => (i === j ? x + step : x))));
      expect(gradient[j]).toBeCloseTo((up - down) / 2e-6, 3);
    }
  });
});
