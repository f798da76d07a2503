import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tensorOf } from '../../graph/elements.ts';
import { encodeModel } from '../../graph/onnx/encode.ts';
import { readOnnx } from '../../graph/onnx/read.ts';
import type { NamedNode } from '../../graph/onnx/upgrade.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { createSession } from './session.ts';

interface Packed { shape: number[]; data: number[] }
interface Case { name: string; model: string; x: Packed; y: Packed }
const cases = JSON.parse(readFileSync(new URL('../../test/golden/runtime/versions.json', import.meta.url), 'utf8')) as Case[];
const tensor = ({ shape, data }: Packed): Tensor => ({ dataType: 'float32', shape, data: Float32Array.from(data) });
const modelOf = (name: string) => readOnnx(Buffer.from(cases.find((one) => one.name === name)!.model, 'base64'));

describe.each(['graph', 'eager'] as const)('%s mode computes what ONNX Runtime in Python computes, from every operator set', (mode) => {
  test.each(cases)('$name', async ({ model, x, y }) => {
    const { graph, weights } = readOnnx(Buffer.from(model, 'base64'));
    const session = await createSession(graph, weights, { mode });
    const { outputs } = await session.run({ x: tensor(x) });
    const [output] = outputs.values();
    expect(output.shape).toEqual(y.shape);
    y.data.forEach((value, index) => expect(Number(output.data[index])).toBeCloseTo(value, 5));
    await session.close();
  });
});

describe('a session', () => {
  test('fetches a tensor with its ancestors alone', async () => {
    const { graph, weights } = modelOf('Gemm-symbolic-11');
    for (const mode of ['graph', 'eager'] as const) {
      const session = await createSession(graph, weights, { mode });
      const { outputs, executed } = await session.run({ x: tensor({ shape: [1, 4], data: [1, 2, 3, 4] }) }, { fetch: ['g'] });
      expect([...outputs.keys()]).toEqual(['g']);
      expect(executed.map((id) => graph.operators[id].type)).toEqual(['Gemm']);
      await session.close();
    }
  });

  test('keeps every tensor when asked', async () => {
    const { graph, weights } = modelOf('Shape-arithmetic-13');
    for (const mode of ['graph', 'eager'] as const) {
      const session = await createSession(graph, weights, { mode });
      const { tensors } = await session.run({ x: tensor({ shape: [2, 3, 4], data: Array.from({ length: 24 }, (_, i) => i) }) }, { keepAll: true });
      const named = Object.fromEntries([...tensors].map(([id, { data }]) => [graph.values[id].name, Array.from(data as ArrayLike<unknown>, Number)]));
      expect(named).toMatchObject({ s: [2, 3, 4], n: [2], t: [2, -1] });
      await session.close();
    }
  });

  test('says what is wrong with its inputs', async () => {
    const { graph, weights } = modelOf('Gemm-symbolic-11');
    const session = await createSession(graph, weights);
    await expect(session.run({})).rejects.toThrow('The input x of shape (batch, 4) is missing');
    await expect(session.run({ z: tensor({ shape: [1], data: [1] }), x: tensor({ shape: [1, 4], data: [1, 2, 3, 4] }) })).rejects.toThrow('The model has no input z; its inputs are x');
    await expect(session.run({ x: tensor({ shape: [1, 3], data: [1, 2, 3] }) })).rejects.toThrow('The input x takes shape (batch, 4), but is given (1, 3)');
    await expect(session.run({ x: { dataType: 'float64', shape: [1, 4], data: new Float64Array(4) } })).rejects.toThrow('The input x takes float32, but is given float64');
    await expect(session.run({ x: tensor({ shape: [1, 4], data: [1, 2, 3, 4] }) }, { fetch: ['nothing'] })).rejects.toThrow('There is no tensor or layer nothing; the nearest names are');
  });

  test('names the operator that is not understood', async () => {
    const { graph, weights } = modelOf('Gemm-symbolic-11');
    const unknown = { ...graph, operators: graph.operators.map((operator) => (operator.type === 'Relu' ? { ...operator, type: 'Unknown', domain: 'layerscope', reason: 'a call of numpy' } : operator)) };
    const session = await createSession(unknown, weights);
    const feeds = { x: tensor({ shape: [1, 4], data: [1, 2, 3, 4] }) };
    await expect(session.run(feeds)).rejects.toThrow(/is not understood \(a call of numpy\)/);
    expect((await session.run(feeds, { fetch: ['g'] })).outputs.size).toBe(1);
  });

  test('keeps the zeros that padding puts in front of a maximum', async () => {
    const node = (type: string, inputs: string[], outputs: string[], attributes: NamedNode['attributes'] = {}): NamedNode => ({ type, domain: '', name: type, inputs, outputs, attributes });
    const { graph, weights } = readOnnx(encodeModel({
      name: 'padded', inputs: [{ name: 'x', dataType: 'float32', shape: [1, 1, 2, 2] }], outputs: [{ name: 'y', dataType: 'float32', shape: undefined }],
      nodes: [node('Pad', ['x', 'pads'], ['p']), node('MaxPool', ['p'], ['y'], { kernel_shape: [2, 2] })],
      initializers: [{ ...tensorOf('int64', [8], [0, 0, 1, 1, 0, 0, 1, 1]), name: 'pads' }],
    }));
    const session = await createSession(graph, weights);
    const { outputs } = await session.run({ x: tensor({ shape: [1, 1, 2, 2], data: [-1, -2, -3, -4] }) });
    expect(Array.from(outputs.get('y')!.data as Float32Array)).toEqual([0, 0, 0, 0, -1, 0, 0, 0, 0]);
    await session.close();
  });

  test('can be cancelled', async () => {
    const { graph, weights } = modelOf('Gemm-symbolic-11');
    const session = await createSession(graph, weights, { mode: 'eager' });
    await expect(session.run({ x: tensor({ shape: [1, 4], data: [1, 2, 3, 4] }) }, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
