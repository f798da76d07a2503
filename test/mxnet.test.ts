import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/index.ts';

/** What MXNet 1.9.1 makes of small networks and arrays (test/oracle/mxnet_cases.py). */
interface Case { readonly source: string; readonly error?: string; readonly shape?: readonly number[]; readonly parameters?: Readonly<Record<string, readonly number[]>> }
const cases = JSON.parse(readFileSync(new URL('golden/mxnet.json', import.meta.url), 'utf8')) as Case[];

describe('MXNet', () => {
  test.each(cases)('$source', async ({ source, error, shape, parameters }) => {
    const container = parameters && `model = nn.HybridSequential()\nmodel.add(net)\nmodel(nd.ones(${/nd\.ones\((.*)\)\)$/.exec(source)?.[1]}))\n`;
    const { diagnostics, tensors, models } = await analyze({ file: '/case.py', text: `import mxnet as mx\nfrom mxnet import nd\nfrom mxnet.gluon import nn\n${source}\n${container ?? ''}` });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (error) {
      expect(errors.length).toBeGreaterThan(0);
      return;
    }
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(tensors.find(({ name }) => name === 'out')?.types[0]?.shape).toEqual(shape);
    if (parameters && Object.keys(parameters).length > 0) {
      const { graph } = models.at(-1)!;
      expect(Object.fromEntries(graph.parameters.map(({ name, type }) => [name.replace(/^0\./, ''), type.shape]))).toEqual(parameters);
    }
  });
});
