import type { BoundEngine } from '../bounds/engine.ts';
import { rankNeurons, type Cut } from '../bounds/branching.ts';
import type { NodeBounds, Regions } from '../bounds/regions.ts';
import { optimise, type Multipliers } from '../bounds/optimise.ts';
import type { Split } from '../bounds/split.ts';
import { violation, type Case } from '../property/property.ts';
import type { Expansion, Item } from './item.ts';
import { roundInside } from './region.ts';

export interface NeuronSplittingOptions {
  /** Rounds of optimisation for each branch. */
  readonly iterations: number;
  /** How many neurons are tried out before one is cut. */
  readonly tries: number;
  /** How far above 0 a bound must be to close a branch. */
  readonly margin: number;
}

/**
 * One round of branch and bound on neurons, for a batch of branches: each gets its bound with the multipliers optimised
 * (beta-CROWN); those that stay open are cut in two at a neuron.
 * @param bounds bounds on all nodes over the box of each item's case.
 */
export function splitNeurons(engine: BoundEngine, cases: readonly Case[], items: readonly Item[], bounds: readonly (readonly NodeBounds[])[], options: NeuronSplittingOptions): Expansion {
  const { loaded } = engine;
  const { kernels, inputSize: n, outputSize, network } = loaded;
  const mark = kernels.mark();
  const splits = items.map((item) => item.splits ?? []);
  const regions = engine.adopt(bounds, splits);
  const rowsOf: number[][] = [];
  const regionOf: number[] = [];
  items.forEach((item, b) => rowsOf.push(cases[item.case].constraints.map(() => regionOf.push(b) - 1)));
  const rows = regionOf.length;
  const objective = new Float64Array(rows * outputSize);
  const enough = new Float64Array(rows);
  items.forEach((item, b) => cases[item.case].constraints.forEach((constraint, k) => {
    objective.set(constraint.coefficients, rowsOf[b][k] * outputSize);
    enough[rowsOf[b][k]] = options.margin - constraint.constant + 2 ** -50 * Math.abs(constraint.constant);
  }));
  const rowRegions = kernels.storeIntegers(regionOf);
  const result = optimise(engine, regions, network.output, objective, rows, rowRegions, {
    iterations: options.iterations, enough,
    splits: regionOf.map((b) => splits[b]),
    start: regionOf.map((b, row) => items[b].multipliers?.[row - rowsOf[b][0]]),
  });

  const closed: Item[] = [];
  const open: { item: Item; b: number; row: number; bound: number; multipliers: Multipliers[] }[] = [];
  items.forEach((item, b) => {
    const { constraints } = cases[item.case];
    let bound = -Infinity;
    let row = rowsOf[b][0];
    constraints.forEach((constraint, k) => {
      const value = result.bounds[rowsOf[b][k]] + constraint.constant - 2 ** -52 * Math.abs(constraint.constant);
      if (value > bound) [bound, row] = [value, rowsOf[b][k]];
    });
    const multipliers = rowsOf[b].map((each) => result.multipliers[each]);
    if (bound > options.margin || regions.empty[b]) closed.push({ ...item, bound: regions.empty[b] ? Infinity : bound, closedBy: regions.empty[b] ? -1 : row - rowsOf[b][0], multipliers: [result.multipliers[row]] });
    else open.push({ item, b, row, bound: Math.max(bound, item.bound), multipliers });
  });

  const atInput = kernels.f64(result.atInput || kernels.zeros(rows * n), rows * n);
  const candidates = witnesses(engine, cases, open, atInput, bounds);
  const children: Item[] = [];
  let stuck = 0;
  const ranked = open.map(({ row, b }) => {
    const neurons = rankNeurons(engine, regions, result.values, result.lambda, rows, row, b, options.tries);
    // every neuron that matters is fixed: what is left is the multipliers of the cuts, and the input's own range
    return neurons.length > 0 ? neurons : inputCut(engine, regions, atInput.subarray(row * n, (row + 1) * n), b);
  });
  const trials = options.tries > 1 ? tryOut(engine, cases, open, ranked, bounds, objective) : undefined;
  open.forEach(({ item, bound, multipliers }, k) => {
    let choice = ranked[k][0];
    let childBounds: readonly number[] = [bound, bound];
    if (trials && ranked[k].length > 0) {
      let best = -Infinity;
      ranked[k].forEach((cut, c) => {
        const both = trials[k][c];
        // the weaker child counts most
        const worth = Math.min(both[0], both[1]) + 0.1 * Math.max(both[0], both[1]);
        if (worth > best) [best, choice, childBounds] = [worth, cut, both];
      });
    }
    if (!choice) {
      stuck++;
      return;
    }
    ([1, -1] as const).forEach((side, s) => {
      children.push({
        case: item.case, depth: item.depth + 1, bound: Math.max(bound, Math.min(childBounds[s], 0)), path: item.path,
        splits: [...(item.splits ?? []), { ...choice, side }],
        multipliers: multipliers.map(({ alpha, beta }) => ({ alpha, beta: [...beta, 0] })),
      });
    });
  });
  kernels.release(mark);
  return { children, closed, candidates, stuck };
}

