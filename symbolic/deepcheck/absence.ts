import { BoundEngine } from '../bounds/engine.ts';
import { Kernels } from '../kernels/kernels.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';

/** Boxes that are bounded at once. */
const BATCH = 16;

/** Linear pieces that an interval should hold at first: with few turns in it, few neurons need bounds. */
const PIECES = 12;

/** Boxes whose sides are all thinner than this share of the range are not cut further. */
const LEAST_SHARE = 1e-9;

/** Boxes into which one choice is cut before it is given up. */
const MOST_BOXES = 20_000;

/** Elements that may change together. */
export interface Choice {
  readonly elements: readonly number[];
  /** Linear pieces that the network has along a single element; 1 where it is left out. */
  readonly pieces?: number;
}

interface Part {
  readonly choice: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface AbsenceOptions {
  readonly target?: number;
  /** Called between batches: whether to go on. */
  readonly pause: () => Promise<boolean>;
  readonly onProgress?: (fraction: number) => void;
  /** Receives, by choice, an input at which another class is at least as large, in float64. */
  readonly lost?: Map<number, Float64Array>;
}

export interface Absence {
  /** The places of the choices of which it is proved. */
  readonly absent: readonly number[];
  /** What the label's margin is at least on all that was proved. */
  readonly bound: number;
}

/**
 * Of which choices of elements it is proved that no values within the limits make another class as large as the label: with linear
 * bounds that round outward, on boxes over the elements that are cut in two until they decide.
 */
export async function provenAbsent(network: Network, input: Float64Array, label: number, choices: readonly Choice[], limits: { readonly lower: Float64Array; readonly upper: Float64Array }, options: AbsenceOptions): Promise<Absence> {
  if (choices.length === 0) return { absent: [], bound: Infinity };
  const [lower, upper] = [input.slice(), input.slice()];
  for (const { elements } of choices) for (const element of elements) [lower[element], upper[element]] = [limits.lower[element], limits.upper[element]];
  const loaded = new LoadedNetwork(network, new Kernels());
  const { kernels, outputSize, inputSize: n } = loaded;
  const engine = new BoundEngine(loaded, lower, upper);
  const others = Array.from({ length: outputSize }, (_, other) => other).filter((other) => other !== label && (options.target === undefined || other === options.target));
  const open: Part[] = choices.flatMap(({ elements, pieces = 1 }, choice) => {
    const count = Math.max(1, Math.ceil(pieces / PIECES));
    return Array.from({ length: count }, (_, k) => ({
      choice,
      from: elements.map((element, side) => (side === 0 ? lower[element] + (k * (upper[element] - lower[element])) / count : lower[element])),
      to: elements.map((element, side) => (side === 0 && k < count - 1 ? lower[element] + ((k + 1) * (upper[element] - lower[element])) / count : upper[element])),
    }));
  });
  // taken from the end: the first choices first
  open.reverse();
  const left = new Int32Array(choices.length);
  const cut = new Int32Array(choices.length);
  for (const { choice } of open) left[choice]++;
  const failed = new Set<number>();
  const lost = options.lost ?? new Map<number, Float64Array>();
  let settled = 0;
  let bound = Infinity;
  while (open.length > 0) {
    if (!await options.pause()) {
      for (const { choice } of open) failed.add(choice);
      break;
    }
    const batch = open.splice(Math.max(0, open.length - BATCH)).filter(({ choice }) => !failed.has(choice));
    if (batch.length === 0) continue;
    const mark = kernels.mark();
    const regions = engine.analyse(batch.map(({ choice, from, to }) => {
      const box = { lower: input.slice(), upper: input.slice() };
      choices[choice].elements.forEach((element, side) => ([box.lower[element], box.upper[element]] = [from[side], to[side]]));
      return box;
    }));
    const rows = batch.length * others.length;
    const objective = kernels.zeros(rows * outputSize);
    const view = kernels.f64(objective, rows * outputSize);
    batch.forEach((_, b) => others.forEach((other, k) => {
      const row = (b * others.length + k) * outputSize;
      view[row + label] = 1;
      view[row + other] = -1;
    }));
    const { bounds } = engine.lowerBounds(regions, network.output, objective, rows, kernels.storeIntegers(Int32Array.from({ length: rows }, (_, r) => Math.floor(r / others.length))));
    const undecided = batch.filter((part, b) => {
      const least = others.reduce((low, _, k) => Math.min(low, bounds[b * others.length + k]), Infinity);
      if (!(least > 0)) return true;
      bound = Math.min(bound, least);
      if (--left[part.choice] === 0) options.onProgress?.(++settled / choices.length);
      return false;
    });
    // a box in whose middle the label is lost already needs no cutting
    const middles = new Float64Array(undecided.length * n);
    undecided.forEach(({ choice, from, to }, u) => {
      middles.set(input, u * n);
      choices[choice].elements.forEach((element, side) => (middles[u * n + element] = (from[side] + to[side]) / 2));
    });
    const outputs = undecided.length > 0 ? loaded.evaluate(middles, undecided.length) : middles;
    undecided.forEach(({ choice, from, to }, u) => {
      const { elements } = choices[choice];
      const scores = outputs.subarray(u * outputSize, (u + 1) * outputSize);
      if (others.some((other) => scores[other] >= scores[label])) lost.set(choice, middles.slice(u * n, (u + 1) * n));
      const widths = elements.map((element, side) => (to[side] - from[side]) / (upper[element] - lower[element] || 1));
      const side = widths.indexOf(Math.max(...widths));
      if (lost.has(choice) || widths[side] <= LEAST_SHARE || ++cut[choice] > MOST_BOXES) {
        failed.add(choice);
        return;
      }
      const middle = (from[side] + to[side]) / 2;
      open.push({ choice, from, to: to.with(side, middle) }, { choice, from: from.with(side, middle), to });
      left[choice]++;
    });
    kernels.release(mark);
  }
  return { absent: [...choices.keys()].filter((choice) => !failed.has(choice)), bound };
}
