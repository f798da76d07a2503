import { MemoryLimit } from '../kernels/kernels.ts';
import type { Tightened } from '../bounds/tighten.ts';
import type { Network } from '../network/network.ts';
import type { Property } from '../property/property.ts';
import type { Expansion, Item } from './item.ts';
import { Queue } from './queue.ts';
import type { Ball } from './region.ts';

/** A query with all that the search needs; plain data, so that worker threads get it as it is. */
export interface Problem {
  readonly network: Network;
  readonly property: Property;
  /** What to attack, where the property is this one taken apart into cases. */
  readonly whole?: Property;
  readonly ball?: Ball;
  readonly seed: number;
  /** How far above 0 a bound must be to count: more than nothing where another program will compute it again. */
  readonly margin?: number;
  /** Keep how bounds came about, for a certificate. */
  readonly keepProofs?: boolean;
  /** The most memory for one prover's bounds, in bytes. */
  readonly memory: number;
}

export interface Progress {
  /** A lower bound on how far the property is from being met: proved once it is above 0. */
  readonly bound: number;
  /** Branches that are not decided. */
  readonly open: number;
  /** Branches closed so far. */
  readonly closed: number;
  readonly seconds: number;
}

export interface SearchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** When to give up, on performance.now's clock. */
  readonly deadline: number;
  /** Whether an input is a witness on the original network: its outputs there, or undefined where it is not. */
  readonly accept: (input: Float64Array, caseIndex: number) => Promise<Float64Array | undefined>;
  /** The most open branches to hold; past it the search ends undecided. */
  readonly openLimit?: number;
  /** The most branches to close: an end that does not depend on the clock. */
  readonly branchLimit?: number;
}

export interface Outcome {
  readonly verdict: 'sat' | 'unsat' | 'timeout' | 'unknown';
  readonly witness?: { readonly input: Float64Array; readonly outputs: Float64Array; readonly case: number };
  readonly bound: number;
  /** What settled it, or why it was not settled. */
  readonly method: string;
  readonly branches: number;
  /** The closed branches, and the bounds that they rest on; for a certificate. */
  readonly tree?: readonly Item[];
  readonly prepared?: readonly PreparedBox[];
}

/** Bounds over a box that several cases share. */
export interface PreparedBox extends Tightened {
  readonly cases: readonly number[];
}

/** Whoever does the rounds of branch and bound: this thread, or others. */
export interface Prover {
  /** How many calls to `expand` it can work on at once. */
  readonly width: number;
  /** A first attack, before any proof. */
  attack(deadline: number): Promise<Expansion['candidates']>;
  /** How often `prepare` can be called, each time with more effort. */
  readonly efforts: number;
  /** Bounds on the neurons, where neurons are cut, for the cases that are open; before the first round. */
  prepare(deadline: number, effort: number, open: readonly number[]): Promise<readonly PreparedBox[]>;
  expand(items: readonly Item[], deadline: number): Promise<Expansion>;
  close(): void;
}

