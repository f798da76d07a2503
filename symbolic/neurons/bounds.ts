import { BoundEngine } from '../bounds/engine.ts';
import { optimise } from '../bounds/optimise.ts';
import type { Box } from '../bounds/regions.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';
import { withOutputs } from '../network/select.ts';
import { margin, type Target } from './activation-region.ts';

/** Rounds of optimisation for the slopes: two rows, so they cost little beside the neurons' bounds. */
const ROUNDS = 20;

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Sound bounds on some targets of a network over a box of inputs, by linear bounds with optimised slopes; of the network in exact arithmetic. */
export function boundsOver(network: Network, targets: readonly Target[], box: Box): Interval[] {
  const loaded = new LoadedNetwork(withOutputs(network, targets));
  const { kernels } = loaded;
  const count = targets.length;
  const engine = new BoundEngine(loaded, box.lower, box.upper);
  const objective = new Float64Array(2 * count * count);
  for (let k = 0; k < count; k++) [objective[2 * k * count + k], objective[(2 * k + 1) * count + k]] = [1, -1];
  const { bounds } = optimise(engine, engine.analyse([box]), loaded.network.output, objective, 2 * count, kernels.storeIntegers(new Int32Array(2 * count)), { iterations: ROUNDS });
  const root = engine.root[loaded.network.output];
  return targets.map((_, k) => ({ lower: Math.max(bounds[2 * k], root.lower[k]), upper: Math.min(-bounds[2 * k + 1], root.upper[k]) }));
}

/** More than the exponentials and sums below can be wrong by, relatively. */
const ROUNDING = 1e-12;

/**
 * Bounds on one output of a softmax over a node, from bounds on how much larger each other element is: 1 / (1 + sum of
 * exp(x_j - x_i)) falls in each difference. Far tighter than bounds through exponentials.
 */
export function softmaxBounds(network: Network, index: number, box: Box): Interval {
  const node = network.output;
  const others = Array.from({ length: network.nodes[node].size }, (_, other) => other).filter((other) => other !== index);
  const differences = boundsOver(network, others.map((other) => margin(node, other, index)), box);
  const share = (ends: readonly number[]) => 1 / (1 + ends.reduce((sum, end) => sum + Math.exp(end), 0));
  return {
    lower: share(differences.map(({ upper }) => upper)) * (1 - ROUNDING),
    upper: Math.min(1, share(differences.map(({ lower }) => lower)) * (1 + ROUNDING)),
  };
}

/** All inputs within epsilon of one, in each element, and within the valid range where there is one. */
export function boxAround(input: Float64Array, epsilon: number, range: { readonly lower?: number; readonly upper?: number } = {}): Box {
  if (!(epsilon >= 0)) throw new RangeError(`epsilon must be a number of at least 0, not ${epsilon}`);
  const { lower = -Infinity, upper = Infinity } = range;
  return { lower: input.map((x) => Math.max(x - epsilon, Math.min(lower, x))), upper: input.map((x) => Math.min(x + epsilon, Math.max(upper, x))) };
}
