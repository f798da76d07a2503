import type { LoadedNetwork } from '../network/loaded.ts';
import { roundInside } from '../search/region.ts';
import type { Domain, Oracle } from './oracle.ts';

/** A neuron's value that an input should bring past a threshold: above it (side 1) or below it (side -1). */
export interface Goal {
  readonly index: number;
  readonly side: 1 | -1;
  /** With the room that rounding needs. */
  readonly threshold: number;
}

export interface Attempt {
  readonly goal: Goal;
  readonly start: Float64Array;
  readonly seed: number;
}

export interface NearestOptions {
  readonly steps: number;
  /** Gives way to events; false ends the work. */
  readonly pause: () => Promise<boolean>;
}

/** A little more than the linear form asks for, because the form changes on the way. */
const OVERSHOOT = 1.02;

/**
 * Inputs near each attempt's start at which its goal holds, in float32 numbers; undefined where none was found.
 *
 * Along the activation pattern of a point the neuron is a linear form of the input. Of all points of the seed's ball at which
 * one linear form reaches a value, the nearest is known in closed form: in the maximum norm every element moves by the same
 * step as far as its room allows, in the L0 norm the elements with the most to give move first. The step is repeated with the
 * form of the new point until the neuron itself is there.
 * @param node the node that all goals are elements of
 */
export async function nearestInputs(loaded: LoadedNetwork, oracle: Oracle, node: number, attempts: readonly Attempt[], { steps, pause }: NearestOptions): Promise<(Float64Array | undefined)[]> {
  const found = new Array<Float64Array | undefined>(attempts.length).fill(undefined);
  const { kernels, inputSize: n } = loaded;
  const { size } = loaded.network.nodes[node];
  const boxes = attempts.map(({ seed }) => oracle.boxOf(seed));
  const points = attempts.map(({ start }, r) => roundInside(start, boxes[r].lower, boxes[r].upper));
  let open = attempts.map((_, r) => r);
  for (let step = 0; step <= steps && open.length > 0; step++) {
    const count = open.length;
    const mark = kernels.mark();
    const inputs = kernels.allocate(count * n);
    open.forEach((r, k) => kernels.f64(inputs, count * n).set(points[r], k * n));
    const values = loaded.forward(inputs, count, node);
    const reached = kernels.f64(values[node], count * size);
    const seeds = kernels.zeros(count * size);
    const need = open.map((r, k) => {
      const { index, side, threshold } = attempts[r].goal;
      kernels.f64(seeds, count * size)[k * size + index] = side;
      return side * (threshold - reached[k * size + index]);
    });
    const gradient = loaded.gradients(values, node, seeds, count)[0];
    const slopes = gradient === 0 ? new Float64Array(count * n) : kernels.f64(gradient, count * n).slice();
    kernels.release(mark);
    const next: number[] = [];
    open.forEach((r, k) => {
      if (need[k] <= 0) {
        found[r] = points[r];
        return;
      }
      const slope = slopes.subarray(k * n, (k + 1) * n);
      const { lower, upper } = boxes[r];
      const moved = oracle.norm === 'l0'
        ? fewElements(points[r], slope, OVERSHOOT * need[k], boxes[r], oracle.seeds[attempts[r].seed].input, oracle.epsilon)
        : sameStep(points[r], slope, OVERSHOOT * need[k], boxes[r]);
      if (!moved) return;
      points[r] = roundInside(moved, lower, upper);
      next.push(r);
    });
    open = next;
    if (!await pause()) break;
  }
  return found;
}

/** The least step t in the maximum norm at which the linear form has gained `need`; as far as the box allows where it cannot. */
export function sameStep(point: Float64Array, slope: ArrayLike<number>, need: number, { lower, upper }: Domain): Float64Array | undefined {
  const n = point.length;
  const room = new Float64Array(n);
  let all = 0;
  let steepness = 0;
  for (let j = 0; j < n; j++) {
    const s = slope[j];
    if (s === 0) continue;
    room[j] = s > 0 ? upper[j] - point[j] : point[j] - lower[j];
    all += Math.abs(s) * room[j];
    if (room[j] > 0) steepness += Math.abs(s);
  }
  if (all === 0 || steepness === 0) return undefined;
  let t = Infinity;
  if (all > need) {
    // the gain is concave and piecewise linear in t: Newton's steps from the left never overshoot
    t = need / steepness;
    for (let round = 0; round < 50; round++) {
      let gain = 0;
      let rate = 0;
      for (let j = 0; j < n; j++) {
        const s = Math.abs(slope[j]);
        if (room[j] > t) {
          gain += s * t;
          rate += s;
        } else gain += s * room[j];
      }
      if (gain >= need * (1 - 1e-9) || rate === 0) break;
      t += (need - gain) / rate;
    }
  }
  return point.map((x, j) => x + Math.sign(slope[j]) * Math.min(t, room[j]));
}

/** Moves the elements with the most to give to the end of their range, the last one only as far as is needed. */
export function fewElements(point: Float64Array, slope: ArrayLike<number>, need: number, { lower, upper }: Domain, center: ArrayLike<number>, most: number): Float64Array | undefined {
  const moved = point.slice();
  const gains = Array.from(point, (x, j) => Math.abs(slope[j]) * (slope[j] > 0 ? upper[j] - x : x - lower[j]));
  const order = Array.from(point.keys()).filter((j) => gains[j] > 0).sort((a, b) => gains[b] - gains[a]);
  let changed = point.reduce((count, x, j) => count + (x === center[j] ? 0 : 1), 0);
  let left = need;
  let any = false;
  for (const j of order) {
    if (left <= 0) break;
    const fresh = point[j] === center[j];
    if (fresh && changed >= most) continue;
    const share = Math.min(1, left / gains[j]);
    moved[j] = point[j] + share * ((slope[j] > 0 ? upper[j] : lower[j]) - point[j]);
    left -= share * gains[j];
    if (fresh) changed++;
    any = true;
  }
  return any ? moved : undefined;
}
