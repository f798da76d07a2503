import type { Box } from '../bounds/regions.ts';
import { LinearProgram } from '../exact/linear-program.ts';
import type { LoadedNetwork } from '../network/loaded.ts';
import { ActivationRegion, type LinearRows, type Phase, type Target } from '../neurons/activation-region.ts';
import { conditionsInBox } from '../neurons/path-condition.ts';
import { roundInside } from '../search/region.ts';

/** One way on from a branch of the tree: the ReLU active, or not. */
export interface TreeArm {
  readonly active: boolean;
  /** `infeasible`: no input of the box takes it after the decisions above. `open`: not looked into. */
  readonly status: 'feasible' | 'infeasible' | 'open';
  /** Whether the input of the tree takes it. */
  readonly taken: boolean;
  /** An input that takes it, as the network itself confirms in float64; float32 numbers. */
  readonly example?: Float64Array;
  /** The label that the network gives the example. */
  readonly label?: number;
  /** The next branch on this way; undefined where no further ReLU can turn, or where the tree ends. */
  readonly next?: TreeBranch;
}

/** A ReLU whose phase differs within the box, after the decisions above it. */
export interface TreeBranch {
  readonly node: number;
  readonly index: number;
  readonly arms: readonly [active: TreeArm, inactive: TreeArm];
}

export interface NetworkTree {
  readonly root: TreeBranch | undefined;
  /** ReLUs whose phase is the same in the whole box, as far as interval bounds show at the input's own path. */
  readonly settled: number;
  readonly branches: number;
}

export interface TreeOptions {
  readonly depth: number;
  /** The most branches of the tree. */
  readonly branches?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** How far inside a condition an example must be, in units of the condition's own size: float32 keeps it there. */
const INSIDE = 1e-6;

/** How near to the corner that the program gives an example is sought, from the example of the arm above. */
const SHARES = [0.98, 0.9, 0.75, 0.5, 1];

/**
 * The symbolic execution tree of a piecewise linear network around an input: which phases its ReLUs can have in a box,
 * the earliest layers first and in each the ReLU that turns nearest. Each arm is a linear program over the decisions above
 * it, with the input that it finds as the example; an example that a later layer's conditions rule out is sought again.
 * @param target what the network computes: only ReLUs on the way to it are branches.
 */
export async function networkTree(loaded: LoadedNetwork, input: Float64Array, target: Target, box: Box, options: TreeOptions): Promise<NetworkTree> {
  const most = options.branches ?? 200;
  let branches = 0;
  const program = await LinearProgram.open(box.lower, box.upper);
  const home = new ActivationRegion(loaded, input);
  const order = home.phases(target).map(({ node, index }) => ({ node, index }));
  const key = (node: number, index: number) => `${node} ${index}`;
  const own = new Map(home.phases(target).map(({ node, index, active }) => [key(node, index), active]));
  const { output } = loaded.network;

  /** The ReLUs of a layer that can turn in the box as they stand at a point, the nearest first, with rows that hold on the region of the layers before it. */
  const layerConditions = async (region: ActivationRegion, all: readonly Phase[], node: number): Promise<{ phases: Phase[]; rows: LinearRows; count: number }> => {
    const own = all.filter((phase) => phase.node === node);
    const { places, rows, more } = await conditionsInBox(region, own, box, options.signal);
    return { phases: places.map((place) => own[place]), rows, count: places.length + more.length };
  };
  const layers = [...new Set(order.map(({ node }) => node))];

  /** The next branch below the decisions that the program holds, at a point that satisfies them. */
  const branchAt = async (point: Float64Array, decided: ReadonlyMap<string, boolean>, layer: number, depth: number): Promise<TreeBranch | undefined> => {
    options.signal?.throwIfAborted();
    if (depth >= options.depth || branches >= most) return undefined;
    const region = new ActivationRegion(loaded, point);
    const all = region.phases(target);
    for (let at = layer; at < layers.length; at++) {
      const { phases, rows } = await layerConditions(region, all, layers[at]);
      const k = phases.findIndex((phase) => !decided.has(key(phase.node, phase.index)));
      // the whole layer keeps its phases at this point's: the next layer's forms hold where these do
      if (k < 0) continue;
      const { node, index } = phases[k];
      branches++;
      options.onProgress?.(Math.min(1, branches / most));
      const n = input.length;
      const row = rows.coefficients.subarray(k * n, (k + 1) * n);
      const arms: TreeArm[] = [];
      for (const active of [true, false]) {
        const taken = [...decided].every(([name, value]) => own.get(name) === value) && own.get(key(node, index)) === active;
        arms.push(await armOf(point, active, taken, row, rows.constants[k], new Map([...decided, [key(node, index), active]]), at, depth, { node, index }));
      }
      return { node, index, arms: [arms[0], arms[1]] };
    }
    return undefined;
  };

  let rowCount = 0;
  const armOf = async (point: Float64Array, active: boolean, taken: boolean, row: Float64Array, constant: number, decided: ReadonlyMap<string, boolean>, layer: number, depth: number, relu: { node: number; index: number }): Promise<TreeArm> => {
    const scale = row.reduce((sum, c) => sum + Math.abs(c), 0) || 1;
    const mark = rowCount;
    program.addRow(row, active ? -constant : -Infinity, active ? Infinity : -constant);
    rowCount++;
    try {
      // as far inside the arm as the decisions above let it
      const answer = program.minimise(row.map((c) => (active ? -c : c)));
      if (answer.status === 'infeasible') return { active, status: 'infeasible', taken };
      if (answer.status !== 'optimal') return { active, status: 'open', taken };
      const found = taken ? input : exampleOf(point, answer.x, row, constant, active, scale, decided, relu);
      if (!found) return { active, status: 'open', taken };
      const scores = loaded.evaluate(found, 1);
      const label = loaded.outputSize > 1 && target.node === output ? scores.indexOf(Math.max(...scores)) : undefined;
      return { active, status: 'feasible', taken, example: found, ...(label === undefined ? {} : { label }), next: await branchAt(found, decided, layer, depth + 1) };
    } finally {
      program.keepRows(mark);
      rowCount = mark;
    }
  };

  /** A float32 input near the corner that the program gives at which the network really takes all decisions. */
  const exampleOf = (above: Float64Array, corner: Float64Array, row: Float64Array, constant: number, active: boolean, scale: number, decided: ReadonlyMap<string, boolean>, relu: { node: number; index: number }): Float64Array | undefined => {
    const at = row.reduce((sum, c, j) => sum + c * corner[j], constant);
    // a corner on the border itself: rounding would decide
    if ((active ? at : -at) < INSIDE * scale * 1e-3) return undefined;
    for (const share of SHARES) {
      // both ends satisfy the decisions above, so all between them do
      const candidate = roundInside(corner.map((x, j) => above[j] + share * (x - above[j])), box.lower, box.upper);
      const phases = new Map(new ActivationRegion(loaded, candidate).phases(target).map((phase) => [key(phase.node, phase.index), phase.active]));
      if (phases.get(key(relu.node, relu.index)) === active && [...decided].every(([name, value]) => phases.get(name) === value)) return candidate;
    }
    return undefined;
  };

  try {
    const root = await branchAt(input, new Map(), 0, 0);
    let turning = 0;
    for (const node of layers) turning += (await layerConditions(home, home.phases(target), node)).count;
    return { root, settled: order.length - turning, branches };
  } finally {
    program.close();
  }
}
