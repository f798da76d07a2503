import type { LoadedNetwork } from '../network/loaded.ts';
import { roundInside } from '../search/region.ts';
import { fewElements, type Goal } from './nearest.ts';
import type { Oracle } from './oracle.ts';

/** Many goals that one input should reach together, as many of them as can be. */
export interface Sweep {
  readonly goals: readonly Goal[];
  readonly start: Float64Array;
  readonly seed: number;
}

/** Steps of projected gradient ascent, in units of epsilon. */
const STEPS = [0.7, 0.5, 0.35, 0.25, 0.15, 0.1];

/**
 * For each sweep the input on its way that reached the most of its goals; the way follows the gradient of the sum of those
 * that are not reached yet. One such input meets hundreds of requirements where many are open.
 * @param node the node that all goals are elements of
 */
export async function sweepInputs(loaded: LoadedNetwork, oracle: Oracle, node: number, sweeps: readonly Sweep[], pause: () => Promise<boolean>): Promise<Float64Array[]> {
  const { kernels, inputSize: n } = loaded;
  const { size } = loaded.network.nodes[node];
  const count = sweeps.length;
  const boxes = sweeps.map(({ seed }) => oracle.boxOf(seed));
  const points = sweeps.map(({ start }, r) => roundInside(start, boxes[r].lower, boxes[r].upper));
  const best = points.slice();
  const most = new Int32Array(count).fill(-1);
  for (let step = 0; step <= STEPS.length; step++) {
    const mark = kernels.mark();
    const inputs = kernels.allocate(count * n);
    points.forEach((point, r) => kernels.f64(inputs, count * n).set(point, r * n));
    const values = loaded.forward(inputs, count, node);
    const reached = kernels.f64(values[node], count * size);
    const seeds = kernels.zeros(count * size);
    sweeps.forEach(({ goals }, r) => {
      let met = 0;
      for (const { index, side, threshold } of goals) {
        if (side * (reached[r * size + index] - threshold) > 0) met++;
        else kernels.f64(seeds, count * size)[r * size + index] += side;
      }
      if (met > most[r]) [most[r], best[r]] = [met, points[r]];
    });
    if (step < STEPS.length) {
      const gradient = loaded.gradients(values, node, seeds, count)[0];
      const slopes = gradient === 0 ? new Float64Array(count * n) : kernels.f64(gradient, count * n).slice();
      points.forEach((point, r) => {
        const slope = slopes.subarray(r * n, (r + 1) * n);
        const { lower, upper } = boxes[r];
        const moved = oracle.norm === 'l0'
          ? fewElements(point, slope, Infinity, boxes[r], oracle.seeds[sweeps[r].seed].input, oracle.epsilon) ?? point
          : point.map((x, j) => Math.min(Math.max(x + oracle.epsilon * STEPS[step] * Math.sign(slope[j]), lower[j]), upper[j]));
        points[r] = roundInside(moved, lower, upper);
      });
    }
    kernels.release(mark);
    if (!await pause()) break;
  }
  return best;
}
