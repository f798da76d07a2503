import type { ActivationRegion, LinearRows, Phase } from './activation-region.ts';

/** Rows of conditions are made in blocks of about this many numbers. */
const BLOCK = 2e6;

/** A condition with no slope at all cannot flip; slopes this small beside the inputs are rounding. */
const NO_SLOPE = 1e-12;

/** One phase with how far away its ReLU turns. */
export interface Distance {
  /** Place in the path condition. */
  readonly phase: number;
  /** The L-infinity distance from the input to the hyperplane where the ReLU turns; infinite where it cannot. */
  readonly distance: number;
  /** t at which input + t direction meets the hyperplane; infinite where it does not. */
  readonly along: number;
}

export interface Reach {
  /** The largest L-infinity radius within which every phase stays: in the open ball the linear form is exact. */
  readonly radius: number;
  /** The least and the largest t for which input + t direction lies in the region; -1 is the input 0 where the direction is the input. */
  readonly along: readonly [number, number];
  /** By phase of the path condition. */
  readonly distances: readonly Distance[];
}

/**
 * How far an activation region reaches from its input.
 * @param direction the input itself unless stated: then input + t direction is the input made brighter by 1 + t.
 */
export async function reach(region: ActivationRegion, phases: readonly Phase[], options: { readonly direction?: Float64Array; readonly signal?: AbortSignal; readonly onProgress?: (fraction: number) => void } = {}): Promise<Reach> {
  const direction = options.direction ?? region.input;
  const n = region.loaded.inputSize;
  const distances: Distance[] = [];
  let radius = Infinity;
  let [least, most] = [-Infinity, Infinity];
  const block = Math.max(16, Math.floor(BLOCK / n));
  for (let start = 0; start < phases.length; start += block) {
    const some = phases.slice(start, start + block);
    const { coefficients } = region.conditionRows(some);
    some.forEach(({ value }, k) => {
      let length = 0;
      let speed = 0;
      for (let j = 0, at = k * n; j < n; j++, at++) {
        length += Math.abs(coefficients[at]);
        speed += coefficients[at] * direction[j];
      }
      const distance = length <= NO_SLOPE ? Infinity : Math.abs(value) / length;
      const along = Math.abs(speed) <= NO_SLOPE ? Infinity : -value / speed;
      distances.push({ phase: start + k, distance, along });
      radius = Math.min(radius, distance);
      // at a turn itself the region lies on one side: where the value moves away from the turn it stays
      if (!Number.isFinite(along)) return;
      const leaves = value > 0 ? speed < 0 : speed > 0;
      if (leaves) most = Math.min(most, Math.max(along, 0));
      else least = Math.max(least, Math.min(along, 0));
    });
    options.onProgress?.(Math.min(1, (start + block) / phases.length));
    if (start + block < phases.length) await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
  }
  return { radius, along: [least, most], distances };
}

/** The places of the phases whose ReLUs can turn within a box, nearest first: all others hold everywhere in it. */
export function turningInBox(rows: LinearRows, phases: readonly Phase[], box: { readonly lower: Float64Array; readonly upper: Float64Array }): number[] {
  const n = box.lower.length;
  const turning: { place: number; share: number }[] = [];
  phases.forEach(({ active, value }, k) => {
    let [low, high] = [rows.constants[k], rows.constants[k]];
    for (let j = 0, at = k * n; j < n; j++, at++) {
      const c = rows.coefficients[at];
      low += c * (c > 0 ? box.lower[j] : box.upper[j]);
      high += c * (c > 0 ? box.upper[j] : box.lower[j]);
    }
    if (active ? low <= 0 : high > 0) turning.push({ place: k, share: Math.abs(value) / Math.max(high - low, Number.MIN_VALUE) });
  });
  return turning.sort((a, b) => a.share - b.share).map(({ place }) => place);
}
