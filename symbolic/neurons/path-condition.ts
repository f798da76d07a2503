import { LinearProgram } from '../exact/linear-program.ts';
import { Random } from '../search/random.ts';
import type { LinearRows, Phase } from './activation-region.ts';
import { turningInBox } from './reach.ts';

/** The conditions that bound an activation region inside a box. */
export interface MinimalCondition {
  /** Places in the path condition: none of them follows from the others and the box, the nearest first. */
  readonly bounding: readonly number[];
  /** Conditions that were left in without being settled, because the time was up. */
  readonly unsettled: readonly number[];
}

export interface MinimiseOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for the linear programs; 2,000 where it is left out. */
  readonly milliseconds?: number;
  readonly onProgress?: (fraction: number) => void;
}

/** How far past a condition the others must reach before it counts as bounding: beyond the solver's tolerance. */
const MARGIN = 1e-8;

/**
 * The phases that bound the region inside a box, without those that follow from others: conditions that hold on the whole
 * box fall by interval bounds, the rest by one linear program each. Together with the box, the bounding conditions and
 * the unsettled ones describe the same set as all conditions do (up to the solver's tolerance).
 * @param input where all phases hold.
 */
export async function minimise(input: Float64Array, rows: LinearRows, phases: readonly Phase[], box: { readonly lower: Float64Array; readonly upper: Float64Array }, options: MinimiseOptions = {}): Promise<MinimalCondition> {
  const n = box.lower.length;
  const turning = turningInBox(rows, phases, box);
  if (turning.length <= 1) return { bounding: turning, unsettled: [] };
  const deadline = performance.now() + (options.milliseconds ?? 2000);
  const row = (place: number) => rows.coefficients.subarray(place * n, (place + 1) * n);
  // row . x within [lower, upper] is what the phase says
  const limits = (place: number): [number, number] => (phases[place].active ? [-rows.constants[place], Infinity] : [-Infinity, -rows.constants[place]]);
  const seen = firstHit(input, rows, phases, turning, box, deadline);
  const program = await LinearProgram.open(box.lower, box.upper);
  try {
    for (const place of turning) program.addRow(row(place), ...limits(place));
    const bounding = [...seen];
    const unsettled: number[] = [];
    // the farthest first: they are the likeliest to follow from nearer ones
    for (let k = turning.length - 1; k >= 0; k--) {
      const place = turning[k];
      if (seen.has(place)) continue;
      options.signal?.throwIfAborted();
      if (performance.now() > deadline) {
        unsettled.push(place);
        continue;
      }
      program.boundRow(k, -Infinity, Infinity);
      const sign = phases[place].active ? 1 : -1;
      const answer = program.minimise(row(place).map((c) => sign * c));
      // whether the others let this one be violated
      const least = answer.status === 'optimal' ? answer.objective + sign * rows.constants[place] : -Infinity;
      const scale = row(place).reduce((sum, c) => sum + Math.abs(c), 0);
      if (answer.status === 'unknown') unsettled.push(place);
      else if (least < -MARGIN * scale) bounding.push(place);
      else continue;
      program.boundRow(k, ...limits(place));
      options.onProgress?.((turning.length - k) / turning.length);
      if (k % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const near = new Map(turning.map((place, k) => [place, k]));
    return { bounding: bounding.sort((a, b) => near.get(a)! - near.get(b)!), unsettled: unsettled.reverse() };
  } finally {
    program.close();
  }
}

/** Rays that are shot for each condition: at its own hyperplane, and at random. */
const RAYS = 4;

/**
 * Conditions that are seen to bound the region: a ray from the input meets them first, inside the box. Cheap, and settles
 * most of those that bound it; what is not seen may still do so.
 */
function firstHit(input: Float64Array, rows: LinearRows, phases: readonly Phase[], turning: readonly number[], box: { readonly lower: Float64Array; readonly upper: Float64Array }, deadline: number): Set<number> {
  const n = box.lower.length;
  const random = new Random(1);
  const seen = new Set<number>();
  const direction = new Float64Array(n);
  for (const [k, place] of turning.entries()) {
    if (k % 16 === 0 && performance.now() > deadline) break;
    for (let ray = 0; ray < RAYS; ray++) {
      const side = phases[place].active ? -1 : 1;
      for (let j = 0; j < n; j++) direction[j] = side * rows.coefficients[place * n + j] * (ray === 0 ? 1 : random.uniform(0, 2));
      let [first, at, second] = [-1, Infinity, Infinity];
      for (const other of turning) {
        let speed = 0;
        for (let j = 0, e = other * n; j < n; j++, e++) speed += rows.coefficients[e] * direction[j];
        const { active, value } = phases[other];
        if (active ? speed >= 0 : speed <= 0) continue;
        const t = -value / speed;
        if (t < at) [first, at, second] = [other, t, at];
        else if (t < second) second = t;
      }
      // two that are met at once may be the same condition; the border of the box hides what lies behind it
      if (first < 0 || !(second > at * (1 + 1e-6)) || at <= 0 || seen.has(first)) continue;
      if (direction.every((d, j) => input[j] + at * d > box.lower[j] && input[j] + at * d < box.upper[j])) seen.add(first);
    }
  }
  return seen;
}
