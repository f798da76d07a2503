import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readOnnx } from '../../graph/onnx/read.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { generator } from '../initialize.ts';
import { createSession } from '../session/session.ts';
import { gradientGraph } from './gradient.ts';

interface Packed { shape: number[]; data: number[] }
interface Case { name: string; model: string; inputs: Record<string, Packed>; seed: Packed; output: Packed; gradients: Packed[] }

const cases = JSON.parse(readFileSync(new URL('../../test/golden/runtime/gradients.json', import.meta.url), 'utf8')) as Case[];
const tensor = ({ shape, data }: Packed): Tensor => ({ dataType: 'float32', shape, data: Float32Array.from(data) });

function expectClose(actual: Tensor, expected: Packed): void {
  expect(actual.shape).toEqual(expected.shape);
  const scale = Math.max(1, ...expected.data.map(Math.abs));
  expected.data.forEach((value, index) => expect(Math.abs(Number(actual.data[index]) - value) / scale).toBeLessThan(2e-5));
}

describe('gradients equal those of PyTorch', () => {
  test.each(cases)('$name', async ({ model, inputs, seed, output, gradients }) => {
    const { graph, weights } = readOnnx(Buffer.from(model, 'base64'));
    const back = gradientGraph(graph);
    const session = await createSession(back.graph, weights, { backend: 'wasm' });
    const feeds = Object.fromEntries([...Object.entries(inputs), [back.seed, seed] as const].map(([name, packed]) => [name, tensor(packed)]));
    const { outputs } = await session.run(feeds, { fetch: [graph.values[graph.outputs[0]].name, ...back.gradients.filter((id) => id !== undefined).map((id) => back.graph.values[id].name)] });
    expectClose([...outputs.values()][0], output);
    gradients.forEach((expected, index) => {
      const id = back.gradients[index];
      if (id === undefined) expect(expected.data.every((value) => value === 0)).toBe(true);
      else expectClose(outputs.get(back.graph.values[id].name)!, expected);
    });
    await session.close();
  });
});

describe('gradients of smooth operators equal finite differences', () => {
  const smooth = cases.filter(({ name }) => /^(LSTM|GRU|RNN|Conv|MatMul|Gemm|Einsum|LayerNorm|GroupNorm|InstanceNorm|Softmax|LogSoftmax|Gelu|Mish|Tanh|Sigmoid|AveragePool|Resize-linear)/.test(name));

  test.each(smooth)('$name', async ({ model, inputs, seed, gradients }) => {
    const { graph, weights } = readOnnx(Buffer.from(model, 'base64'));
    const session = await createSession(graph, weights, { backend: 'wasm' });
    const next = generator(5);
    const names = Object.keys(inputs);
    const directions = names.map((name) => inputs[name].data.map(() => next() - 0.5));
    /** The seeded sum of the output, a step along the direction. */
    const along = async (step: number): Promise<number> => {
      const feeds = Object.fromEntries(names.map((name, index) => [name, tensor({ shape: inputs[name].shape, data: inputs[name].data.map((value, place) => value + step * directions[index][place]) })]));
      const [output] = (await session.run(feeds)).outputs.values();
      return seed.data.reduce((sum, weight, place) => sum + weight * Number(output.data[place]), 0);
    };
    const step = 1e-2;
    const measured = (await along(step) - await along(-step)) / (2 * step);
    const told = gradients.reduce((sum, { data }, index) => sum + data.reduce((inner, value, place) => inner + value * directions[index][place], 0), 0);
    // a float32 sum has rounding errors that the division makes larger
    const scale = Math.max(1, Math.abs(told), ...gradients.map(({ data }) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0))));
    expect(Math.abs(measured - told) / scale).toBeLessThan(1e-2);
    await session.close();
  });
});
