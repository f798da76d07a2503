import { FUNCTION_SLACK, type SmoothFunction } from '../network/functions.ts';

/** Two lines that hold a function between them on an interval, and its range there. */
export interface Lines {
  lowSlope: number;
  lowIntercept: number;
  upSlope: number;
  upIntercept: number;
  low: number;
  high: number;
}

/** Past this the turns of periodic functions are not known well enough. */
const FAR = 1e6;

const NOTHING: Lines = { lowSlope: 0, lowIntercept: -Infinity, upSlope: 0, upIntercept: Infinity, low: -Infinity, high: Infinity };

/**
 * Sound lines for a smooth function on [lower, upper]: the lower one supports the function's convex hull at the middle
 * of the interval, which leaves the smallest area; likewise the upper one.
 *
 * Any slope is sound with the right intercept, the least value of f(x) - slope x; it is at an end or where f' = slope,
 * and f' is monotone between its turns, so every such place is found by bisection.
 */
export function smoothLines(f: SmoothFunction, lower: number, upper: number): Lines {
  if (!Number.isFinite(lower) || !Number.isFinite(upper)) return NOTHING;
  if (f.domain && (lower < f.domain[0] || upper > f.domain[1])) return NOTHING;
  const atLower = f.value(lower);
  const atUpper = f.value(upper);
  if (!Number.isFinite(atLower) || !Number.isFinite(atUpper)) return NOTHING;
  if (f.pole !== undefined && lower <= f.pole && upper >= f.pole) return NOTHING;
  // over a period and a half no slope gains anything
  if (f.period !== undefined && (upper - lower > 1.5 * f.period || Math.max(-lower, upper) > FAR)) return { lowSlope: 0, lowIntercept: -1, upSlope: 0, upIntercept: 1, low: -1, high: 1 };
  const pieces = [lower, ...f.turns(lower, upper), upper];
  const range = extremes(f, pieces, 0);
  if (upper - lower < 1e-9 * (1 + Math.abs(lower))) return { lowSlope: 0, lowIntercept: range.least, upSlope: 0, upIntercept: range.most, low: range.least, high: range.most };
  const middle = lower + (upper - lower) / 2;
  const chord = (atUpper - atLower) / (upper - lower);
  const tangent = f.derivative(middle);
  let lowSlope: number;
  let upSlope: number;
  if (pieces.length === 2) {
    // convex or concave throughout: a chord on one side, the tangent at the middle on the other
    const convex = f.derivative(upper) >= f.derivative(lower);
    [lowSlope, upSlope] = convex ? [tangent, chord] : [chord, tangent];
  } else {
    lowSlope = supportingSlope(f, pieces, middle, 'low');
    upSlope = supportingSlope(f, pieces, middle, 'up');
  }
  if (!Number.isFinite(lowSlope)) lowSlope = chord;
  if (!Number.isFinite(upSlope)) upSlope = chord;
  return {
    lowSlope, lowIntercept: extremes(f, pieces, lowSlope).least,
    upSlope, upIntercept: extremes(f, pieces, upSlope).most,
    low: range.least, high: range.most,
  };
}


/** Bounds on the least and the greatest value of f(x) - slope x over the pieces, rounded outward. */
function extremes(f: SmoothFunction, pieces: readonly number[], slope: number): { least: number; most: number; leastAt: number; mostAt: number } {
  let least = Infinity;
  let most = -Infinity;
  let leastAt = pieces[0];
  let mostAt = pieces[0];
  const consider = (x: number, spread: number) => {
    const y = f.value(x);
    const g = y - slope * x;
    const slack = FUNCTION_SLACK * (1 + Math.abs(y) + Math.abs(slope * x)) + spread;
    if (g - slack < least) [least, leastAt] = [g - slack, x];
    if (g + slack > most) [most, mostAt] = [g + slack, x];
  };
  for (const x of pieces) consider(x, 0);
  for (let k = 0; k + 1 < pieces.length; k++) {
    let a = pieces[k];
    let b = pieces[k + 1];
    let da = f.derivative(a) - slope;
    let db = f.derivative(b) - slope;
    // near a turn that was found numerically the sign may be missed: the derivative is then as good as 0 on all of the piece's end
    if (!(da < 0 !== db < 0)) continue;
    for (let step = 0; step < 60 && b - a > 1e-12 * (1 + Math.abs(a)); step++) {
      const x = a + (b - a) / 2;
      const d = f.derivative(x) - slope;
      if (d < 0 === da < 0) [a, da] = [x, d];
      else [b, db] = [x, d];
    }
    // f' - slope is monotone on [a, b] and changes sign there, so g moves by at most this from its value at a
    consider(a, Math.max(Math.abs(da), Math.abs(db)) * (b - a));
  }
  return { least, most, leastAt, mostAt };
}

/** The slope of the line that supports the hull at `middle`: the contact point moves across it as the slope grows. */
function supportingSlope(f: SmoothFunction, pieces: readonly number[], middle: number, side: 'low' | 'up'): number {
  let low = Infinity;
  let high = -Infinity;
  for (const x of pieces) {
    const d = f.derivative(x);
    low = Math.min(low, d);
    high = Math.max(high, d);
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return Number.NaN;
  for (let step = 0; step < 40; step++) {
    const slope = (low + high) / 2;
    const { leastAt, mostAt } = extremes(f, pieces, slope);
    const right = side === 'low' ? leastAt < middle : mostAt > middle;
    if (right) low = slope;
    else high = slope;
  }
  return (low + high) / 2;
}
