import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, floorDivide, maximum, minimum, modulo, multiply, symbol, substitute, type Dimension } from '../dimension.ts';
import { bytesOfTensor, float16Bits, float16Value, tensorFromBytes, tensorOf } from '../elements.ts';
import type { LayerGraph } from '../graph.ts';
import type { DataType } from '../tensor.ts';
import { stored } from '../weights.ts';
import { encodeModel } from './encode.ts';
import { readOnnx } from './read.ts';
import { SizeWriter } from './sizes.ts';
import { decodeMessage, FormatError, memorySource, readPacked } from './wire.ts';
import { writeOnnx } from './write.ts';

interface Case { name: string; model: string }
const cases = JSON.parse(readFileSync(new URL('../../test/golden/runtime/versions.json', import.meta.url), 'utf8')) as Case[];
const modelOf = (name: string) => Buffer.from(cases.find((one) => one.name === name)!.model, 'base64');

describe('reading', () => {
  test('types, parameters, constants and symbols', () => {
    const { graph, weights, opset } = readOnnx(modelOf('Gemm-symbolic-11'));
    expect(opset).toBe(11);
    expect(graph.operators.map(({ type }) => type)).toEqual(['Gemm', 'Relu']);
    expect(graph.parameters.map(({ name, type }) => [name, type.shape])).toEqual([['w', [5, 4]], ['b', [5]]]);
    expect([...weights.keys()]).toEqual(['w', 'b']);
    expect(graph.values[graph.inputs[0]].type.shape![0]).toMatchObject({ key: '1*batch' });
    expect(graph.values[graph.outputs[0]].type.shape![1]).toBe(5);
    expect(graph.layers.filter(({ listed }) => listed).map(({ type }) => type)).toEqual(['Gemm', 'Relu']);
  });

  test('small integer initialisers are constants, so shapes follow from them', () => {
    const { graph } = readOnnx(modelOf('Shape-arithmetic-13'));
    expect(graph.parameters).toEqual([]);
    const { shape } = graph.values[graph.outputs[0]].type;
    expect(shape?.length).toBe(2);
    expect(shape?.[1]).toBe(12);
  });

  test('a graph that runs in a circle, and one that misses a tensor', () => {
    const node = (inputs: string[], outputs: string[]) => ({ type: 'Neg', domain: '', name: outputs[0], inputs, outputs, attributes: {} });
    const type = (name: string) => ({ name, dataType: 'float32' as const, shape: [2] });
    const model = (nodes: ReturnType<typeof node>[]) => encodeModel({ name: 'm', nodes, initializers: [], inputs: [type('x')], outputs: [type('y')] });
    expect(() => readOnnx(model([node(['z'], ['y']), node(['y'], ['z'])]))).toThrow('the graph runs in a circle at Neg');
    expect(() => readOnnx(model([node(['q'], ['y'])]))).toThrow('takes the tensor q, which nothing makes');
    expect(() => readOnnx(model([node(['x'], ['z'])]))).toThrow('nothing makes the output y');
    expect(() => readOnnx(model([node(['x'], ['y']), node(['x'], ['y'])]))).toThrow("two tensors have the name 'y'");
  });

  test('an operator with a graph of its own is a gap', () => {
    const { graph } = readOnnx(modelOf('ArgMax-11'));
    expect(graph.gaps).toEqual([]);
  });

  test('any bytes end in a graph or in one sentence', () => {
    const models = cases.map(({ model }) => Buffer.from(model, 'base64'));
    fc.assert(fc.property(fc.nat(models.length - 1), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(400), (which, changes, cut) => {
      const bytes = Uint8Array.from(models[which]);
      for (const [place, value] of changes) bytes[place % bytes.length] = value;
      try {
        readOnnx(cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes);
      } catch (error) {
        if (!(error instanceof FormatError) && (error as Error).name !== 'ShapeFault') throw error;
      }
    }), { numRuns: 1500 });
  });
});

