import { BoundEngine } from '../bounds/engine.ts';
import { Kernels } from '../kernels/kernels.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';
import type { PixelSweep } from './one-pixel.ts';

/** Boxes that are bounded at once. */
const BATCH = 16;

/** Linear pieces that an interval should hold at first: with few turns in it, few neurons need bounds. */
const PIECES = 12;

/** Intervals thinner than this share of the range are not cut further. */
const LEAST_SHARE = 1e-9;

interface Interval {
  readonly element: number;
  readonly from: number;
  readonly to: number;
}

export interface AbsenceOptions {
  readonly target?: number;
  /** Called between batches: whether to go on. */
  readonly pause: () => Promise<boolean>;
}

export interface Absence {
  readonly elements: readonly number[];
  /** What the label's margin is at least on all that was proved. */
  readonly bound: number;
}

/**
 * Of which elements it is proved that no value within the limits makes another class as large as the label: with linear
 * bounds that round outward, on intervals of the element's range that are cut in two until they decide.
 */
export async function provenAbsent(network: Network, input: Float64Array, label: number, sweeps: readonly PixelSweep[], limits: { readonly lower: Float64Array; readonly upper: Float64Array }, options: AbsenceOptions): Promise<Absence> {
  if (sweeps.length === 0) return { elements: [], bound: Infinity };
  const [lower, upper] = [input.slice(), input.slice()];
  for (const { element } of sweeps) [lower[element], upper[element]] = [limits.lower[element], limits.upper[element]];
  const loaded = new LoadedNetwork(network, new Kernels());
  const { kernels, outputSize } = loaded;
  const engine = new BoundEngine(loaded, lower, upper);
  const others = Array.from({ length: outputSize }, (_, other) => other).filter((other) => other !== label && (options.target === undefined || other === options.target));
  const open: Interval[] = sweeps.flatMap(({ element, pieces }) => {
    const count = Math.max(1, Math.ceil(pieces / PIECES));
    const width = (upper[element] - lower[element]) / count;
    return Array.from({ length: count }, (_, k) => ({ element, from: lower[element] + k * width, to: k === count - 1 ? upper[element] : lower[element] + (k + 1) * width }));
  });
  const failed = new Set<number>();
  let bound = Infinity;
  while (open.length > 0) {
    if (!await options.pause()) {
      for (const { element } of open) failed.add(element);
      break;
    }
    const batch = open.splice(Math.max(0, open.length - BATCH)).filter(({ element }) => !failed.has(element));
    if (batch.length === 0) continue;
    const mark = kernels.mark();
    const regions = engine.analyse(batch.map(({ element, from, to }) => {
      const box = { lower: input.slice(), upper: input.slice() };
      [box.lower[element], box.upper[element]] = [from, to];
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
    batch.forEach(({ element, from, to }, b) => {
      const least = others.reduce((low, _, k) => Math.min(low, bounds[b * others.length + k]), Infinity);
      if (least > 0) {
        bound = Math.min(bound, least);
        return;
      }
      const middle = (from + to) / 2;
      if (to - from <= LEAST_SHARE * (upper[element] - lower[element])) failed.add(element);
      else open.push({ element, from, to: middle }, { element, from: middle, to });
    });
    kernels.release(mark);
  }
  return { elements: sweeps.map(({ element }) => element).filter((element) => !failed.has(element)), bound };
}
