import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cut } from './cut.ts';
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
