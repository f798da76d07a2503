import type { LoadedNetwork } from '../network/loaded.ts';
import { nextFloat32 } from '../search/region.ts';
import { walkLines, type Line } from './line-walk.ts';

/** What changing one element of an input, alone and over its whole range, does to the label. */
export interface PixelSweep {
  readonly element: number;
  /** The least margin of the label over any other class, and where it is reached. Above 0: the label stays everywhere (in float64). */
  readonly margin: number;
  readonly value: number;
  /** The other class there. */
  readonly label: number;
  /** The changed value nearest to the original one past which the label is lost, and the class that takes its place; undefined where it stays. */
  readonly nearest?: { readonly value: number; readonly label: number };
  /** Linear pieces that the outputs have along the element. */
  readonly pieces: number;
}

export interface SweepOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
  /** Only this class counts. */
  readonly target?: number;
}

/**
 * Walks along each element, from its lower to its upper limit, through every linear piece of the network: what single
 * changed element loses the label, and for which values. Complete up to float64 rounding.
 * @param elements which, in the order in which they are wanted.
 * @throws RangeError where the network is not piecewise linear
 */
export async function sweepElements(loaded: LoadedNetwork, input: Float64Array, label: number, elements: readonly number[], limits: { readonly lower: Float64Array; readonly upper: Float64Array }, options: SweepOptions = {}): Promise<PixelSweep[]> {
  const { outputSize } = loaded;
  const lines = elements.map((element): Line => {
    const start = input.slice();
    start[element] = limits.lower[element];
    const direction = new Float64Array(input.length);
    direction[element] = 1;
    return { start, direction, length: limits.upper[element] - limits.lower[element] };
  });
  const found = elements.map(() => ({ margin: Infinity, value: 0, label, pieces: 0, nearest: undefined as PixelSweep['nearest'] }));
  const others = Array.from({ length: outputSize }, (_, other) => other).filter((other) => other !== label && (options.target === undefined || other === options.target));
  let done = 0;
  await walkLines(loaded, lines, (k, { from, to, values, slopes }) => {
    const one = found[k];
    const low = limits.lower[elements[k]];
    const original = input[elements[k]];
    one.pieces++;
    for (const other of others) {
      const slope = slopes[label] - slopes[other];
      const first = values[label] - values[other];
      const last = first + slope * (to - from);
      if (Math.min(first, last) < one.margin) {
        one.margin = Math.min(first, last);
        one.value = low + (first < last ? from : to);
        one.label = other;
      }
      if (Math.min(first, last) >= 0) continue;
      // the part of the piece on which the other class wins
      const root = slope === 0 ? from : from - first / slope;
      const [a, b] = [low + (first < 0 ? from : root), low + (last < 0 ? to : root)];
      const nearest = Math.min(Math.max(original, a), b);
      if (one.nearest === undefined || Math.abs(nearest - original) < Math.abs(one.nearest.value - original)) one.nearest = { value: nearest, label: other };
    }
    if (to >= lines[k].length) options.onProgress?.(++done);
    return true;
  }, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
  });
  return elements.map((element, k) => ({ element, ...found[k] }));
}

/** Float32 values of an element at which a sweep says that the label is lost, the nearest to the original first; to be replayed. */
export function valuesToTry({ nearest, value, margin }: PixelSweep, original: number, lower: number, upper: number): number[] {
  if (!(margin < 0) || !nearest) return [];
  const direction = nearest.value > original ? 1 : -1;
  const values = [nextFloat32(Math.fround(nearest.value), direction)];
  // a little past the edge, where float32 agrees with float64; then where the other class wins most
  for (const share of [1e-4, 1e-2, 0.5]) values.push(Math.fround(nearest.value + share * (value - nearest.value)));
  values.push(Math.fround(value));
  return [...new Set(values.map((x) => Math.min(Math.max(x, lower), upper)))].filter((x) => x !== original);
}
