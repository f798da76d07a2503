import { describe, expect, test } from 'vitest';
import type { Expansion, Item } from './item.ts';
import { search, type Problem, type Prover } from './search.ts';

const closes = (items: readonly Item[]): Item[] => items.map((item) => ({ ...item, bound: 1, closedBy: 0 }));
const child = (item: Item, bound: number): Item => ({ ...item, bound, depth: item.depth + 1 });

/** Two cases: the first is closed at once, the second never is. */
class HalfDone implements Prover {
  readonly width = 1;
  readonly efforts = 3;
  private readonly secondEffort: number;

  /** @param secondEffort how long the second effort takes, in milliseconds. */
  constructor(secondEffort: number) {
    this.secondEffort = secondEffort;
  }

  attack(): Promise<[]> {
    return Promise.resolve([]);
  }

  async prepare(_deadline: number, effort: number): Promise<[]> {
    await new Promise((resolve) => setTimeout(resolve, effort === 0 ? 5 : this.secondEffort));
    return [];
  }

  expand(items: readonly Item[]): Promise<Expansion> {
    const open = items.filter((item) => item.case === 1);
    return Promise.resolve({ closed: closes(items.filter((item) => item.case === 0)), children: open.flatMap((item) => [child(item, -0.5), child(item, -0.25)]), candidates: [], stuck: 0 });
  }

  close(): void {}
}

const one = { lower: Float64Array.of(0), upper: Float64Array.of(1), constraints: [{ coefficients: Float64Array.of(1), constant: 0 }] };
const problem = { property: { cases: [one, one] }, seed: 0, memory: 1e9 } as unknown as Problem;

describe('what is open while bounds are prepared', () => {
  test('is not proved when the time is up, and bounds the answer', async () => {
    const answer = await search(problem, new HalfDone(3000), { deadline: performance.now() + 150, accept: () => Promise.resolve(undefined) });
    expect(answer).toMatchObject({ verdict: 'timeout', bound: -0.5 });
  });

  test('is not proved when it is cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const answer = await search(problem, new HalfDone(3000), { deadline: performance.now() + 60_000, signal: controller.signal, accept: () => Promise.resolve(undefined) });
    expect(answer).toMatchObject({ verdict: 'unknown', method: 'cancelled', bound: -0.5 });
  });

  test('nor where the search ends before anything is bounded', async () => {
    const answer = await search(problem, new HalfDone(0), { deadline: performance.now() - 1, accept: () => Promise.resolve(undefined) });
    expect(answer).toMatchObject({ verdict: 'timeout', bound: -Infinity });
  });
});
