import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOnnx } from '../graph/onnx/read.ts';
import { tensorOf } from '../graph/elements.ts';
import { stored } from '../graph/weights.ts';
import { createExplainer } from './explain.ts';
import { generator } from './initialize.ts';
import { firstNotFinite } from './not-finite.ts';
import { createSession } from './session/session.ts';

interface Packed { shape: number[]; data: number[] }
interface Case { name: string; model: string; inputs: Record<string, Packed> }
const cases = JSON.parse(readFileSync(new URL('../test/golden/runtime/gradients.json', import.meta.url), 'utf8')) as Case[];

/** The small convolutional network of the golden gradients, with its weights as weights. */
function network() {
  const { model, inputs } = cases.find(({ name }) => name === 'network')!;
  const { graph } = readOnnx(Buffer.from(model, 'base64'));
  const weights = new Map(['w', 'f'].map((name) => [name, stored(tensorOf('float32', inputs[name].shape, inputs[name].data))]));
  const values = graph.values.map((value) => (weights.has(value.name) ? { ...value, parameter: value.name === 'w' ? 0 : 1 } : value));
  const parameters = [...weights].map(([name, { shape }], id) => ({ id, name, layer: 0, type: { dataType: 'float32' as const, shape }, trainable: true, initializer: { kind: 'unknown' as const } }));
  const next = generator(1);
  const input = tensorOf('float32', [2, 1, 8, 8], Float64Array.from({ length: 128 }, () => next()));
  return { graph: { ...graph, values, parameters, inputs: [graph.inputs[0]] }, weights, input };
}

test('integrated gradients sum to the difference of scores', async () => {
  const { graph, weights, input } = network();
  const explainer = await createExplainer(graph, weights, undefined, { backend: 'wasm' });
  const session = await createSession(graph, weights, { backend: 'wasm' });
  const score = async (data: Float32Array) => {
    const { outputs } = await session.run({ x: { ...input, data } }, { fetch: ['g'] });
    const { data: scores } = outputs.get('g')!;
    return Number(scores[2]) + Number(scores[7]);
  };
  const integrated = await explainer.integratedGradients(input, 2, 200);
  const sum = (integrated.data as Float32Array).reduce((total, one) => total + one, 0);
  const difference = await score(input.data as Float32Array) - await score(new Float32Array(128));
  expect(Math.abs(sum - difference)).toBeLessThan(0.02 * Math.max(1, Math.abs(difference)));
  const saliency = await explainer.saliency(input, 2);
  expect((saliency.data as Float32Array).every((one) => one >= 0)).toBe(true);
  expect((await explainer.gradCam(input, 2)).shape).toEqual([2, 6, 6]);
  await expect(explainer.gradient(input, 9)).rejects.toThrow('There is no class 9: the model has 5');
  await explainer.close();
  await session.close();
});

test('the first operator that makes a NaN is found', async () => {
  const { graph, weights, input } = network();
  const session = await createSession(graph, new Map([...weights, ['f', stored(tensorOf('float32', [5, 36], new Array<number>(180).fill(Infinity)))]]), { backend: 'wasm' });
  const { tensors } = await session.run({ x: input }, { keepAll: true });
  expect(firstNotFinite(graph, tensors)?.operator.type).toBe('Gemm');
  await session.close();
});
