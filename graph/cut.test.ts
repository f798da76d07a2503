import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cut, cutLayers } from './cut.ts';
import { readOnnx } from './onnx/read.ts';

interface Case { name: string; model: string }
const cases = JSON.parse(readFileSync(new URL('../test/golden/runtime/gradients.json', import.meta.url), 'utf8')) as Case[];

test('a part of a network, from one tensor to another', () => {
  const { graph } = readOnnx(Buffer.from(cases.find(({ name }) => name === 'network')!.model, 'base64'));
  const id = (name: string) => graph.values.find((value) => value.name === name)!.id;
  const part = cut(graph, [id('r')], [id('g')]);
  expect(part.operators.map(({ type }) => type)).toEqual(['MaxPool', 'Flatten', 'Gemm']);
  expect(part.inputs.map((value) => part.values[value].name)).toEqual(['r', 'f']);
  expect(part.outputs.map((value) => part.values[value].name)).toEqual(['g']);
  part.values.forEach((value, index) => expect(value.id).toBe(index));
  part.operators.forEach((operator, index) => {
    expect(operator.id).toBe(index);
    for (const output of operator.outputs) expect(part.values[output].producer).toBe(index);
  });
});

describe('a new model from layer to layer', () => {
  const { graph } = readOnnx(Buffer.from(cases.find(({ name }) => name === 'network')!.model, 'base64'));
  const layers = graph.layers.filter(({ listed }) => listed).map(({ path, name }) => path || name);

  test('both layers are part of it', () => {
    for (let first = 0; first < layers.length; first++) {
      for (let last = first; last < layers.length; last++) {
        const part = cutLayers(graph, { from: [layers[first]], to: [layers[last]] });
        const types = part.layers.filter(({ listed }) => listed).map(({ path, name }) => path || name);
        expect(part.operators.length).toBeGreaterThan(0);
        expect(types).toEqual(expect.arrayContaining([layers[first], layers[last]]));
      }
    }
  });

  test('without a beginning it begins with the inputs, without an end it ends with the outputs', () => {
    const head = cutLayers(graph, { to: [layers[0]] });
    expect(head.inputs.map((id) => head.values[id].name)).toEqual(['x', 'w']);
    const tail = cutLayers(graph, { from: [layers.at(-1)!] });
    expect(tail.outputs.map((id) => tail.values[id].name)).toEqual(graph.outputs.map((id) => graph.values[id].name));
  });

  test('what is wrong is said', () => {
    expect(() => cutLayers(graph, { from: ['nothing'] })).toThrow('there is no layer or tensor nothing; the layers are');
    expect(() => cutLayers(graph, { from: [layers.at(-1)!], to: [layers[0]] })).toThrow('do not come from');
  });
});
