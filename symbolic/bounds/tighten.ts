import { branchRows, type BranchOptions } from './branching.ts';
import type { BoundEngine } from './engine.ts';
import { optimise } from './optimise.ts';
import type { Box, NodeBounds, Regions } from './regions.ts';

/** A share of the work on one node's bounds; plain data, so that several threads can each take one. */
export interface TightenStep {
  readonly box: Box;
  readonly node: number;
  /** Bounds that hold already, by node; undefined where none are known. */
  readonly known: readonly (NodeBounds | undefined)[];
  readonly part: number;
  readonly parts: number;
  readonly iterations: number;
  /** Cuts each neuron's bound into branches. */
  readonly branching?: BranchOptions;
  /** Keep the slopes that made the bounds. */
  readonly keepProofs?: boolean;
}

/** The lower slopes that gave the bounds of one neuron; undefined where the interval or plain slopes did. */
export interface NeuronProof {
  readonly node: number;
  readonly index: number;
  readonly lower: Float32Array;
  readonly upper: Float32Array;
}

/** Bounds on nodes over a box. */
export interface Tightened {
  readonly bounds: NodeBounds[];
  /** In the order in which they were found. */
  readonly proofs: NeuronProof[];
}

/**
 * Bounds on a node and all before it over a box, with slopes optimised for each neuron that matters (alpha-CROWN for the
 * intermediate layers): far tighter in deep networks than one backward pass. Where that is not enough each neuron gets a
 * small branch and bound of its own: what is gained in one layer multiplies in those behind it.
 * @param pause gives way to others between pieces of work; false ends the work early, with the bounds found so far.
 */
export async function tightenNode(engine: BoundEngine, step: TightenStep, pause: () => Promise<boolean>): Promise<Tightened> {
  const proofs: NeuronProof[] = [];
  const { kernels, network: { nodes } } = engine.loaded;
  const mark = kernels.mark();
  const regions = engine.emptyRegions(1);
  engine.setBox(regions, [step.box]);
  const node = nodes[step.node];
  for (const each of nodes.slice(0, node.id + 1)) engine.forwardNode(each, regions, each === node, false, [step.known]);
  if (node.kind === 'affine' && !engine.isExact(node)) {
    const loose = engine.looseNeurons(node, regions);
    const chunk = Math.max(8, Math.min(64, Math.floor(4e6 / node.size)));
    for (let start = step.part * chunk; start < loose.length; start += step.parts * chunk) {
      const some = loose.slice(start, start + chunk);
      const rows = 2 * some.length;
      const inner = kernels.mark();
      const objective = new Float64Array(rows * node.size);
      some.forEach((at, k) => {
        objective[2 * k * node.size + at] = 1;
        objective[(2 * k + 1) * node.size + at] = -1;
      });
      const rowRegions = kernels.storeIntegers(new Int32Array(rows));
      const result = optimise(engine, regions, node.id, objective, rows, rowRegions, { iterations: step.iterations, boundsOnly: !step.branching, enough: new Float64Array(rows) });
      const bounds = step.branching ? await branchRows(engine, boundsUpTo(engine, regions, node.id), regions, node.id, objective, rows, result, step.branching, pause) : result.bounds;
      kernels.release(inner);
      const lower = kernels.f64(regions.lower[node.id], node.size);
      const upper = kernels.f64(regions.upper[node.id], node.size);
      some.forEach((at, k) => {
        lower[at] = Math.max(lower[at], bounds[2 * k]);
        upper[at] = Math.min(upper[at], -bounds[2 * k + 1]);
        if (step.keepProofs) proofs.push({ node: node.id, index: at, lower: result.multipliers[2 * k].alpha, upper: result.multipliers[2 * k + 1].alpha });
      });
      if (!(await pause())) break;
    }
  }
  const bounds = boundsUpTo(engine, regions, node.id + 1).slice(0, node.id + 1);
  kernels.release(mark);
  return { bounds, proofs };
}

/** The bounds of the one region on the nodes before `end`; those behind are 0. */
function boundsUpTo({ loaded: { kernels, network: { nodes } } }: BoundEngine, regions: Regions, end: number): NodeBounds[] {
  return nodes.map(({ id, size }) => (id < end ? { lower: kernels.f64(regions.lower[id], size).slice(), upper: kernels.f64(regions.upper[id], size).slice() } : { lower: new Float64Array(size), upper: new Float64Array(size) }));
}
