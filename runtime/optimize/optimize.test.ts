import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GraphExtension } from '../../graph/extend.ts';
import { tensorOf } from '../../graph/elements.ts';
import type { LayerGraph, Parameter, Value } from '../../graph/graph.ts';
import { readOnnx } from '../../graph/onnx/read.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { graphCost } from '../cost.ts';
import { generator, initialize } from '../initialize.ts';
import { createSession } from '../session/session.ts';
import { planMemory } from './memory.ts';
import { optimize } from './optimize.ts';

/** A graph with one input and parameters of these shapes, to be extended. */
function start(shape: readonly number[], parameters: Record<string, readonly number[]>): { extension: GraphExtension; x: number; weights: Record<string, number> } {
  const values: Value[] = [{ id: 0, name: 'x', type: { dataType: 'float32', shape } }];
  const table: Parameter[] = [];
  const weights: Record<string, number> = {};
  for (const [name, size] of Object.entries(parameters)) {
    weights[name] = values.length;
    const positive = name.startsWith('variance');
    table.push({ id: table.length, name, layer: 0, type: { dataType: 'float32', shape: size }, trainable: true, initializer: { kind: 'uniform', low: positive ? 0.5 : -1, high: positive ? 2 : 1 } });
    values.push({ id: values.length, name, type: { dataType: 'float32', shape: size }, parameter: table.length - 1 });
  }
  const bare: LayerGraph = {
    name: 'test', type: 'Model', framework: 'onnx', values, operators: [], layers: [{ id: 0, name: 'test', path: '', type: 'Model', configuration: {}, parameters: table.map(({ id }) => id), listed: false }],
    scopes: [{ id: 0, layer: 0, inputs: [0], outputs: [] }], parameters: table, inputs: [0], outputs: [], assumptions: [], gaps: [],
  };
  return { extension: new GraphExtension(bare), x: 0, weights };
}

const randomTensor = (shape: readonly number[], seed: number): Tensor => {
  const next = generator(seed);
  return tensorOf('float32', shape, Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * next() - 1));
};

async function run(graph: LayerGraph, weights: ReturnType<typeof initialize>, x: Tensor): Promise<Tensor[]> {
  const session = await createSession(graph, weights, { backend: 'wasm' });
  const { outputs } = await session.run({ x });
  await session.close();
  return [...outputs.values()];
}

async function expectSame(graph: LayerGraph, x: Tensor, weights = initialize(graph, 3)) {
  const optimized = await optimize(graph, weights);
  const [before, after] = [await run(graph, weights, x), await run(optimized.graph, new Map(optimized.weights), x)];
  before.forEach((tensor, index) => {
    expect(after[index].shape).toEqual(tensor.shape);
    Array.from(tensor.data as ArrayLike<number>, Number).forEach((value, place) => expect(Math.abs(Number(after[index].data[place]) - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value))));
  });
  return optimized;
}

