import type { Box } from './regions.ts';

/** Only inputs this near to a point, in the Euclidean norm, count. */
export interface EuclideanBall {
  readonly center: Float64Array;
  readonly radius: number;
}

/** Where the corner lies outside of the ball, the point of the ball where the linear form is smallest takes its place. */
export function pullInto({ center, radius }: EuclideanBall, coefficients: Float64Array, point: Float64Array): void {
  let away = 0;
  let squares = 0;
  for (let j = 0; j < point.length; j++) {
    away += (point[j] - center[j]) ** 2;
    squares += coefficients[j] ** 2;
  }
  if (away <= radius * radius || squares === 0) return;
  const step = radius / Math.sqrt(squares);
  for (let j = 0; j < point.length; j++) point[j] = center[j] - step * coefficients[j];
}

/** Whether no point of a box is in the ball: the nearest one is farther away than the radius, with room for rounding. */
export function misses({ center, radius }: EuclideanBall, { lower, upper }: Box): boolean {
  let squares = 0;
  for (let j = 0; j < center.length; j++) squares += Math.max(lower[j] - center[j], center[j] - upper[j], 0) ** 2;
  return squares > radius * radius * (1 + 1e-12 * (center.length + 4));
}

/** The least value of each row's linear form over the ball, rounded down. */
export function ballMinima({ center, radius }: EuclideanBall, atInput: Float64Array, constant: Float64Array, gamma: number): Float64Array {
  const n = center.length;
  return constant.map((c, r) => {
    let sum = 0;
    let size = 0;
    let squares = 0;
    for (let j = 0; j < n; j++) {
      const v = atInput[r * n + j];
      sum += v * center[j];
      size += Math.abs(v * center[j]);
      squares += v * v;
    }
    const reach = radius * Math.sqrt(squares);
    return c + sum - reach - gamma * (size + reach + Math.abs(c));
  });
}
