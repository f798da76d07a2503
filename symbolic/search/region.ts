/** Where the search may look besides the box of a case: a ball around an input, or few changed elements. */
export type Ball =
  | { readonly norm: 'l2'; readonly center: Float64Array; readonly radius: number }
  /** So many pixels may change, each with all its elements. */
  | { readonly norm: 'l0'; readonly center: Float64Array; readonly radius: number; readonly pixels: Pixels };

/** The elements of each pixel. */
export type Pixels = readonly (readonly number[])[];

/** @param pixels the pixel of each element; each element is one where it is left out */
export function pixelsOf(size: number, pixels?: ArrayLike<number>): Pixels {
  const elements: number[][] = [];
  for (let i = 0; i < size; i++) (elements[pixels ? pixels[i] : i] ??= []).push(i);
  return elements.filter((some) => some !== undefined);
}

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
  const change = (elements: readonly number[]) => elements.reduce((sum, i) => sum + Math.abs(point[i] - ball.center[i]), 0);
  const changed = ball.pixels.filter((elements) => change(elements) > 0);
  if (changed.length <= ball.radius) return;
  changed.sort((a, b) => change(b) - change(a));
  for (const elements of changed.slice(ball.radius)) for (const i of elements) point[i] = ball.center[i];
}

/** @param pixels for l0: how many of them differ; each element is one where they are left out */
export function distance(left: ArrayLike<number>, right: ArrayLike<number>, norm: 'linf' | 'l2' | 'l0', pixels = pixelsOf(left.length)): number {
  if (norm === 'l0') return pixels.filter((elements) => elements.some((i) => left[i] !== right[i])).length;
  let result = 0;
  for (let i = 0; i < left.length; i++) {
    const difference = Math.abs(left[i] - right[i]);
    if (norm === 'linf') result = Math.max(result, difference);
    else result += difference * difference;
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
