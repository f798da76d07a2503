/** Where the search may look besides the box of a case: a ball around an input, or few changed elements. */
export type Ball =
  | { readonly norm: 'l2'; readonly center: Float64Array; readonly radius: number }
  | { readonly norm: 'l0'; readonly center: Float64Array; readonly radius: number };

/** Puts a point into the box and the ball, changing it as little as the norm allows. */
export function project(point: Float64Array, lower: Float64Array, upper: Float64Array, ball: Ball | undefined): void {
  for (let i = 0; i < point.length; i++) point[i] = Math.min(Math.max(point[i], lower[i]), upper[i]);
  if (!ball) return;
  if (ball.norm === 'l2') {
    let sum = 0;
    for (let i = 0; i < point.length; i++) sum += (point[i] - ball.center[i]) ** 2;
    const distance = Math.sqrt(sum);
    // the centre is in the box, and the box is convex, so shrinking stays in it
    if (distance > ball.radius) for (let i = 0; i < point.length; i++) point[i] = ball.center[i] + ((point[i] - ball.center[i]) * ball.radius * (1 - 1e-9)) / distance;
    return;
  }
  const changed = Array.from(point.keys()).filter((i) => point[i] !== ball.center[i]);
  if (changed.length <= ball.radius) return;
  changed.sort((a, b) => Math.abs(point[b] - ball.center[b]) - Math.abs(point[a] - ball.center[a]));
  for (const i of changed.slice(ball.radius)) point[i] = ball.center[i];
}

export function distance(left: ArrayLike<number>, right: ArrayLike<number>, norm: 'linf' | 'l2' | 'l0'): number {
  let result = 0;
  for (let i = 0; i < left.length; i++) {
    const difference = Math.abs(left[i] - right[i]);
    if (norm === 'linf') result = Math.max(result, difference);
    else if (norm === 'l2') result += difference * difference;
    else if (difference !== 0) result++;
  }
  return norm === 'l2' ? Math.sqrt(result) : result;
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** The float32 next to x in the given direction. */
export function nextFloat32(x: number, direction: 1 | -1): number {
  single[0] = x;
  if (single[0] === 0) {
    bits[0] = 1;
    return direction * single[0];
  }
  bits[0] += single[0] > 0 === direction > 0 ? 1 : -1;
  return single[0];
}

/**
 * The point in float32 numbers, as the model will be given it; elements that already are a float32 stay. Where the box
 * has no float32 between its ends (an input fixed at 0.1) the element stays a float64 inside, which the model gets rounded.
 */
export function roundInside(point: Float64Array, lower: Float64Array, upper: Float64Array): Float64Array {
  return point.map((x, i) => {
    let rounded = Math.fround(x);
    if (rounded < lower[i]) rounded = nextFloat32(rounded, 1);
    if (rounded > upper[i]) rounded = nextFloat32(rounded, -1);
    return rounded >= lower[i] && rounded <= upper[i] ? rounded : Math.min(Math.max(x, lower[i]), upper[i]);
  });
}
