import { BoundEngine } from '../bounds/engine.ts';
import type { NodeBounds } from '../bounds/regions.ts';
import { tightenNode, type Tightened, type TightenStep } from '../bounds/tighten.ts';
import { Kernels } from '../kernels/kernels.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { greedyElements, projectedGradientDescent, type Candidate } from './attack.ts';
import { splitInputs } from './input-splitting.ts';
import type { Expansion, Item } from './item.ts';
import { splitNeurons } from './neuron-splitting.ts';
import { effortsFor, prepareBoxes } from './prepare.ts';
import { Random } from './random.ts';
import type { PreparedBox, Problem, Prover } from './search.ts';

/** Inputs with so few elements that can vary are cut themselves; with more, neurons are. */
const FEW_INPUTS = 12;

/** Works in this thread, giving way to events between rounds. */
export class LocalProver implements Prover {
  readonly width = 1;
  private readonly problem: Problem;
  private readonly loaded: LoadedNetwork;
  private readonly random: Random;
  private engine: BoundEngine | undefined;
  private closedDown = false;
  private last: Promise<unknown> = Promise.resolve();
  private boxes: PreparedBox[] = [];

  constructor(problem: Problem, seedOffset = 0, kernels = new Kernels(problem.memory)) {
    this.problem = problem;
    this.random = new Random(problem.seed + seedOffset);
    this.loaded = new LoadedNetwork(problem.network, kernels);
  }

  async attack(deadline: number): Promise<Candidate[]> {
    const { ball } = this.problem;
    const { cases } = this.problem.whole ?? this.problem.property;
    const found: Candidate[] = [];
    if (ball?.norm === 'l0') {
      for (const [index, one] of cases.entries()) {
        const candidate = greedyElements(this.loaded, one, ball, () => performance.now() > deadline || this.closedDown);
        if (candidate.violation <= 0) found.push({ ...candidate, case: index });
        await pause();
        if (found.length > 0 || performance.now() > deadline) break;
      }
    }
    // a quick attack on all cases, then a thorough one on each, nearest first
    const chunk = 64;
    let nearest: Candidate[] = [];
    for (let start = 0; start < cases.length && found.length === 0 && performance.now() < deadline && !this.closedDown; start += chunk) {
      const some = cases.slice(start, start + chunk);
      const stop = () => performance.now() > deadline || this.closedDown;
      nearest.push(...projectedGradientDescent(this.loaded, some, { random: this.random, steps: 30, restarts: 3, ball, stop }).map((candidate) => ({ ...candidate, case: candidate.case + start })));
      await pause();
    }
    nearest = nearest.sort((a, b) => a.violation - b.violation);
    for (const candidate of nearest.slice(0, 9)) {
      if (candidate.violation <= 0) found.push(candidate);
      else if (found.length === 0 && performance.now() < deadline && !this.closedDown) {
        const [better] = projectedGradientDescent(this.loaded, [cases[candidate.case]], { random: this.random, steps: 60, restarts: 16, ball, starts: [candidate.input], stop: () => performance.now() > deadline || this.closedDown });
        if (better.violation <= 0) found.push({ ...better, case: candidate.case });
        await pause();
      }
    }
    return found;
  }

  /** Rounds run one after the other: the kernels' memory is a stack, which two cannot share while one of them gives way. */
  expand(items: readonly Item[]): Promise<Expansion> {
    const round = this.last.then(() => this.expandNow(items));
    this.last = round.catch(() => undefined);
    return round;
  }

  get efforts(): number {
    return splitsInputs(this.problem) ? 1 : effortsFor(this.problem);
  }

  prepare(deadline: number, effort: number, open: readonly number[]): Promise<readonly PreparedBox[]> {
    const work = this.last.then(() => this.prepareNow(deadline, effort, open));
    this.last = work.catch(() => undefined);
    return work;
  }

  /** Takes over what another prover prepared. */
  adopt(boxes: readonly PreparedBox[]): void {
    this.boxes = [...boxes];
  }

  private async prepareNow(deadline: number, effort: number, open: readonly number[]): Promise<readonly PreparedBox[]> {
    if (splitsInputs(this.problem)) return [];
    this.boxes = await prepareBoxes(this.problem, this.boxes, effort, open, deadline, (step, until) => this.tightenNow({ ...step, part: 0, parts: 1 }, until));
    return this.boxes;
  }

  /** A share of the work on one node's bounds. */
  tighten(step: TightenStep, until: number): Promise<Tightened> {
    const work = this.last.then(() => this.tightenNow(step, until));
    this.last = work.catch(() => undefined);
    return work;
  }

  private tightenNow(step: TightenStep, until: number): Promise<Tightened> {
    return tightenNode(this.engineOf(), step, async () => {
      await pause();
      return !this.closedDown && performance.now() < until;
    });
  }

  private async expandNow(items: readonly Item[]): Promise<Expansion> {
    await pause();
    const { cases } = this.problem.property;
    const engine = this.engineOf();
    if (splitsInputs(this.problem)) return splitInputs(engine, cases, items, this.problem.margin, !this.problem.keepProofs);
    const bounds = items.map((item): readonly NodeBounds[] => this.boxes.find((box) => box.cases.includes(item.case))!.bounds);
    return splitNeurons(engine, cases, items, bounds, { iterations: items[0].depth === 0 ? 40 : 20, tries: 8, margin: this.problem.margin ?? 0 });
  }

  private engineOf(): BoundEngine {
    const { cases } = this.problem.property;
    const { ball } = this.problem;
    this.engine ??= new BoundEngine(this.loaded, hull(cases.map((one) => one.lower), Math.min), hull(cases.map((one) => one.upper), Math.max), ball?.norm === 'l2' ? ball : undefined);
    return this.engine;
  }

  close(): void {
    this.closedDown = true;
  }
}

export function freeInputs(problem: Problem): number {
  return Math.max(...problem.property.cases.map((one) => one.lower.reduce((count, l, i) => count + (one.upper[i] > l ? 1 : 0), 0)));
}

export function splitsInputs(problem: Problem): boolean {
  return freeInputs(problem) <= FEW_INPUTS;
}

function hull(points: readonly Float64Array[], pick: (a: number, b: number) => number): Float64Array {
  const result = points[0].slice();
  for (const point of points.slice(1)) for (let i = 0; i < result.length; i++) result[i] = pick(result[i], point[i]);
  return result;
}

/** Lets events be handled: cancellation, messages. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
