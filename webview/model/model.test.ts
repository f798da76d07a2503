import { describe, expect, test } from 'vitest';
import { at, deep, digits, file, GraphWriter, resnet, siamese } from '../../test/webview/graphs.ts';
import { countParameters } from '../../graph/rendering/layers.ts';
import { count, figure, keyConfiguration, parameterCount } from './describe.ts';
import { kindOf } from './kinds.ts';
import { descendants, flows, outline } from './outline.ts';
import { issues, itemsAt } from './places.ts';
import { search } from './search.ts';

describe('the outline', () => {
  test('holds every scope and operator once, under keys that differ', () => {
    for (const graph of [digits(), resnet(), siamese(), deep(200)]) {
      const shown = outline(graph);
      const items = [...descendants(shown.root)];
      expect(items).toHaveLength(graph.scopes.length - 1 + graph.operators.length + graph.inputs.length + graph.outputs.length);
      expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    }
  });

  test('keeps the keys of layers that an edit does not touch', () => {
    const before = [...outline(digits()).byKey.keys()];
    expect([...outline(digits({ units: 128 })).byKey.keys()]).toEqual(before);
  });

  test('a layer that hands on its input stands between its neighbours', () => {
    const { root } = outline(digits());
    const names = root.children.map(({ name }) => name);
    const dropout = names.indexOf('dropout');
    expect(names.slice(dropout - 1, dropout + 2)).toEqual(['flatten', 'dropout', 'dense']);
    const edges = flows(root);
    expect(edges).toContainEqual(expect.objectContaining({ from: dropout - 1, to: dropout }));
    expect(edges).toContainEqual(expect.objectContaining({ from: dropout, to: dropout + 1 }));
    expect(edges.some(({ from, to }) => from === dropout - 1 && to === dropout + 1)).toBe(false);
  });

  test('a residual block takes one tensor in, uses it twice, and gives one out', () => {
    const { byKey } = outline(resnet());
    const block = byKey.get('/layer1/0');
    expect(block?.inputs).toHaveLength(1);
    expect(block?.outputs).toHaveLength(1);
    const edges = block ? flows(block) : [];
    expect(edges.filter(({ from }) => from === -1)).toHaveLength(2);
    expect(edges.filter(({ to }) => to === -1)).toHaveLength(1);
  });

  test('a shared layer is drawn at each of its calls', () => {
    const shown = outline(siamese());
    expect(shown.byKey.has('/encoder')).toBe(true);
    expect(shown.byKey.get('/encoder#2')?.layer).toBe(shown.byKey.get('/encoder')?.layer);
  });

  test('inputs that are left out, as JSON has them, and inputs whose elements are known', () => {
    const w = new GraphWriter('Net', 'Net', 'torch');
    const x = w.input('x', [1, 2]);
    w.values[x] = { ...w.values[x], constant: { dataType: 'float32', shape: [1, 2], data: [0, 0] } };
    const y = w.op('Clip', [x], [1, 2]);
    w.operators[0] = { ...w.operators[0], inputs: JSON.parse('[0, null, null]') as number[] };
    expect(flows(outline(w.finish([y])).root)).toEqual([{ value: x, from: 0, to: 1 }, { value: y, from: 1, to: 2 }]);
  });

  test('an input layer and the input that it takes are one; what only hands on between layers is not drawn', () => {
    const w = new GraphWriter('Net', 'Functional', 'keras');
    const image = w.input('image', [1, 2]);
    const x = w.layer('InputLayer', 'image', [image], { line: 3 }, () => w.op('Identity', [image], [1, 2]));
    const between = w.op('Identity', [x], [1, 2]);
    const y = w.layer('Flatten', 'flatten', [between], { line: 4 }, () => w.op('Flatten', [between], [1, 2]));
    const shown = outline(w.finish([y]));
    expect(shown.root.children.map(({ kind, type, layer }) => [kind, type, layer?.type])).toEqual([['input', 'Input', 'InputLayer'], ['layer', 'Flatten', 'Flatten'], ['output', 'Output', undefined]]);
    expect(flows(shown.root).map(({ from, to }) => [from, to])).toEqual([[0, 1], [1, 2]]);
  });

  test('a model that gives its input back has an edge from input to output', () => {
    const w = new GraphWriter('Same', 'Same', 'torch');
    const x = w.input('x', [1, 2]);
    expect(flows(outline(w.finish([x])).root)).toEqual([{ value: x, from: 0, to: 1 }]);
  });
});

describe('what a node says', () => {
  test('configurations read the same over frameworks', () => {
    const { byKey } = outline(resnet());
    const conv = byKey.get('/conv1');
    expect(conv && keyConfiguration(conv)).toBe('3 → 64 · 7×7 · stride 2 · padding 3');
    const keras = outline(digits()).byKey.get('/conv2d');
    expect(keras && keyConfiguration(keras)).toBe('16 · 3×3 · padding same · relu');
  });

  test('parameters count once, children included', () => {
    expect(countParameters(resnet())).toEqual({ total: 11_689_512, trainable: 11_689_512, nonTrainable: 0 });
    expect(parameterCount(resnet(), 0)).toBe(11_689_512);
    expect(parameterCount(siamese(), 0)).toBe(32 * 64 + 64 + 64 + 1);
  });

  test('numbers', () => {
    expect([count(1234567), count(999)]).toEqual(['1,234,567', '999']);
    expect([figure(0.031), figure(-12.3456), figure(1e-7), figure(NaN), figure(-Infinity), figure(0)]).toEqual(['0.031', '−12.35', '1.00e−7', 'NaN', '−∞', '0']);
  });

  test('kinds', () => {
    expect(['Conv2d', 'Dense', 'Linear', 'BatchNormalization', 'ReLU', 'MaxPool2d', 'Add', 'LSTM', 'Dropout', 'Unknown', 'MyBlock'].map(kindOf))
      .toEqual(['convolution', 'dense', 'dense', 'normalisation', 'activation', 'shape', 'merge', 'sequence', 'regularisation', 'gap', 'other']);
  });
});

describe('search', () => {
  const shown = outline(digits());
  const names = (query: string): string[] => search(shown, query).filter(({ kind }) => kind === 'layer').map(({ name }) => name);

  test('by name, type and several words', () => {
    expect(names('conv2d_1')).toEqual(['conv2d_1']);
    expect(names('dense softmax')).toEqual(['dense_1']);
    expect(names('  ')).toEqual([]);
  });

  test.each(['4x4', '4,4,16', '(None, 4, 4, 16)', '4×4×16'])('by shape: %s', (query) => {
    expect(names(query)).toContain('max_pooling2d');
    expect(names(query)).not.toContain('flatten');
  });
});

describe('places', () => {
  test('the cursor finds the layer before its operators', () => {
    const shown = outline(digits());
    expect(itemsAt(shown, file, 9, 6)[0].key).toBe('/conv2d');
    expect(itemsAt(shown, 'other.py', 9, 6)).toEqual([]);
  });

  test('issues belong to the node at their line; gaps to what could not be followed, once', () => {
    const graph = siamese();
    const shown = outline(graph);
    const list = issues(shown, [{ severity: 'error', code: 'x', message: 'No.', location: at(14), related: [], fix: { title: 'Mend' } }], graph.gaps);
    expect(list.map(({ severity, item }) => [severity, item?.type])).toEqual([['error', 'Linear'], ['gap', 'Unknown'], ['assumption', undefined]]);
    expect(list[0].fix).toEqual({ title: 'Mend', diagnostic: 0 });
  });
});
