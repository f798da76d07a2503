import { LinearProgram } from '../exact/linear-program.ts';
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
 */
export async function minimise(rows: LinearRows, phases: readonly Phase[], box: { readonly lower: Float64Array; readonly upper: Float64Array }, options: MinimiseOptions = {}): Promise<MinimalCondition> {
  const n = box.lower.length;
  const turning = turningInBox(rows, phases, box);
  if (turning.length <= 1) return { bounding: turning, unsettled: [] };
  const deadline = performance.now() + (options.milliseconds ?? 2000);
  const row = (place: number) => rows.coefficients.subarray(place * n, (place + 1) * n);
  // row . x within [lower, upper] is what the phase says
  const limits = (place: number): [number, number] => (phases[place].active ? [-rows.constants[place], Infinity] : [-Infinity, -rows.constants[place]]);
  const program = await LinearProgram.open(box.lower, box.upper);
  try {
    for (const place of turning) program.addRow(row(place), ...limits(place));
    const bounding: number[] = [];
    const unsettled: number[] = [];
    // the farthest first: they are the likeliest to follow from nearer ones
    for (let k = turning.length - 1; k >= 0; k--) {
      const place = turning[k];
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
    return { bounding: bounding.reverse(), unsettled: unsettled.reverse() };
  } finally {
    program.close();
  }
}
