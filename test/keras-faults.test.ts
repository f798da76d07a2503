import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/analyze.ts';

/** A fault as people write it, its fix, and what Keras says about them (test/oracle/keras_faults.py). */
interface Pair {
  readonly name: string;
  readonly kind: string;
  readonly faulty: string;
  readonly fixed: string;
  readonly error: string;
  /** The line of the faulty program where the framework raises. */
  readonly line: number;
}

const pairs = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/faults/keras.json'), 'utf8')) as Pair[];

describe('faults between data, model, labels and loss', () => {
  for (const { name, kind, faulty, fixed, error, line } of pairs) {
    test(`${kind}: ${name}`, { timeout: 120_000 }, async () => {
      const found = (await analyze({ file: 'case.py', text: faulty })).diagnostics.filter(({ severity }) => severity === 'error');
      expect(found.length, `${faulty}\nraises ${error}`).toBeGreaterThan(0);
      expect([found[0].location.line, found[0].location.endLine].some((at) => at >= line) && found[0].location.line <= line, `${found[0].message} at line ${found[0].location.line}, not ${line}`).toBe(true);
      const alarms = (await analyze({ file: 'case.py', text: fixed })).diagnostics.filter(({ severity }) => severity === 'error');
      expect(alarms.map(({ message }) => message), fixed).toEqual([]);
    });
  }
});
