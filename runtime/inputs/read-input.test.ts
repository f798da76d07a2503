import { expect, test } from 'vitest';
import type { LayerGraph } from '../../graph/graph.ts';
import { readInput } from './read-input.ts';

const graph: LayerGraph = {
  name: 'm', type: 'm', framework: 'torch', values: [{ id: 0, name: 'x', type: { dataType: 'float32', shape: [1, 2, 3] } }], operators: [],
  layers: [{ id: 0, name: 'm', path: '', type: 'm', configuration: {}, parameters: [], listed: false }], scopes: [{ id: 0, layer: 0, inputs: [0], outputs: [0] }],
  parameters: [], inputs: [0], outputs: [0], assumptions: [], gaps: [],
};

test.each([
  ['nested lists', [[[1, 2, 3], [4, 5, 6]]]],
  ['lists without the batch axis', [[1, 2, 3], [4, 5, 6]]],
  ['values with a shape', { shape: [1, 2, 3], values: [1, 2, 3, 4, 5, 6] }],
])('%s in JSON', async (_, document) => {
  const { tensor } = await readInput({ kind: 'file', name: 'x.json', bytes: new TextEncoder().encode(JSON.stringify(document)) }, graph, 0);
  expect(tensor.shape).toEqual([1, 2, 3]);
  expect([...tensor.data as Float32Array]).toEqual([1, 2, 3, 4, 5, 6]);
});
