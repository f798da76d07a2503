import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Layer, LayerGraph, Parameter } from '../graph/graph.ts';
import { tensorOf } from '../graph/elements.ts';
import { stored } from '../graph/weights.ts';
import { bind, requireComplete, snakeCase } from './bind.ts';
import { openCheckpoint } from './formats/open.ts';

const folder = fileURLToPath(new URL('../test/golden/runtime/checkpoints/', import.meta.url));

/** A graph that has these layers with parameters: [layer name, class, [parameter name, shape]...]. */
function graphOf(layers: [name: string, type: string, ...parameters: [string, number[]][]][]): LayerGraph {
  const table: Layer[] = [{ id: 0, name: 'model', path: '', type: 'Model', configuration: {}, parameters: [], listed: false }];
  const parameters: Parameter[] = [];
  for (const [name, type, ...own] of layers) {
    const ids = own.map(([parameter, shape]) => {
      parameters.push({ id: parameters.length, name: parameter, layer: table.length, type: { dataType: 'float32', shape }, trainable: true, initializer: { kind: 'unknown' } });
      return parameters.length - 1;
    });
    table.push({ id: table.length, name, path: name, type, parent: 0, configuration: {}, parameters: ids, listed: true });
  }
  return { name: 'model', type: 'Model', framework: 'keras', values: [], operators: [], layers: table, scopes: [{ id: 0, layer: 0, inputs: [], outputs: [] }], parameters, inputs: [], outputs: [], assumptions: [], gaps: [] };
}

const small = (names: [string, string, string]) => graphOf([
  [names[0], 'Conv2D', [`${names[0]}/kernel`, [3, 3, 1, 2]], [`${names[0]}/bias`, [2]]],
  [names[1], 'BatchNormalization', ['norm/gamma', [2]], ['norm/beta', [2]], ['norm/moving_mean', [2]], ['norm/moving_variance', [2]]],
  [names[2], 'Dense', [`${names[2]}/kernel`, [32, 3]], [`${names[2]}/bias`, [3]]],
]);

const torch = graphOf([
  ['features.0', 'Conv2d', ['features.0.weight', [2, 1, 3, 3]], ['features.0.bias', [2]]],
  ['features.1', 'BatchNorm2d', ['features.1.weight', [2]], ['features.1.bias', [2]], ['features.1.running_mean', [2]], ['features.1.running_var', [2]]],
  ['head', 'Linear', ['head.weight', [3, 8]], ['head.bias', [3]]],
]);

describe('Keras', () => {
  test.each(['small.keras', 'small.h5', 'small.weights.h5', 'keras2.h5'])('%s binds by the names of layers', async (file) => {
    const checkpoint = await openCheckpoint(folder + file);
    const binding = bind(small(['first', 'norm', 'scores']), checkpoint);
    expect(binding).toMatchObject({ missing: [], mismatched: [], unused: [] });
    const kernel = await binding.weights.get('scores/kernel')!.read();
    expect(kernel.shape).toEqual([32, 3]);
    expect(binding.remarks).toEqual([]);
    checkpoint.close();
  });

  test('binds by class and order where names have counted on', async () => {
    const checkpoint = await openCheckpoint(`${folder}small.weights.h5`);
    const binding = bind(small(['conv2d_7', 'batch_normalization_7', 'dense_7']), checkpoint);
    expect(binding).toMatchObject({ missing: [], mismatched: [], unused: [] });
    expect(binding.remarks).toEqual(['Some layers were matched by their order, because the file names them differently']);
    checkpoint.close();
  });

  test('a layer of another size is told with both shapes', async () => {
    const checkpoint = await openCheckpoint(`${folder}small.keras`);
    const wider = small(['first', 'norm', 'scores']);
    const graph = { ...wider, parameters: wider.parameters.map((parameter) => (parameter.name === 'scores/kernel' ? { ...parameter, type: { dataType: 'float32' as const, shape: [64, 3] } } : parameter)) };
    const binding = bind(graph, checkpoint);
    expect(() => requireComplete(binding, 'small.keras')).toThrow('small.keras does not fit the model: the parameter scores/kernel has shape (64, 3), but the file holds (32, 3)');
    expect(binding.weights.has('scores/bias')).toBe(true);
    checkpoint.close();
  });

  test('classes become the names that Keras gives layers', () => {
    expect(['Conv2D', 'BatchNormalization', 'MaxPooling2D', 'LSTM', 'MultiHeadAttention', 'GRUCell'].map(snakeCase)).toEqual(['conv2d', 'batch_normalization', 'max_pooling2d', 'lstm', 'multi_head_attention', 'gru_cell']);
  });
});

describe('PyTorch', () => {
  test.each(['state.pt', 'legacy.pt', 'module.pt', 'nested.pt', 'parallel.pt'])('%s binds by dotted names', async (file) => {
    const checkpoint = await openCheckpoint(folder + file);
    const binding = bind(torch, checkpoint);
    expect(binding).toMatchObject({ missing: [], mismatched: [] });
    expect(binding.unused.map((name) => name.replace('module.', '')).sort()).toEqual(['features.1.num_batches_tracked', 'scale']);
    expect(binding.remarks.some((remark) => remark.includes("begin with 'module.'"))).toBe(file === 'parallel.pt');
    checkpoint.close();
  });

  test('what is missing is named, with what the file holds instead', () => {
    const entries = new Map([['fc.weight', stored(tensorOf('float32', [3, 8], new Array<number>(24).fill(0)))]]);
    const binding = bind(torch, { format: 'torch', entries, remarks: [] });
    expect(binding.matched).toEqual([]);
    expect(() => requireComplete(binding, 'other.pt')).toThrow('other.pt does not fit the model: it has no weights for features.0.weight, features.0.bias, features.1.weight and 5 more; it holds fc.weight, which the model does not use');
  });

  test('weights of another element type are converted', async () => {
    const entries = new Map(torch.parameters.map(({ name, type }) => [name, stored(tensorOf('float16', type.shape as number[], new Array<number>((type.shape as number[]).reduce((a, b) => a * b)).fill(0.5)))]));
    const { dataType, data } = await bind(torch, { format: 'torch', entries, remarks: [] }).weights.get('head.bias')!.read();
    expect([dataType, ...data as Float32Array]).toEqual(['float32', 0.5, 0.5, 0.5]);
  });
});
