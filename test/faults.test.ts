import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/analysis/analyze.ts';
import { alarms, missed } from './faults.ts';
import type { Pair } from './faults.ts';

const folder = join(import.meta.dirname, 'golden/faults');

/** Pairs that are known not to be found, with the reason. */
const open: ReadonlyMap<string, string> = new Map([
  ['bce on raw scores', 'told as a warning: it raises where a score lies outside of 0 and 1, which the weights decide'],
  ['reinforcement agent with a flat state', 'one path of a condition over a random number: told as information'],
  ['convolution flattened by hand with the wrong number', 'warned of where the batch is mixed; the batch that is fed is not followed through a graph'],
  ['dropout probability never fed', 'which placeholders a fetched tensor depends on is not asked'],
  ['tape that never saw the variables', 'the names of gradients given as a dict are taken for gradients'],
  ['encoder with an argument of an old release', 'the arguments of older releases of scikit-learn are taken'],
  ['new customer with a field too few', 'the categories of a column are not counted'],
]);

describe.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('faulty scripts and their fixes: %s', (name) => {
  const pairs = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Pair[];

  test.each(pairs.map((pair) => [`${pair.kind}: ${pair.name}`, pair] as const))('%s', { timeout: 120_000 }, async (_, pair) => {
    const faulty = await analyze({ file: 'faulty.py', text: pair.faulty });
    const miss = missed(pair, faulty.diagnostics);
    if (open.has(pair.name)) expect(miss, 'it is found now: take it from the list').toBeDefined();
    else expect(miss, pair.faulty).toBeUndefined();
    const fixed = await analyze({ file: 'fixed.py', text: pair.fixed });
    expect(alarms(pair, fixed.diagnostics), pair.fixed).toEqual([]);
  });
});