describe('folding', () => {
  test('normalisation goes into the convolution, padding too', async () => {
    const { extension: g, x, weights: w } = start([2, 3, 6, 6], { w: [4, 3, 3, 3], scale: [4], bias: [4], mean: [4], variance: [4] });
    const padded = g.apply('Pad', [x, g.integers(0, 0, 1, 1, 0, 0, 1, 1)]);
    const conv = g.apply('Conv', [padded, w.w], { kernel_shape: [3, 3] });
    const norm = g.apply('BatchNormalization', [conv, w.scale, w.bias, w.mean, w.variance], { epsilon: 1e-3 });
    const out = g.apply('Identity', [g.apply('Relu', [norm])]);
    const { graph, rewrites } = await expectSame(g.finish([out]), randomTensor([2, 3, 6, 6], 1));
    expect(graph.operators.map(({ type }) => type)).toEqual(['Conv', 'Relu']);
    expect(rewrites.map(({ rule }) => rule).sort()).toEqual(['fold batch normalisation into the layer before', 'fold padding into the convolution behind it', 'remove an operator that changes nothing']);
  });

  test('grouped transposed convolutions too', async () => {
    const { extension: g, x, weights: w } = start([1, 4, 3, 3], { w: [4, 3, 2, 2], scale: [6], bias: [6], mean: [6], variance: [6] });
    const conv = g.apply('ConvTranspose', [x, w.w], { group: 2, strides: [2, 2] });
    const { graph } = await expectSame(g.finish([g.apply('BatchNormalization', [conv, w.scale, w.bias, w.mean, w.variance])]), randomTensor([1, 4, 3, 3], 2));
    expect(graph.operators.map(({ type }) => type)).toEqual(['ConvTranspose']);
  });

  test('what only weights decide is computed once', async () => {
    const { extension: g, x, weights: w } = start([2, 4], { w: [5, 4], b: [5] });
    const product = g.apply('MatMul', [x, g.apply('Transpose', [w.w], { perm: [1, 0] })]);
    const { graph, weights } = await expectSame(g.finish([g.apply('Add', [product, w.b])]), randomTensor([2, 4], 3));
    expect(graph.operators.map(({ type }) => type)).toEqual(['Gemm']);
    expect([...weights.values()].map(({ shape }) => shape)).toEqual([[5], [4, 5]]);
  });

  test('transpositions between layouts meet and cancel', async () => {
    const { extension: g, x, weights: w } = start([1, 6, 6, 2], { v: [2, 2, 3, 3], w: [3, 2, 3, 3] });
    const layer = (input: number, weight: number) => g.apply('Relu', [g.apply('Transpose', [g.apply('Conv', [g.apply('Transpose', [input], { perm: [0, 3, 1, 2] }), weight], { pads: [1, 1, 1, 1] })], { perm: [0, 2, 3, 1] })]);
    const first = layer(x, w.v);
    const both = g.apply('Concat', [layer(first, w.w), layer(first, w.v)], { axis: 3 });
    const { graph } = await expectSame(g.finish([both]), randomTensor([1, 6, 6, 2], 5));
    // one in front, and one behind; the concatenation lies between channels-first tensors
    expect(graph.operators.map(({ type }) => type).filter((type) => type === 'Transpose').length).toBeLessThanOrEqual(4);
    expect(graph.operators.findIndex(({ type }) => type === 'Concat')).toBeLessThan(graph.operators.length - 1);
  });

  test('twins become one, dead ends go', async () => {
    const { extension: g, x } = start([2, 4], {});
    const sum = g.apply('Add', [g.apply('Exp', [x]), g.apply('Exp', [x])]);
    g.apply('Sin', [x]);
    const { graph } = await expectSame(g.finish([sum]), randomTensor([2, 4], 4));
    expect(graph.operators.map(({ type }) => type)).toEqual(['Exp', 'Add']);
  });

  test('random networks compute what they computed', async () => {
    const step = fc.constantFrom('conv', 'norm', 'relu', 'scale', 'offset', 'identity', 'dropout', 'pad', 'residual', 'transpose', 'reshape', 'pool', 'twice');
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.nat(1000), async (steps, seed) => {
      const { extension: g, x, weights: w } = start([1, 3, 8, 8], Object.fromEntries(steps.flatMap((_, i) => [[`w${i}`, [3, 3, 3, 3]], [`s${i}`, [3]], [`b${i}`, [3]], [`m${i}`, [3]], [`variance${i}`, [3]], [`c${i}`, [1, 3, 1, 1]]])));
      let last = x;
      steps.forEach((kind, i) => {
        const before = last;
        switch (kind) {
          case 'conv': last = g.apply('Conv', [last, w[`w${i}`], w[`b${i}`]], { pads: [1, 1, 1, 1] }); break;
          case 'norm': last = g.apply('BatchNormalization', [last, w[`s${i}`], w[`b${i}`], w[`m${i}`], w[`variance${i}`]]); break;
          case 'relu': last = g.apply('Relu', [last]); break;
          case 'scale': last = g.apply('Mul', [w[`c${i}`], last]); break;
          case 'offset': last = g.apply('Sub', [last, w[`c${i}`]]); break;
          case 'identity': last = g.apply('Add', [last, g.scalar(0, last)]); break;
          case 'dropout': last = g.apply('Dropout', [last]); break;
          case 'pad': last = g.apply('Slice', [g.apply('Pad', [last, g.integers(0, 0, 1, 1, 0, 0, 1, 1)]), g.integers(1, 1), g.integers(-1, -1), g.integers(2, 3)]); break;
          case 'residual': last = g.apply('Add', [last, g.apply('Relu', [last])]); break;
          case 'transpose': last = g.apply('Transpose', [g.apply('Transpose', [last], { perm: [0, 2, 3, 1] })], { perm: [0, 3, 1, 2] }); break;
          case 'reshape': last = g.apply('Reshape', [g.apply('Flatten', [last], { axis: 1 }), g.integers(1, 3, 8, 8)]); break;
          case 'pool': last = g.apply('AveragePool', [last], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }); break;
          default: last = g.apply('Add', [g.apply('Abs', [last]), g.apply('Abs', [last])]);
        }
        if (last === before) throw new Error(kind);
      });
      await expectSame(g.finish([last]), randomTensor([1, 3, 8, 8], seed));
    }), { numRuns: 60 });
  });

  test('models of every operator set compute what they computed', async () => {
    const cases = JSON.parse(readFileSync(new URL('../../test/golden/runtime/versions.json', import.meta.url), 'utf8')) as { model: string; x: { shape: number[]; data: number[] } }[];
    for (const { model, x } of cases) {
      const { graph, weights } = readOnnx(Buffer.from(model, 'base64'));
      await expectSame(graph, tensorOf('float32', x.shape, x.data), new Map(weights));
    }
  });
});

