import type { Box } from '../bounds/regions.ts';

/** A linear function below a constraint on a box: the constraint can hold only where slope x + constant <= 0. */
export interface LinearBelow {
  readonly slope: Float64Array;
  readonly constant: number;
}

/** Relative room for rounding in the sums below; far more than a few dozen terms need. */
const SLACK = 1e-12;

/**
 * Cuts off the parts of a box in which one of several constraints, all of which must hold, cannot hold.
 * @returns the smaller box; undefined where nothing is left of it.
 */
export function contract(box: Box, below: readonly LinearBelow[]): Box | undefined {
  const lower = box.lower.slice();
  const upper = box.upper.slice();
  const n = lower.length;
  for (let round = 0; round < 3; round++) {
    let moved = false;
    for (const { slope, constant } of below) {
      let least = constant;
      let size = Math.abs(constant);
      for (let j = 0; j < n; j++) {
        least += slope[j] * (slope[j] > 0 ? lower[j] : upper[j]);
        size += Math.abs(slope[j]) * Math.max(Math.abs(lower[j]), Math.abs(upper[j]));
      }
      if (least > SLACK * size) return undefined;
      for (let j = 0; j < n; j++) {
        if (slope[j] === 0 || lower[j] === upper[j]) continue;
        // all others at their best leave this much for input j
        const room = SLACK * size - least;
        const reach = room / Math.abs(slope[j]);
        const width = upper[j] - lower[j];
        if (!(reach < width)) continue;
        const slack = SLACK * (Math.abs(lower[j]) + Math.abs(upper[j]));
        if (slope[j] > 0) upper[j] = Math.min(upper[j], lower[j] + reach + slack);
        else lower[j] = Math.max(lower[j], upper[j] - reach - slack);
        if (reach < 0.9 * width) moved = true;
      }
    }
    if (!moved) break;
  }
  return { lower, upper };
}

/**
 * Whether some sum of the functions with weights of at least 0 is above 0 on all of the box, so that not all constraints
 * can hold at once: gradient ascent on the weights, whose gradient are the functions' values at the sum's lowest corner.
 */
export function contradict(box: Box, below: readonly LinearBelow[]): boolean {
  const count = below.length;
  if (count < 2) return false;
  const n = box.lower.length;
  const weights = new Float64Array(count).fill(1 / count);
  const values = new Float64Array(count);
  for (let round = 0; round < 30; round++) {
    let total = 0;
    let size = 0;
    values.fill(0);
    for (let k = 0; k < count; k++) {
      values[k] = below[k].constant;
      total += weights[k] * below[k].constant;
      size += weights[k] * Math.abs(below[k].constant);
    }
    for (let j = 0; j < n; j++) {
      let slope = 0;
      let reach = 0;
      for (let k = 0; k < count; k++) {
        slope += weights[k] * below[k].slope[j];
        reach += weights[k] * Math.abs(below[k].slope[j]);
      }
      const x = slope > 0 ? box.lower[j] : box.upper[j];
      total += slope * x;
      size += reach * Math.abs(x);
      for (let k = 0; k < count; k++) values[k] += below[k].slope[j] * x;
    }
    if (total > SLACK * size) return true;
    // the functions that are high where the sum is low get more weight
    let largest = 0;
    for (const value of values) largest = Math.max(largest, Math.abs(value));
    if (largest === 0) return false;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      weights[k] *= Math.exp((1.5 * values[k]) / (largest * (1 + 0.2 * round)));
      sum += weights[k];
    }
    for (let k = 0; k < count; k++) weights[k] /= sum;
  }
  return false;
}
