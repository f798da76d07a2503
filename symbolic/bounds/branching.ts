import type { Multipliers, Optimised } from './optimise.ts';
import { optimise } from './optimise.ts';
import type { BoundEngine } from './engine.ts';
import type { FunctionLines, NodeBounds, Regions } from './regions.ts';
import type { Split } from './split.ts';

/** Where a branch can be cut in two. */
export type Cut = Omit<Split, 'side'>;

/**
 * The neurons whose relaxation costs the bound most, by their coefficient: what the line is away from the function at the
 * relaxed network's worst input, and part of its largest distance.
 */
export function rankNeurons(engine: BoundEngine, regions: Regions, values: readonly number[], lambda: readonly number[], rows: number, row: number, b: number, count: number): Cut[] {
  const { kernels, network: { nodes } } = engine.loaded;
  const found: { cut: Cut; score: number }[] = [];
  for (const node of nodes) {
    if ((node.kind !== 'relu' && node.kind !== 'function') || !lambda[node.id] || !values[node.inputs[0]]) continue;
    const { size } = node;
    const [input] = node.inputs;
    const lower = kernels.f64(regions.lower[input], regions.count * size);
    const upper = kernels.f64(regions.upper[input], regions.count * size);
    const coefficients = kernels.f64(lambda[node.id], rows * size);
    const before = kernels.f64(values[input], rows * size);
    const after = kernels.f64(values[node.id], rows * size);
    for (let i = 0; i < size; i++) {
      const at = b * size + i;
      const v = Math.abs(coefficients[row * size + i]);
      if (v === 0) continue;
      let score: number;
      let point: number;
      if (node.kind === 'relu') {
        if (!(lower[at] < 0 && upper[at] > 0)) continue;
        const x = before[row * size + i];
        const gap = Math.abs(after[row * size + i] - Math.max(x, 0));
        const intercept = (-lower[at] * upper[at]) / (upper[at] - lower[at]);
        score = v * (gap + 0.2 * intercept);
        point = 0;
      } else {
        if (upper[at] - lower[at] < 1e-6) continue;
        const lines = regions.lines[node.id] as FunctionLines;
        point = (lower[at] + upper[at]) / 2;
        score = v * (lines.upIntercept[at] - lines.lowIntercept[at] + (lines.upSlope[at] - lines.lowSlope[at]) * point);
      }
      found.push({ cut: { node: input, index: i, point }, score });
    }
  }
  found.sort((x, y) => y.score - x.score);
  return found.slice(0, Math.max(1, count)).map(({ cut }) => cut);
}

export interface BranchOptions {
  /** How often each row is cut once more. */
  readonly rounds: number;
  /** Rounds of optimisation for each branch. */
  readonly iterations: number;
}

interface Leaf {
  readonly bound: number;
  readonly splits: readonly Split[];
  readonly multipliers: Multipliers;
  readonly cut: Cut | undefined;
}

/**
 * A small branch and bound for each of some rows, all at once: again and again each row's worst branch is cut at the neuron
 * that costs its bound most. What a row ends with is the lowest bound of its branches. A row above 0 is left alone.
 * @param bounds bounds on all nodes below `node` over the one region of all rows.
 * @param first what `optimise` made of the rows; its last coefficients and values are still in memory.
 * @returns bounds that are at least as good as those of `first`.
 */
export async function branchRows(engine: BoundEngine, bounds: readonly NodeBounds[], regions: Regions, node: number, objective: Float64Array, rows: number, first: Optimised, options: BranchOptions, pause: () => Promise<boolean>): Promise<Float64Array> {
  const { kernels, network: { nodes } } = engine.loaded;
  const { size } = nodes[node];
  const leaves: Leaf[][] = Array.from({ length: rows }, (_, r) => [{ bound: first.bounds[r], splits: [], multipliers: first.multipliers[r], cut: rankNeurons(engine, regions, first.values, first.lambda, rows, r, 0, 1)[0] }]);
  const lowest = (own: readonly Leaf[]) => own.reduce((worst, leaf) => (leaf.bound < worst.bound ? leaf : worst));
  for (let round = 0; round < options.rounds; round++) {
    const parents: { r: number; leaf: Leaf; cut: Cut }[] = [];
    leaves.forEach((own, r) => {
      const leaf = lowest(own);
      if (leaf.bound <= 0 && leaf.cut) parents.push({ r, leaf, cut: leaf.cut });
    });
    if (parents.length === 0) break;
    const mark = kernels.mark();
    const count = 2 * parents.length;
    const splits = parents.flatMap(({ leaf, cut }) => ([1, -1] as const).map((side): Split[] => [...leaf.splits, { ...cut, side }]));
    const branches = engine.adopt(new Array<readonly NodeBounds[]>(count).fill(bounds), splits);
    const own = new Float64Array(count * size);
    parents.forEach(({ r }, k) => {
      for (let side = 0; side < 2; side++) own.set(objective.subarray(r * size, (r + 1) * size), (2 * k + side) * size);
    });
    const result = optimise(engine, branches, node, own, count, kernels.storeIntegers(Int32Array.from({ length: count }, (_, k) => k)), {
      iterations: options.iterations, splits, enough: new Float64Array(count),
      start: parents.flatMap(({ leaf: { multipliers: { alpha, beta } } }) => [{ alpha, beta: [...beta, 0] }, { alpha, beta: [...beta, 0] }]),
    });
    parents.forEach(({ r, leaf }, k) => {
      leaves[r].splice(leaves[r].indexOf(leaf), 1);
      for (const at of [2 * k, 2 * k + 1]) {
        if (branches.empty[at]) continue;
        leaves[r].push({ bound: Math.max(leaf.bound, result.bounds[at]), splits: splits[at], multipliers: result.multipliers[at], cut: rankNeurons(engine, branches, result.values, result.lambda, count, at, at, 1)[0] });
      }
      // no input is in either branch: the row holds whatever it says
      if (leaves[r].length === 0) leaves[r].push({ ...leaf, bound: 0, cut: undefined });
    });
    kernels.release(mark);
    if (!(await pause())) break;
  }
  return Float64Array.from(leaves, (own) => lowest(own).bound);
}
