import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { RobustnessAnswer } from './robustness.ts';
import { robustnessTable, tableCsv, summarise } from './robustness-table.ts';
import { smallestEpsilon } from './smallest-epsilon.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-'));
afterAll(() => rmSync(folder, { recursive: true }));

const answer = (verdict: RobustnessAnswer['verdict'], distance = 0): RobustnessAnswer => ({
  verdict, original: { label: 0, scores: [1, 0] }, bound: null, method: 'test', seconds: 0.5,
  adversarial: verdict === 'adversarial' ? { label: 1, scores: [0, 1], distance, input: [distance] } : null,
});

describe('robustnessTable', () => {
  test('goes on behind the last whole line after a kill', async () => {
    const path = join(folder, 'killed.jsonl');
    const asked: number[] = [];
    const ask = (index: number) => {
      asked.push(index);
      if (asked.length === 3) throw new Error('killed');
      return Promise.resolve(answer(index % 2 === 0 ? 'robust' : 'adversarial', 0.1));
    };
    await expect(robustnessTable(path, { epsilon: 1 }, 5, ask)).rejects.toThrow('killed');
    appendFileSync(path, '{"index":2,"verd'); // the kill came in the middle of a line
    const rows = await robustnessTable(path, { epsilon: 1 }, 5, ask);
    expect(asked).toEqual([0, 1, 2, 2, 3, 4]);
    expect(rows.map(({ index, verdict }) => [index, verdict])).toEqual([[0, 'robust'], [1, 'adversarial'], [2, 'robust'], [3, 'adversarial'], [4, 'robust']]);
    expect(readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line).index)).toEqual([undefined, 0, 1, 2, 3, 4]);
    expect(summarise(rows)).toEqual({ robust: 3, adversarial: 2, undecided: 0, seconds: 2.5 });
    expect(await robustnessTable(path, { epsilon: 1 }, 5, () => Promise.reject(new Error('asked again')))).toEqual(rows);
  });

  test('refuses files of other questions and other files', async () => {
    const path = join(folder, 'other.jsonl');
    await robustnessTable(path, { epsilon: 1 }, 1, () => Promise.resolve(answer('robust')));
    await expect(robustnessTable(path, { epsilon: 2 }, 1, () => Promise.resolve(answer('robust')))).rejects.toThrow('another question');
    writeFileSync(path, 'hello\n');
    await expect(robustnessTable(path, { epsilon: 1 }, 1, () => Promise.resolve(answer('robust')))).rejects.toThrow('no robustness table');
  });

  test('a cancelled answer is not written', async () => {
    const path = join(folder, 'cancelled.jsonl');
    const controller = new AbortController();
    const rows = await robustnessTable(path, {}, 3, (index) => {
      if (index === 1) controller.abort();
      return Promise.resolve(answer(index === 1 ? 'undecided' : 'robust'));
    }, { signal: controller.signal });
    expect(rows.map(({ index }) => index)).toEqual([0]);
  });
});

describe('smallestEpsilon', () => {
  test('numbers of elements are whole', async () => {
    const asked: number[] = [];
    const bracket = await smallestEpsilon((epsilon) => {
      asked.push(epsilon);
      return Promise.resolve(epsilon >= 5 ? answer('adversarial', epsilon) : answer('robust'));
    }, 16, { timeoutSeconds: 10, whole: true });
    expect(bracket).toMatchObject({ certified: 4, attacked: 5, reason: undefined });
    expect(asked.every(Number.isInteger)).toBe(true);
  });

  test('brackets the true size', async () => {
    const truth = 0.137;
    const bracket = await smallestEpsilon((epsilon) => Promise.resolve(epsilon >= truth ? answer('adversarial', truth + 0.3 * (epsilon - truth)) : answer('robust')), 1, { timeoutSeconds: 10 });
    expect(bracket.certified).toBeLessThan(truth);
    expect(bracket.attacked).toBeGreaterThanOrEqual(truth);
    expect(bracket.attacked! - bracket.certified).toBeLessThanOrEqual(0.02 * bracket.attacked!);
    expect(bracket.adversarial!.distance).toBe(bracket.attacked);
    expect(bracket.reason).toBeUndefined();
  });

  test('says so where sizes in between stay open', async () => {
    const bracket = await smallestEpsilon((epsilon) => Promise.resolve(epsilon > 0.5 ? answer('adversarial', epsilon) : epsilon > 0.2 ? answer('undecided') : answer('robust')), 1, { timeoutSeconds: 10 });
    expect(bracket.certified).toBeGreaterThan(0.19);
    expect(bracket.certified).toBeLessThanOrEqual(0.2);
    expect(bracket.attacked).toBe(1);
    expect(bracket.reason).toContain('neither proved nor broken');
  });

  test('is done at once where the largest size is proved', async () => {
    expect(await smallestEpsilon(() => Promise.resolve(answer('robust')), 0.3, { timeoutSeconds: 10 })).toMatchObject({ certified: 0.3, attacked: null });
  });
});

test('brackets of the smallest perturbation fill a table too, and both kinds become CSV', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'table-'));
  try {
    const path = join(folder, 'brackets.jsonl');
    const asked: number[] = [];
    const ask = (index: number) => {
      asked.push(index);
      return Promise.resolve({ certified: 0.1 * index, attacked: index === 0 ? null : 0.2, adversarial: null, reason: index === 0 ? 'the time was up' : undefined, seconds: 1.5 });
    };
    await robustnessTable(path, { smallest: true }, 2, ask);
    const rows = await robustnessTable(path, { smallest: true }, 3, ask);
    expect(asked).toEqual([0, 1, 2]);
    expect(tableCsv(rows)).toBe('index,certified,attacked,adversarial_class,reason,seconds\n0,0,,,"the time was up",1.5\n1,0.1,0.2,,,1.5\n2,0.2,0.2,,,1.5\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
  const original = { label: 3, scores: [] };
  expect(tableCsv([{ index: 0, verdict: 'adversarial', original, adversarial: { label: 5, scores: [], distance: 0.25, input: [] }, bound: null, method: 'gradient attack', seconds: 0.5 }])).toBe('index,verdict,class,adversarial_class,distance,margin_at_least,seconds\n0,adversarial,3,5,0.25,,0.5\n');
});