/** A cut of the input (node 0) where the linear form varies most; none where the box is as small as a point. */
function inputCut(engine: BoundEngine, regions: Regions, slope: Float64Array, b: number): Cut[] {
  const { kernels, inputSize: n } = engine.loaded;
  const lower = kernels.f64(regions.lower[0], regions.count * n).subarray(b * n, (b + 1) * n);
  const upper = kernels.f64(regions.upper[0], regions.count * n).subarray(b * n, (b + 1) * n);
  let index = -1;
  let most = 0;
  for (let j = 0; j < n; j++) {
    const width = upper[j] - lower[j];
    const score = width * (Math.abs(slope[j]) + 1e-9);
    if (width > 1e-7 * (1 + Math.abs(lower[j])) && score > most) [index, most] = [j, score];
  }
  return index < 0 ? [] : [{ node: 0, index, point: lower[index] + (upper[index] - lower[index]) / 2 }];
}

/** The worst inputs of the relaxed network are good places to look for a witness. */
function witnesses(engine: BoundEngine, cases: readonly Case[], open: readonly { item: Item; b: number; row: number }[], atInput: Float64Array, bounds: readonly (readonly NodeBounds[])[]): Expansion['candidates'] {
  const { loaded } = engine;
  const { inputSize: n, outputSize } = loaded;
  if (open.length === 0) return [];
  const points = new Float64Array(open.length * n);
  open.forEach(({ b, row }, k) => {
    const { lower, upper } = bounds[b][0];
    points.set(roundInside(lower.map((l, j) => (atInput[row * n + j] > 0 ? l : upper[j])), lower, upper), k * n);
  });
  const outputs = loaded.evaluate(points, open.length);
  return open.flatMap(({ item }, k) => {
    const value = violation(cases[item.case], outputs, k * outputSize);
    return value <= 0 ? [{ input: points.slice(k * n, (k + 1) * n), violation: value, case: item.case }] : [];
  });
}

/** The bounds of both children of each cut, without optimising anew. */
function tryOut(engine: BoundEngine, cases: readonly Case[], open: readonly { item: Item; b: number; row: number; multipliers: Multipliers[] }[], ranked: readonly (readonly Cut[])[], bounds: readonly (readonly NodeBounds[])[], objective: Float64Array): number[][][] {
  const { loaded } = engine;
  const { kernels, outputSize, network } = loaded;
  const mark = kernels.mark();
  const trialBounds: (readonly NodeBounds[])[] = [];
  const trialSplits: Split[][] = [];
  const start: Multipliers[] = [];
  const rowsObjective: Float64Array[] = [];
  open.forEach(({ item, b, row, multipliers }, k) => {
    const which = multipliers.length === 1 ? 0 : cases[item.case].constraints.findIndex((constraint) => constraint.coefficients.every((c, i) => c === objective[row * outputSize + i]));
    for (const cut of ranked[k]) {
      for (const side of [1, -1] as const) {
        trialBounds.push(bounds[b]);
        trialSplits.push([...(item.splits ?? []), { ...cut, side }]);
        start.push({ alpha: multipliers[which].alpha, beta: [...multipliers[which].beta, 0] });
        rowsObjective.push(objective.subarray(row * outputSize, (row + 1) * outputSize));
      }
    }
  });
  const rows = trialSplits.length;
  const values: number[] = [];
  const chunk = 64;
  for (let from = 0; from < rows; from += chunk) {
    const inner = kernels.mark();
    const to = Math.min(rows, from + chunk);
    const regions = engine.adopt(trialBounds.slice(from, to), trialSplits.slice(from, to));
    const all = new Float64Array((to - from) * outputSize);
    for (let r = from; r < to; r++) all.set(rowsObjective[r], (r - from) * outputSize);
    const rowRegions = kernels.storeIntegers(Int32Array.from({ length: to - from }, (_, r) => r));
    const { bounds: found } = optimise(engine, regions, network.output, all, to - from, rowRegions, { iterations: 0, boundsOnly: true, splits: trialSplits.slice(from, to), start: start.slice(from, to) });
    for (let r = 0; r < to - from; r++) values.push(regions.empty[r] ? Infinity : found[r]);
    kernels.release(inner);
  }
  kernels.release(mark);
  let at = 0;
  return open.map(({ item, row }, k) => {
    const constraint = cases[item.case].constraints.find((each) => each.coefficients.every((c, i) => c === objective[row * outputSize + i]));
    return ranked[k].map(() => {
      const both = [values[at] + (constraint?.constant ?? 0), values[at + 1] + (constraint?.constant ?? 0)];
      at += 2;
      return both;
    });
  });
}