describe('writing', () => {
  test('what is written reads back as the same graph', async () => {
    for (const { model } of cases) {
      const first = readOnnx(Buffer.from(model, 'base64'));
      const again = readOnnx(await writeOnnx(first.graph, first.weights));
      const essence = ({ operators, values, inputs, outputs }: LayerGraph) => ({
        operators: operators.map(({ type, attributes, inputs: ins }) => ({ type, attributes, inputs: ins.map((id) => (id === undefined ? undefined : values[id].name)) })),
        inputs: inputs.map((id) => values[id]).map(({ name, type }) => ({ name, type })), outputs: outputs.map((id) => values[id].name),
      });
      expect(essence(again.graph)).toEqual(essence(first.graph));
      for (const [name, weight] of first.weights) expect((await again.weights.get(name)!.read()).data).toEqual((await weight.read()).data);
    }
  });

  test('a parameter without weights is named', async () => {
    const { graph } = readOnnx(modelOf('Gemm-symbolic-11'));
    await expect(writeOnnx(graph, new Map())).rejects.toThrow('There are no weights for the parameter w');
    await expect(writeOnnx(graph, new Map([['w', stored(tensorOf('float32', [5, 4], new Array<number>(20).fill(1)))]]))).rejects.toThrow('the parameter b');
  });

  test('sizes are computed as the dimension says', () => {
    const [a, b] = [symbol('a'), symbol('b')];
    const dimension: fc.Arbitrary<Dimension> = fc.letrec<{ d: Dimension }>((tie) => ({
      d: fc.oneof({ depthSize: 'small' }, fc.integer({ min: 1, max: 5 }), fc.constant<Dimension>(a), fc.constant<Dimension>(b),
        fc.tuple(tie('d'), tie('d'), fc.nat(5)).map(([x, y, kind]) => [add(x, y), multiply(x, y), floorDivide(x, 3), modulo(x, 4), minimum(x, y), maximum(x, y)][kind])),
    })).d;
    fc.assert(fc.property(dimension, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (size, x, y) => {
      const writer = new SizeWriter(new Map([['a', { input: 'in', axis: 0 }], ['b', { input: 'in', axis: 1 }]]));
      const result = writer.vector([size]);
      const known = new Map<string, number>([...writer.constants].map(([name, [value]]) => [name, value]));
      for (const { type, inputs, outputs, attributes } of writer.nodes) {
        const [p, q] = inputs.map((name) => known.get(name)!);
        known.set(outputs[0], type === 'Shape' ? [x, y][Number(attributes.start)] : type === 'Add' ? p + q : type === 'Mul' ? p * q : type === 'Div' ? Math.trunc(p / q) : type === 'Mod' ? p % q : type === 'Min' ? Math.min(p, q) : Math.max(p, q));
      }
      expect(known.get(result)).toBe(substitute(size, new Map([['a', x], ['b', y]])));
    }));
  });
});

describe('elements', () => {
  test('every half survives', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = float16Value(bits);
      expect(Number.isNaN(value) ? 0x7e00 : float16Bits(value)).toBe(Number.isNaN(value) ? 0x7e00 : bits);
    }
  });

  test('halves round to the nearest, ties to even', () => {
    fc.assert(fc.property(fc.double({ min: -70000, max: 70000, noNaN: true }), (value) => {
      const bits = float16Bits(value);
      const rounded = float16Value(bits);
      const neighbours = [bits - 1, bits + 1].filter((near) => near >= 0 && (near & 0x7fff) < 0x7c00).map(float16Value);
      if (Number.isFinite(rounded)) for (const near of neighbours) expect(Math.abs(rounded - value)).toBeLessThanOrEqual(Math.abs(near - value));
    }));
  });

  test('bytes and tensors are the same thing', () => {
    const types: DataType[] = ['float32', 'float64', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'bfloat16', 'float16'];
    fc.assert(fc.property(fc.constantFrom(...types), fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 9 }), (dataType, numbers) => {
      const tensor = tensorOf(dataType, [numbers.length], numbers);
      expect(tensorFromBytes(dataType, tensor.shape, bytesOfTensor(tensor))).toEqual(tensor);
    }));
  });
});

describe('the wire format', () => {
  test('numbers packed and one by one are the same', () => {
    const packed = decodeMessage<{ n: { element: 'varint'; ranges: [] } }>(memorySource(Uint8Array.of(0x0a, 3, 1, 0xac, 2)), { 1: ['n', 'packed-varint'] });
    expect(readPacked(memorySource(Uint8Array.of(0x0a, 3, 1, 0xac, 2)), packed.n)).toEqual([1n, 300n]);
    const single = Uint8Array.of(0x08, 1, 0x08, 0xac, 2);
    expect(readPacked(memorySource(single), decodeMessage<typeof packed>(memorySource(single), { 1: ['n', 'packed-varint'] }).n)).toEqual([1n, 300n]);
  });

  test('negative numbers', () => {
    const bytes = Uint8Array.of(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
    expect(decodeMessage(memorySource(bytes), { 1: ['n', 'integer'] })).toEqual({ n: -1 });
  });
});
