import { BoundEngine } from '../bounds/engine.ts';
import { optimise } from '../bounds/optimise.ts';
import type { Box } from '../bounds/regions.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';
import { withOutputs } from '../network/select.ts';
import type { Target } from './activation-region.ts';

/** Rounds of optimisation for the slopes: two rows, so they cost little beside the neurons' bounds. */
const ROUNDS = 20;

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Sound bounds on a target over a box of inputs, by linear bounds with optimised slopes; of the network in exact arithmetic. */
export function boundsOver(network: Network, target: Target, box: Box): Interval {
  const loaded = new LoadedNetwork(withOutputs(network, [target]));
  const { kernels } = loaded;
  const engine = new BoundEngine(loaded, box.lower, box.upper);
  const regions = engine.analyse([box]);
  const { bounds } = optimise(engine, regions, loaded.network.output, Float64Array.of(1, -1), 2, kernels.storeIntegers([0, 0]), { iterations: ROUNDS });
  const [root] = [engine.root[loaded.network.output]];
  return { lower: Math.max(bounds[0], root.lower[0]), upper: Math.min(-bounds[1], root.upper[0]) };
}

/** All inputs within epsilon of one, in each element, and within the valid range where there is one. */
export function boxAround(input: Float64Array, epsilon: number, range: { readonly lower?: number; readonly upper?: number } = {}): Box {
  if (!(epsilon >= 0)) throw new RangeError(`epsilon must be a number of at least 0, not ${epsilon}`);
  const { lower = -Infinity, upper = Infinity } = range;
  return { lower: input.map((x) => Math.max(x - epsilon, Math.min(lower, x))), upper: input.map((x) => Math.min(x + epsilon, Math.max(upper, x))) };
}
