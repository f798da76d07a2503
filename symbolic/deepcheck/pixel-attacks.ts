import type { LoadedNetwork } from '../network/loaded.ts';
import { isPiecewiseLinear } from '../network/network.ts';
import { provenAbsent } from './absence.ts';
import { sweepElements, valuesToTry, type PixelSweep } from './one-pixel.ts';

/** An input with few changed elements that the original model classifies otherwise; replayed. */
export interface PixelAttack {
  readonly elements: readonly number[];
  readonly values: readonly number[];
  /** What the model answers. */
  readonly label: number;
  readonly scores: readonly number[];
}

export interface OnePixelAnswer {
  /** One for each element that, changed alone, loses the label: the smallest change that the replay confirms. */
  readonly attacks: readonly PixelAttack[];
  /** Elements of which it is proved that no value within the limits loses the label. */
  readonly absent: readonly number[];
  /** Elements that are neither: the margin is within rounding of 0 there, or the time was up. */
  readonly unsettled: readonly number[];
  /** What the margin of the label is proved to be at least where absence is proved. */
  readonly bound: number;
  readonly sweeps: readonly PixelSweep[];
}

export interface PixelOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
  readonly target?: number;
  /** For the proofs of absence; 60 where it is left out. */
  readonly timeoutSeconds?: number;
  /** The scores of the original model. */
  readonly replay: (input: Float32Array) => Promise<ArrayLike<number>>;
}

export interface Limits {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Every attack that changes a single element: each element is walked through over its whole range, what loses the label
 * is replayed, and for the others absence is proved with bounds that round outward.
 * @param order the elements in the order in which they are tried.
 * @throws RangeError where the network is not piecewise linear
 */
export async function onePixelAttacks(loaded: LoadedNetwork, input: Float64Array, label: number, order: readonly number[], limits: Limits, options: PixelOptions): Promise<OnePixelAnswer> {
  const started = performance.now();
  const sweeps = await sweepElements(loaded, input, label, order, limits, { ...options, onProgress: (done) => options.onProgress?.(done / order.length) });
  const attacks: PixelAttack[] = [];
  const unsettled: number[] = [];
  const open: PixelSweep[] = [];
  for (const sweep of sweeps) {
    const attack = await replayed(sweep, input, label, limits, options);
    if (attack) attacks.push(attack);
    else if (sweep.margin > 0) open.push(sweep);
    else unsettled.push(sweep.element);
  }
  const deadline = started + 1000 * (options.timeoutSeconds ?? 60);
  const { absent: places, bound } = await provenAbsent(loaded.network, input, label, open.map(({ element, pieces }) => ({ elements: [element], pieces })), limits, {
    target: options.target,
    pause: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      options.signal?.throwIfAborted();
      return performance.now() < deadline;
    },
  });
  const absent = places.map((place) => open[place].element);
  const proved = new Set(absent);
  unsettled.push(...open.map(({ element }) => element).filter((element) => !proved.has(element)));
  return { attacks, absent, unsettled, bound, sweeps };
}

/** The first attack by a single element, in the order given, or undefined where the walk finds none. */
export async function firstOnePixelAttack(loaded: LoadedNetwork, input: Float64Array, label: number, order: readonly number[], limits: Limits, options: PixelOptions): Promise<PixelAttack | undefined> {
  if (!isPiecewiseLinear(loaded.network)) return undefined;
  // blocks, so that an early success is told early
  for (let start = 0; start < order.length; start += 64) {
    for (const sweep of await sweepElements(loaded, input, label, order.slice(start, start + 64), limits, options)) {
      const attack = await replayed(sweep, input, label, limits, options);
      if (attack) return attack;
    }
  }
  return undefined;
}

async function replayed(sweep: PixelSweep, input: Float64Array, label: number, { lower, upper }: Limits, { replay, target }: PixelOptions): Promise<PixelAttack | undefined> {
  const { element } = sweep;
  for (const value of valuesToTry(sweep, input[element], lower[element], upper[element])) {
    const changed = Float32Array.from(input);
    changed[element] = value;
    const scores = Array.from(await replay(changed));
    const answer = largest(scores);
    if (target === undefined ? answer !== label : answer === target) return { elements: [element], values: [value], label: answer, scores };
  }
  return undefined;
}

/** The class of the highest score, the first where several are. */
export function largest(scores: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
  return best;
}
