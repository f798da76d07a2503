import { BoundEngine } from '../bounds/engine.ts';
import { optimise } from '../bounds/optimise.ts';
import type { Box } from '../bounds/regions.ts';
import { coneOf, isSmallNetwork, SMALL_COEFFICIENTS } from '../network/cone.ts';
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

/**
 * Sound bounds on some targets of a network over a box of inputs; of the network in exact arithmetic. By linear bounds with optimised
 * slopes where the network is small, or the part of it that a target depends on; else by one pass of linear bounds over intervals,
 * which are wider but there at once.
 */
export function boundsOver(network: Network, targets: readonly Target[], box: Box): Interval[] {
  const selected = withOutputs(network, targets);
  const places = targets.map((_, k) => k);
  if (isSmallNetwork(selected)) return boundsOfOutputs(selected, places, box, true);
  return places.map((k) => {
    const cone = coneOf(selected, selected.output, k, SMALL_COEFFICIENTS);
    if (!cone || !isSmallNetwork(cone.network)) return boundsOfOutputs(selected, [k], box, false)[0];
    const part = (bound: Float64Array) => Float64Array.from(cone.inputs, (place) => bound[place]);
    return boundsOfOutputs(cone.network, [0], { lower: part(box.lower), upper: part(box.upper) }, true)[0];
  });
}

/** @param optimised whether every neuron gets linear bounds of its own, and the slopes are worked on */
function boundsOfOutputs(network: Network, places: readonly number[], box: Box, optimised: boolean): Interval[] {
  const loaded = new LoadedNetwork(network);
  const { kernels, outputSize } = loaded;
  const rows = 2 * places.length;
  const engine = new BoundEngine(loaded, box.lower, box.upper, undefined, optimised);
  const objective = new Float64Array(rows * outputSize);
  places.forEach((place, k) => ([objective[2 * k * outputSize + place], objective[(2 * k + 1) * outputSize + place]] = [1, -1]));
  const regionOfRow = kernels.storeIntegers(new Int32Array(rows));
  const { bounds } = optimised ? optimise(engine, engine.analyse([box]), network.output, objective, rows, regionOfRow, { iterations: ROUNDS })
    : engine.lowerBounds(engine.adopt([engine.root], [[]]), network.output, kernels.store(objective), rows, regionOfRow);
  const root = engine.root[network.output];
  return places.map((place, k) => ({ lower: Math.max(bounds[2 * k], root.lower[place]), upper: Math.min(-bounds[2 * k + 1], root.upper[place]) }));
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
