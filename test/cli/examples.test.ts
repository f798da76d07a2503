import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layerscope, layerscopeJson, root } from './command.ts';

interface GoldenModel {
  readonly layers: readonly { readonly name?: string; readonly path?: string; readonly type: string; readonly shape: (number | null)[] | null; readonly parameters: number }[];
  readonly parameters: number;
  readonly trainable?: number;
  readonly scores: readonly (readonly number[])[];
  readonly accuracy: number;
}

/** What the real frameworks answer, by test/oracle/train_examples.py. */
const golden = JSON.parse(readFileSync(join(root, 'test/golden/examples.json'), 'utf8')) as { samples: string[]; models: Record<string, GoldenModel> };

interface Listed {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly shape: (number | string | null)[] | null;
  readonly parameters: number;
}

interface Graphs {
  readonly models: readonly { readonly name: string; readonly type: string; readonly framework: string; readonly parameters: { total: number; trainable: number }; readonly layers: readonly Listed[]; readonly gaps: unknown[] }[];
}

describe.each(Object.keys(golden.models))('examples/%s.py', (name) => {
  const expected = golden.models[name];
  const file = `examples/${name}.py`;

  test('has no diagnostics', () => {
    const { status, stdout, stderr } = layerscope('check', file);
    expect(stdout).toMatch(/^0 errors, 0 warnings in 1 file/);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('has the layers, types, shapes and parameters of the framework', () => {
    const { models } = layerscopeJson<Graphs>('graph', file);
    expect(models).toHaveLength(1);
    const [model] = models;
    expect(model.gaps).toEqual([]);
    expect(model.parameters.total).toBe(expected.parameters);
    if (expected.trainable !== undefined) expect(model.parameters.trainable).toBe(expected.trainable);
    const named = model.layers.map((layer) => (name === 'digits_torch'
      ? { path: layer.path, type: layer.type, shape: layer.shape, parameters: layer.parameters }
      : { name: layer.name, type: layer.type, shape: layer.shape, parameters: layer.parameters }));
    // Keras itself cannot tell the output shapes of a subclassed model's layers
    const known = expected.layers.every((layer) => layer.shape !== null);
    expect(known ? named : named.map((layer) => ({ ...layer, shape: null }))).toEqual(expected.layers.map((layer) => ({ ...layer })));
    for (const layer of model.layers) expect(layer.shape).not.toBeNull();
  });

  test('answers the framework\'s scores within 1e-5', () => {
    // test/run-examples.test.ts does it for every sample, in one process
    const { outputs } = layerscopeJson<{ outputs: Record<string, { values: number[][] }> }>('run', file, '--input', `examples/samples/${golden.samples[7]}`);
    const scores = Object.values(outputs)[0].values.flat();
    expect(scores).toHaveLength(10);
    scores.forEach((score, k) => expect(Math.abs(score - expected.scores[7][k])).toBeLessThan(1e-5));
  });
});
