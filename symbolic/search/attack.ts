import type { LoadedNetwork } from '../network/loaded.ts';
import { constraintValue, type Case, violation } from '../property/property.ts';
import type { Random } from './random.ts';
import { project, roundInside, type Ball } from './region.ts';

export interface AttackOptions {
  readonly random: Random;
  readonly steps: number;
  /** Starting points for each case. */
  readonly restarts: number;
  readonly ball?: Ball;
  /** Starting points to try besides random ones. */
  readonly starts?: readonly Float64Array[];
  /** Called between steps; true ends the attack. */
  readonly stop?: () => boolean;
}

export interface Candidate {
  /** Float32 numbers in the box. */
  readonly input: Float64Array;
  /** How far its outputs are past the constraints, in float64: at most 0 where all hold. */
  readonly violation: number;
  readonly case: number;
}

/**
 * Projected gradient descent on the worst constraint of each case, from many starts at once, with steps that shrink.
 * @returns the best candidate for each case, best case first.
 */
export function projectedGradientDescent(loaded: LoadedNetwork, cases: readonly Case[], options: AttackOptions): Candidate[] {
  const { kernels, inputSize: n, outputSize } = loaded;
  const { random } = options;
  const perCase = Math.max(1, options.restarts);
  const count = cases.length * perCase;
  const points = Array.from({ length: count }, (_, r) => {
    const { lower, upper } = cases[Math.floor(r / perCase)];
    const given = options.starts?.[r % perCase];
    const point = given ? given.slice() : Float64Array.from(lower, (l, i) => (options.ball ? options.ball.center[i] + 0.1 * random.uniform(-1, 1) * (upper[i] - l) : random.uniform(l, upper[i])));
    project(point, lower, upper, options.ball);
    return point;
  });
  const best: (Candidate | undefined)[] = cases.map(() => undefined);
  const moving = Array.from({ length: count }, () => new Float64Array(n));
  for (let step = 0; step < options.steps; step++) {
    const mark = kernels.mark();
    const inputs = kernels.allocate(count * n);
    points.forEach((point, r) => kernels.f64(inputs, count * n).set(point, r * n));
    const values = loaded.forward(inputs, count);
    const seeds = kernels.zeros(count * outputSize);
    const outputs = kernels.f64(values[loaded.network.output], count * outputSize);
    const seedView = kernels.f64(seeds, count * outputSize);
    for (let r = 0; r < count; r++) {
      const index = Math.floor(r / perCase);
      const one = cases[index];
      let worst = one.constraints[0];
      let worstValue = -Infinity;
      for (const constraint of one.constraints) {
        const value = constraintValue(constraint, outputs, r * outputSize);
        if (value > worstValue) [worst, worstValue] = [constraint, value];
      }
      if (worstValue < (best[index]?.violation ?? Infinity)) best[index] = { input: points[r].slice(), violation: worstValue, case: index };
      seedView.set(worst.coefficients, r * outputSize);
    }
    if (step === options.steps - 1 || options.stop?.() || best.some((candidate) => candidate && candidate.violation < -1e-6)) {
      kernels.release(mark);
      break;
    }
    const gradients = kernels.f64(loaded.gradient(values, seeds, count), count * n).slice();
    kernels.release(mark);
    const rate = 0.5 * (1 - step / options.steps) ** 2 + 0.005;
    for (let r = 0; r < count; r++) {
      const { lower, upper } = cases[Math.floor(r / perCase)];
      move(points[r], gradients.subarray(r * n, (r + 1) * n), moving[r], rate, lower, upper, options.ball);
    }
  }
  return best.flatMap((candidate) => (candidate ? [settled(loaded, cases[candidate.case], candidate, options.ball)] : [])).sort((a, b) => a.violation - b.violation);
}

/** The candidate in float32 numbers, with its outputs computed again. */
function settled(loaded: LoadedNetwork, one: Case, candidate: Candidate, ball: Ball | undefined): Candidate {
  const input = roundInside(candidate.input, one.lower, one.upper);
  if (ball?.norm === 'l0') for (let i = 0; i < input.length; i++) if (candidate.input[i] === ball.center[i]) input[i] = ball.center[i];
  return { input, violation: violation(one, loaded.evaluate(input, 1)), case: candidate.case };
}

function move(point: Float64Array, gradient: Float64Array, momentum: Float64Array, rate: number, lower: Float64Array, upper: Float64Array, ball: Ball | undefined): void {
  let norm = 0;
  for (let i = 0; i < point.length; i++) norm += Math.abs(gradient[i]);
  if (norm === 0) return;
  for (let i = 0; i < point.length; i++) momentum[i] = 0.75 * momentum[i] + gradient[i] / norm;
  if (ball?.norm === 'l0') {
    // the elements whose change pays most move to the end of their range; project keeps the most changed ones
    const gain = (elements: readonly number[]) => elements.reduce((sum, i) => sum + Math.abs(momentum[i]) * (momentum[i] > 0 ? ball.center[i] - lower[i] : upper[i] - ball.center[i]), 0);
    const chosen = ball.pixels.map((elements) => ({ elements, gain: gain(elements) })).sort((a, b) => b.gain - a.gain).slice(0, ball.radius);
    point.set(ball.center);
    for (const { elements } of chosen) for (const i of elements) point[i] = momentum[i] > 0 ? lower[i] : upper[i];
  } else if (ball?.norm === 'l2') {
    let length = 0;
    for (const m of momentum) length += m * m;
    length = Math.sqrt(length);
    for (let i = 0; i < point.length; i++) point[i] -= (2 * rate * ball.radius * momentum[i]) / length;
  } else {
    for (let i = 0; i < point.length; i++) point[i] -= rate * Math.sign(momentum[i]) * (upper[i] - lower[i]);
  }
  project(point, lower, upper, ball);
}

/**
 * Few changed pixels: adds the pixel and the end values of its elements that bring the outputs nearest to the case, again and again;
 * every pixel is tried.
 */
export function greedyElements(loaded: LoadedNetwork, one: Case, ball: Ball & { norm: 'l0' }, stop?: () => boolean): Candidate {
  const { inputSize: n, outputSize } = loaded;
  let point = ball.center.slice();
  let value = violation(one, loaded.evaluate(point, 1));
  const changed = new Set<readonly number[]>();
  while (changed.size < ball.radius && value > 0 && !stop?.()) {
    const trials: { elements: readonly number[]; to: readonly number[] }[] = [];
    for (const elements of ball.pixels) {
      if (changed.has(elements)) continue;
      for (let corner = 0; corner < 2 ** elements.length; corner++) trials.push({ elements, to: elements.map((i, k) => (corner >> k & 1 ? one.upper[i] : one.lower[i])) });
    }
    let best: { elements: readonly number[]; to: readonly number[] } | undefined;
    let bestValue = Infinity;
    for (let start = 0; start < trials.length; start += 256) {
      const some = trials.slice(start, start + 256);
      const inputs = new Float64Array(some.length * n);
      some.forEach(({ elements, to }, r) => {
        inputs.set(point, r * n);
        elements.forEach((element, k) => (inputs[r * n + element] = to[k]));
      });
      const outputs = loaded.evaluate(inputs, some.length);
      some.forEach((trial, r) => {
        const reached = violation(one, outputs, r * outputSize);
        if (reached < bestValue) [best, bestValue] = [trial, reached];
      });
    }
    if (!best) break;
    point = point.slice();
    const { elements, to } = best;
    for (const [k, element] of elements.entries()) point[element] = to[k];
    changed.add(elements);
    value = bestValue;
  }
  return { input: point, violation: value, case: 0 };
}
