import { describe, expect, test } from 'vitest';
import { tensorOf } from '../graph/elements.ts';
import type { Layer, LayerGraph, Operator, Value } from '../graph/graph.ts';
import { stored } from '../graph/weights.ts';
import { difference } from './compare.ts';
import { createSession } from './session/session.ts';
import { inTraining } from './training-mode.ts';

/** One operator of a layer on an input, with parameters behind it. */
function single(operator: Pick<Operator, 'type'> & Partial<Operator>, shape: readonly number[], parameters: readonly number[][], layer: Partial<Layer>, framework: LayerGraph['framework'] = 'torch'): LayerGraph {
  const values: Value[] = [{ id: 0, name: 'x', type: { dataType: 'float32', shape } }];
  parameters.forEach((data, index) => values.push({ id: index + 1, name: `p${index}`, type: { dataType: 'float32', shape: [data.length] }, parameter: index }));
  const ratio = operator.type === 'Dropout' ? values.length : undefined;
  if (ratio !== undefined) values.push({ id: ratio, name: 'ratio', type: { dataType: 'float32', shape: [] }, constant: { dataType: 'float32', shape: [], data: [0.25] } });
  const y = values.length;
  values.push({ id: y, name: 'y', type: { dataType: 'float32', shape }, producer: 0 });
  const made = { path: 'layer', name: 'layer', type: operator.type, configuration: {}, parameters: [], listed: true, ...layer };
  return {
    name: 'm', type: 'm', framework, values, inputs: [0], outputs: [y], assumptions: [], gaps: [],
    operators: [{ id: 0, domain: '', name: 'op', inputs: [0, ...parameters.map((_, index) => index + 1), ...(ratio === undefined ? [] : [ratio])], outputs: [y], attributes: {}, scope: 1, ...operator }],
    layers: [{ id: 0, name: 'm', path: '', type: 'm', configuration: {}, parameters: [], listed: false }, { id: 1, ...made }],
    scopes: [{ id: 0, layer: 0, inputs: [0], outputs: [y] }, { id: 1, layer: 1, parent: 0, inputs: [0], outputs: [y] }],
    parameters: parameters.map((data, id) => ({ id, name: `p${id}`, layer: 1, type: { dataType: 'float32', shape: [data.length] }, trainable: true, initializer: { kind: 'values', data } })),
  };
}

async function run(graph: LayerGraph, x: readonly number[]): Promise<number[]> {
  const weights = new Map(graph.parameters.map(({ name, initializer }) => {
    const data = initializer.kind === 'values' ? initializer.data : [];
    return [name, stored(tensorOf('float32', [data.length], data))];
  }));
  const session = await createSession(graph, weights, { backend: 'wasm' });
  const { outputs } = await session.run({ x: tensorOf('float32', graph.values[0].type.shape as number[], x) });
  await session.close();
  return Array.from([...outputs.values()][0].data as Float32Array);
}

const ramp = (count: number): number[] => Array.from({ length: count }, (_, index) => Math.sin(index * 1.7) * 3 + index / 10);

describe('training mode', () => {
  test('batch normalisation takes the mean and the variance of the batch', async () => {
    const graph = single({ type: 'BatchNormalization', attributes: { epsilon: 1e-5 } }, [3, 2, 2, 2], [[1.5, 0.5], [0.1, -0.2], [9, 9], [4, 4]], {});
    const x = ramp(24);
    const { graph: training, changed, remarks, origins } = inTraining(graph, 0);
    expect([changed, remarks, new Set(origins)]).toEqual([1, [], new Set([0])]);
    const found = await run(training, x);
    for (const [channel, scale, bias] of [[0, 1.5, 0.1], [1, 0.5, -0.2]]) {
      const places = x.map((_, index) => index).filter((index) => Math.floor(index / 4) % 2 === channel);
      const mean = places.reduce((sum, index) => sum + x[index], 0) / places.length;
      const variance = places.reduce((sum, index) => sum + (x[index] - mean) ** 2, 0) / places.length;
      for (const index of places) expect(found[index]).toBeCloseTo(((x[index] - mean) / Math.sqrt(variance + 1e-5)) * scale + bias, 4);
    }
  });

  test.each([
    ['Dropout', single({ type: 'Dropout' }, [4, 1000], [], { type: 'Dropout' }), 1],
    ['Keras\'s Dropout', single({ type: 'Identity' }, [4, 1000], [], { type: 'Dropout', configuration: { rate: 0.25 } }, 'keras'), 1],
    ['Dropout2d', single({ type: 'Dropout' }, [4, 250, 2, 2], [], { type: 'Dropout2d' }), 4],
    ['SpatialDropout2D', single({ type: 'Identity' }, [4, 2, 2, 250], [], { type: 'SpatialDropout2D', configuration: { rate: 0.25 } }, 'keras'), 4],
  ] as const)('%s leaves a quarter out and scales the others up, the same for the same seed', async (_, graph, together) => {
    const x = Array.from({ length: 4000 }, (__, index) => 1 + index / 1000);
    const found = await run(inTraining(graph, 3).graph, x);
    const share = found.filter((value) => value === 0).length / found.length;
    expect(share).toBeGreaterThan(0.19);
    expect(share).toBeLessThan(0.31);
    found.forEach((value, index) => value === 0 || expect(value).toBeCloseTo(x[index] / 0.75, 4));
    if (together === 4) {
      const first = graph.framework === 'torch' ? found.slice(0, 4) : [0, 250, 500, 750].map((index) => found[index]);
      expect(new Set(first.map((value) => value === 0)).size).toBe(1);
    }
    expect(await run(inTraining(graph, 3).graph, x)).toEqual(found);
    expect(await run(inTraining(graph, 4).graph, x)).not.toEqual(found);
    expect(await run(graph, x)).toEqual(Array.from(Float32Array.from(x)));
  });

  test('what is not done in training is said', () => {
    expect(inTraining(single({ type: 'Identity' }, [4, 8], [], { type: 'GaussianNoise' }, 'keras'), 0)).toMatchObject({ changed: 0, remarks: ['GaussianNoise layer stays as in evaluation: its random numbers are not made here'] });
    expect(inTraining(single({ type: 'Dropout' }, [4, 8], [], { type: 'AlphaDropout' }), 0).remarks).toHaveLength(1);
    const frozen = single({ type: 'BatchNormalization' }, [4, 2], [[1, 1], [0, 0], [0, 0], [1, 1]], {}, 'keras');
    expect(inTraining({ ...frozen, parameters: frozen.parameters.map((parameter) => ({ ...parameter, trainable: false })) }, 0).remarks).toEqual(['BatchNormalization layer stays as in evaluation: it is frozen']);
  });
});

describe('differences', () => {
  const tensor = (...data: number[]) => tensorOf('float32', [data.length], data);
  test('largest, mean, relative, cosine', () => {
    expect(difference(tensor(3, 4), tensor(3, 4))).toEqual({ largest: 0, mean: 0, relative: 0, cosine: 1 });
    expect(difference(tensor(3, 4), tensor(-3, -4))).toEqual({ largest: 8, mean: 7, relative: 2, cosine: -1 });
    expect(difference(tensor(0, 0), tensor(1, 0))).toEqual({ largest: 1, mean: 0.5, relative: Infinity });
    expect(difference(tensor(1, Number.NaN, 2), tensor(2, 1, 2))).toMatchObject({ largest: 1, mean: 0.5 });
    expect(difference(tensor(1, 2), tensor(1, 2, 3))).toBeUndefined();
  });
});
