import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/analysis/analyze.ts';

/** An expression and NumPy's answer (test/oracle/numpy_cases.py). */
interface Case {
  readonly code: string;
  readonly shape?: readonly number[];
  readonly dtype?: string;
  readonly error?: string;
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/numpy/expressions.json'), 'utf8')) as Case[];
const perFile = 200;

describe('NumPy expressions give what NumPy gives', () => {
  for (let start = 0; start < cases.length; start += perFile) {
    const group = cases.slice(start, start + perFile);
    test(`${start + 1} to ${start + group.length} of ${cases.length}`, { timeout: 120_000 }, async () => {
      const text = ['import numpy as np', ...group.map(({ code }, index) => `r${index} = ${code}`)].join('\n');
      const { diagnostics, tensors } = await analyze({ file: 'case.py', text });
      const errors = new Map(diagnostics.filter(({ severity }) => severity === 'error').map(({ location, message }) => [location.line, message]));
      const types = new Map(tensors.filter(({ name }) => name !== undefined).map(({ name, types: [type] }) => [name!, type]));
      const wrong = group.flatMap(({ code, shape, dtype, error }, index) => {
        const found = errors.get(index + 2);
        if (error !== undefined) return found === undefined ? [`${code} runs, but NumPy raises ${error}`] : [];
        if (found !== undefined) return [`${code} raises ${found}`];
        const type = types.get(`r${index}`);
        if (shape === undefined || !type) return shape === undefined || shape.length === 0 ? [] : [`${code} gives nothing, not ${JSON.stringify(shape)}`];
        // a size that depends on elements is a symbol
        const fits = type.shape?.length === shape.length && type.shape.every((size, axis) => typeof size !== 'number' || size === shape[axis]);
        return fits && (type.dataType === undefined || type.dataType === dtype) ? [] : [`${code} gives ${JSON.stringify(type)}, not ${JSON.stringify(shape)} ${dtype}`];
      });
      expect(wrong).toEqual([]);
    });
  }
});