describe('memory', () => {
  test('a chain needs two buffers, or one where results are written in place', () => {
    const { extension: g, x } = start([10], {});
    let last = x;
    for (let i = 0; i < 4; i++) last = g.apply('CumSum', [last, g.constant('int64', [], [0])]);
    expect(planMemory(g.finish([last]))).toMatchObject({ eager: 160, graph: 80 });
    const { extension: h, x: y } = start([10], {});
    let end = y;
    for (let i = 0; i < 4; i++) end = h.apply('Exp', [end]);
    expect(planMemory(h.finish([end]))).toMatchObject({ eager: 160, graph: 40 });
  });

  test('buffers that live at the same time never overlap', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.constantFrom('Add', 'Concat', 'Relu', 'Reshape')), { minLength: 1, maxLength: 15 }), (steps) => {
      const { extension: g, x } = start([4], {});
      const made = [x];
      for (const [a, b, type] of steps) {
        const [p, q] = [made[a % made.length], made[b % made.length]];
        made.push(type === 'Concat' ? g.apply('Concat', [p, q], { axis: 0 }) : type === 'Relu' ? g.apply('Relu', [p]) : type === 'Reshape' ? g.apply('Reshape', [p, g.integers(-1)]) : g.apply('Add', [p, p]));
      }
      const { buffers, eager, graph } = planMemory(g.finish([made.at(-1)!]));
      for (const [i, one] of buffers.entries()) {
        for (const other of buffers.slice(i + 1)) {
          const together = one.from <= other.to && other.from <= one.to;
          if (together) expect(one.offset + one.bytes <= other.offset || other.offset + other.bytes <= one.offset).toBe(true);
        }
      }
      expect(graph).toBeLessThanOrEqual(eager);
    }));
  });
});

test('cost of a small network, counted by hand', () => {
  const { extension: g, x, weights: w } = start([1, 3, 8, 8], { w: [4, 3, 3, 3], f: [256, 10] });
  const conv = g.apply('Relu', [g.apply('Conv', [x, w.w], { pads: [1, 1, 1, 1] })]);
  const { total, layers } = graphCost(g.finish([g.apply('MatMul', [g.apply('Flatten', [conv]), w.f])]));
  expect(total).toEqual({ multiplyAdds: 4 * 64 * 27 + 2560, operations: 2 * (4 * 64 * 27 + 2560) + 256, activationBytes: 4 * (256 * 2 + 10) });
  // the flattened tensor is the same memory
  expect(layers.get(0)).toEqual(total);
});
