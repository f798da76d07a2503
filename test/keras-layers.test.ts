import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/analysis/analyze.ts';
import type { Analysis } from '../language-server/analysis.ts';
import { toJson } from '../graph/dimension.ts';

/** One layer on given inputs: what Keras answers (test/oracle/keras_cases.py). */
interface Case {
  readonly code: string;
  readonly inputs: readonly (readonly number[])[];
  /** 'call': the inputs are separate arguments; else their data type. */
  readonly kind: string;
  readonly outputs?: readonly (readonly (number | null)[])[];
  readonly weights?: readonly (readonly [string, readonly number[]])[];
  readonly layer?: string;
  readonly error?: string;
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/keras/layers.json'), 'utf8')) as Case[];
const merging = /^layers\.(Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot|Attention|AdditiveAttention)\(/;

/** What the golden figures' backend, PyTorch, does otherwise than TensorFlow: it cannot normalise over other than last axes. */
const onlyTorchRaises = /LayerNormalization\(axis=/;
/** Keras lists a wrapped layer's kernel as the wrapper's own, and knows less of free axes than we do. */
const listedOtherwise = /SpectralNormalization|EinsumDense\('abc|Activation\('glu'/;

function program({ code, inputs, kind }: Case): string {
  const made = inputs.map((shape) => `keras.Input((${shape.map((size) => `${size},`).join('')}), dtype='${kind === 'int32' ? 'int32' : 'float32'}')`);
  const argument = kind === 'call' ? made.join(', ') : inputs.length > 1 || merging.test(code) ? `[${made.join(', ')}]` : made[0];
  const several = inputs.map((_, index) => `given[${index}]`);
  const passed = kind === 'call' ? several.join(', ') : argument === made[0] ? 'given[0]' : 'given';
  return `import keras\nfrom keras import layers\ngiven = [${made.join(', ')}]\nlayer = ${code}\nmade = layer(${passed})\nmodel = keras.Model(given, made)\n`;
}

function shapesOf({ models: [model] }: Analysis): unknown {
  return model.graph.outputs.map((id) => model.graph.values[id].type.shape?.map(toJson));
}

describe('Keras layers give what Keras gives', async () => {
  const groups = new Map<string, Case[]>();
  for (const each of cases) {
    const [, name] = /^layers\.(\w+)/.exec(each.code)!;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  for (const [name, group] of groups) {
    test(`${name}: ${group.length} cases`, { timeout: 120_000 }, async () => {
      for (const each of group) {
        const analysis = await analyze({ file: 'case.py', text: program(each) });
        // a warning of another shape tells what Keras notices when data first runs, which the cases do and the program does not
        const errors = analysis.diagnostics.filter(({ severity, code }) => severity === 'error' || code === 'shape-mismatch').map(({ message }) => message);
        const where = `${each.code} on ${JSON.stringify(each.inputs)}`;
        if (each.error !== undefined) {
          if (!onlyTorchRaises.test(each.code)) expect(errors.length, `${where} raises ${each.error}`).toBeGreaterThan(0);
          continue;
        }
        expect(errors, where).toEqual([]);
        if (listedOtherwise.test(each.code)) continue;
        expect(shapesOf(analysis), where).toEqual(each.outputs);
        const { parameters } = analysis.models[0].graph;
        const found = parameters.map(({ name: path, type }) => [path, type.shape]);
        expect(found, where).toEqual(each.weights!.filter(([path]) => !path.includes('seed')));
      }
    });
  }
});
