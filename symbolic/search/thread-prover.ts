import { Worker } from 'node:worker_threads';
import type { Tightened, TightenStep } from '../bounds/tighten.ts';
import { MemoryLimit } from '../kernels/kernels.ts';
import type { Expansion, Item } from './item.ts';
import { splitsInputs } from './local-prover.ts';
import { effortsFor, merged, prepareBoxes } from './prepare.ts';
import type { PreparedBox, Problem, Prover } from './search.ts';

export interface WorkerData {
  readonly problem: Problem;
  readonly index: number;
}

/** To a thread; `remaining` is in milliseconds, as threads have clocks of their own. */
export type Request = { readonly id: number; readonly remaining: number } & ({ readonly kind: 'attack' } | { readonly kind: 'tighten'; readonly step: TightenStep } | { readonly kind: 'adopt'; readonly boxes: readonly PreparedBox[] } | { readonly kind: 'expand'; readonly items: readonly Item[] });

/** From a thread. */
export type Answer = { readonly id: number; readonly result: Expansion['candidates'] | Tightened | Expansion | undefined } | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>;
}

/** Spreads the rounds over threads, each with its own copy of the problem. Closing ends them at once, whatever they do. */
export class ThreadProver implements Prover {
  private readonly threads: readonly Thread[];
  private readonly problem: Problem;
  private next = 0;
  private boxes: readonly PreparedBox[] = [];

  constructor(problem: Problem, script: string | URL, count: number) {
    this.problem = problem;
    const share = { ...problem, memory: problem.memory / count };
    this.threads = Array.from({ length: count }, (_, index) => {
      const worker = new Worker(script, { workerData: { problem: share, index } satisfies WorkerData });
      const thread: Thread = { worker, waiting: new Map() };
      worker.on('message', (answer: Answer) => {
        const waiting = thread.waiting.get(answer.id);
        thread.waiting.delete(answer.id);
        if ('result' in answer) waiting?.resolve(answer.result as never);
        else waiting?.reject(answer.error.name === 'MemoryLimit' ? new MemoryLimit(answer.error.message) : new Error(answer.error.message));
      });
      worker.on('error', (error) => {
        for (const { reject } of thread.waiting.values()) reject(error instanceof Error ? error : new Error(String(error)));
        thread.waiting.clear();
      });
      return thread;
    });
  }

  /** Two rounds for each thread, so that none waits for its next. */
  get width(): number {
    return 2 * this.threads.length;
  }

  async attack(deadline: number): Promise<Expansion['candidates']> {
    // each thread has random numbers of its own; the first to find something ends the attack
    const attacks = this.threads.map((thread) => this.ask<Expansion['candidates']>(thread, { kind: 'attack', id: this.next++, remaining: deadline - performance.now() }));
    const found = attacks.map(async (attack) => {
      const candidates = await attack;
      if (candidates.length === 0) throw new Error('nothing found');
      return candidates;
    });
    try {
      return await Promise.any(found);
    } catch {
      await Promise.all(attacks);
      return [];
    }
  }

  get efforts(): number {
    return splitsInputs(this.problem) ? 1 : effortsFor(this.problem);
  }

  /** Each thread takes a share of every node's neurons; then all take over what all have found. */
  async prepare(deadline: number, effort: number, open: readonly number[]): Promise<readonly PreparedBox[]> {
    if (splitsInputs(this.problem)) return [];
    const parts = this.threads.length;
    this.boxes = await prepareBoxes(this.problem, this.boxes, effort, open, deadline, async (step, until) => merged(await Promise.all(this.threads.map((thread, part) =>
      this.ask<Tightened>(thread, { kind: 'tighten', step: { ...step, part, parts }, id: this.next++, remaining: until - performance.now() })))));
    await Promise.all(this.threads.map((thread) => this.ask(thread, { kind: 'adopt', boxes: this.boxes.map((box) => ({ ...box, proofs: [] })), id: this.next++, remaining: 0 })));
    return this.boxes;
  }

  expand(items: readonly Item[], deadline: number): Promise<Expansion> {
    const thread = this.threads.reduce((least, each) => (each.waiting.size < least.waiting.size ? each : least));
    return this.ask(thread, { kind: 'expand', items, id: this.next++, remaining: deadline - performance.now() });
  }

  close(): void {
    for (const { worker } of this.threads) void worker.terminate();
  }

  private ask<Result>(thread: Thread, request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      thread.waiting.set(request.id, { resolve, reject });
      thread.worker.postMessage(request);
    });
  }
}