/** Branch and bound: attack first, then the open branch with the lowest bound first, until none is open. */
export async function search(problem: Problem, prover: Prover, options: SearchOptions): Promise<Outcome> {
  const started = performance.now();
  const queue = new Queue();
  const tree: Item[] = [];
  let closed = 0;
  let stuck = 0;
  let closedBound = Infinity;
  let witness: Outcome['witness'];
  let rejected = 0;
  let inFlight = 0;
  let flightBound = -Infinity;
  let failure: string | undefined;
  let attacking = true;
  let prepared: readonly PreparedBox[] = [];
  // the cases that are open while bounds are prepared; they are in the queue afterwards
  let roots: readonly Item[] = problem.property.cases.map((_, index): Item => ({ case: index, bound: -Infinity, depth: 0, path: [] }));
  const over = () => options.signal?.aborted || performance.now() > options.deadline || closed > (options.branchLimit ?? Infinity);
  const open = () => roots.length + queue.size + inFlight;
  const bound = () => roots.reduce((least, item) => Math.min(least, item.bound), Math.min(queue.bound, inFlight > 0 ? flightBound : Infinity, closedBound));
  let reported = 0;
  const report = (always = false) => {
    if (!always && performance.now() - reported < 100) return;
    reported = performance.now();
    options.onProgress?.({ bound: bound(), open: open(), closed, seconds: (performance.now() - started) / 1000 });
  };
  const tryCandidates = async (candidates: Expansion['candidates']) => {
    for (const { input, case: index } of candidates) {
      if (witness || rejected > 1000) return;
      const outputs = await options.accept(input, index);
      if (outputs) witness = { input, outputs, case: index };
      else rejected++;
    }
  };
  const record = (expansion: Expansion) => {
    closed += expansion.closed.length;
    for (const item of expansion.closed) {
      closedBound = Math.min(closedBound, item.bound);
      if (problem.keepProofs) tree.push(item);
    }
  };
  let stop = () => {};
  const aborted = new Promise<void>((resolve) => (stop = resolve));
  options.signal?.addEventListener('abort', stop, { once: true });

  const work = async () => {
    await tryCandidates(await prover.attack(Math.min(options.deadline, started + (options.deadline - started) * 0.2)));
    if (witness) return;
    attacking = false;
    for (let effort = 0; effort < prover.efforts && roots.length > 0 && !witness && !over(); effort++) {
      const began = performance.now();
      prepared = await prover.prepare(options.deadline, effort, roots.map((item) => item.case));
      const took = performance.now() - began;
      if (effort === prover.efforts - 1) break;
      const asked = roots;
      for (let start = 0; start < asked.length && !witness && !over(); start += 64) {
        const some = new Set(asked.slice(start, start + 64));
        const expansion = await prover.expand([...some], options.deadline);
        record(expansion);
        const decided = new Set(expansion.closed.map((item) => item.case));
        roots = roots.flatMap((item) => (!some.has(item) ? [item] : decided.has(item.case) ? [] : [{ ...item, bound: Math.max(item.bound, lowest(expansion.children, item.case)) }]));
        report();
        await tryCandidates(expansion.candidates);
      }
      // the next effort takes several times as long
      if (3 * took > options.deadline - performance.now()) break;
    }
    for (const root of roots) queue.push(root);
    roots = [];
    await new Promise<void>((resolve, reject) => {
      const flying = new Map<number, number>();
      let nextFlight = 0;
      const launch = () => {
        while (!witness && !over() && flying.size < prover.width && queue.size > 0) {
          const batch: Item[] = [];
          // few at first, so that all threads have work; the batch grows with the queue
          const size = Math.max(1, Math.min(64, Math.ceil(queue.size / (2 * prover.width))));
          while (batch.length < size && queue.size > 0) batch.push(queue.pop()!);
          const flight = nextFlight++;
          inFlight += batch.length;
          flying.set(flight, batch[0].bound);
          flightBound = Math.min(...flying.values());
          prover.expand(batch, options.deadline).then(async (expansion) => {
            flying.delete(flight);
            inFlight -= batch.length;
            flightBound = Math.min(Infinity, ...flying.values());
            stuck += expansion.stuck;
            record(expansion);
            for (const child of expansion.children) queue.push(child);
            if (expansion.stuck > 0) closedBound = Math.min(closedBound, ...batch.map((item) => item.bound));
            report();
            await tryCandidates(expansion.candidates);
            if (queue.size > (options.openLimit ?? 2_000_000)) {
              failure = 'too many open branches for the memory';
              resolve();
            } else launch();
          }).catch(reject);
        }
        if (flying.size === 0 || witness || over()) resolve();
      };
      launch();
    });
  };
  try {
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, Math.min(options.deadline - performance.now(), 2 ** 30))).unref?.());
    await Promise.race([work(), aborted, deadline]);
  } catch (error) {
    if (!(error instanceof MemoryLimit)) throw error;
    failure = error.message;
  } finally {
    options.signal?.removeEventListener('abort', stop);
    prover.close();
  }
  report(true);
  const branches = attacking ? 0 : closed + open();
  const common = { bound: bound(), branches, ...(problem.keepProofs ? { tree, prepared } : {}) };
  if (witness) return { verdict: 'sat', witness, method: attacking ? 'gradient attack' : 'branch and bound', ...common };
  if (failure) return { verdict: 'unknown', method: failure, ...common };
  if (options.signal?.aborted) return { verdict: 'unknown', method: 'cancelled', ...common };
  if (open() > 0) return { verdict: 'timeout', method: 'the time was up', ...common };
  if (stuck > 0) return { verdict: 'unknown', method: `${stuck} branches are too small to be cut further${rejected > 0 ? `, and ${rejected} inputs met the property in float64 but not in the replay` : ''}`, ...common };
  return { verdict: 'unsat', method: closed === problem.property.cases.length ? 'linear bounds' : 'branch and bound', ...common };
}

/** The lowest bound of a case's children; nothing is known where it has none. */
function lowest(children: readonly Item[], index: number): number {
  const own = children.filter((item) => item.case === index);
  return own.length === 0 ? -Infinity : Math.min(...own.map((item) => item.bound));
}
