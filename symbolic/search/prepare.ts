import type { Tightened, TightenStep } from '../bounds/tighten.ts';
import type { NodeBounds } from '../bounds/regions.ts';
import type { Network } from '../network/network.ts';
import type { PreparedBox, Problem } from './search.ts';

interface Effort {
  /** The most of the time that is left to spend. */
  readonly share: number;
  readonly iterations: number;
  readonly branching?: TightenStep['branching'];
}

/**
 * How hard the bounds on neurons are worked on before they are cut: one effort after the other, as long as some case is
 * open at its root. Measured on mnist_fc: a root bound of -3.5 became -1.5, -1.0 and -0.75 with 6, 20 and 50 rounds.
 */
const EFFORTS: readonly Effort[] = [
  { share: 0.25, iterations: 15 },
  { share: 0.3, iterations: 6, branching: { rounds: 8, iterations: 6 } },
  { share: 0.5, iterations: 4, branching: { rounds: 40, iterations: 6 } },
  { share: 0.6, iterations: 4, branching: { rounds: 150, iterations: 6 } },
];

/** How many efforts there are for a problem: only the first goes into certificates. */
export function effortsFor(problem: Problem): number {
  return problem.keepProofs || !problem.network.nodes.some((node) => node.kind === 'relu') ? 1 : EFFORTS.length;
}

/**
 * Bounds on all nodes over each box of the cases that are open, node after node.
 * @param before what the last effort found.
 * @param run does a step, by one thread or by several.
 */
export async function prepareBoxes(problem: Problem, before: readonly PreparedBox[], effort: number, open: readonly number[], deadline: number, run: (step: Omit<TightenStep, 'part' | 'parts'>, deadline: number) => Promise<Tightened>): Promise<PreparedBox[]> {
  const { cases } = problem.property;
  const { nodes } = problem.network;
  const { share, iterations, branching } = EFFORTS[effort];
  const boxOf = new Map<Float64Array, number[]>();
  cases.forEach((one, index) => boxOf.set(one.lower, [...(boxOf.get(one.lower) ?? []), index]));
  const result: PreparedBox[] = [];
  const started = performance.now();
  const worked = steps(problem.network);
  let left = [...boxOf.values()].filter((indices) => indices.some((index) => open.includes(index))).length;
  for (const indices of boxOf.values()) {
    const old = before.find((box) => box.cases[0] === indices[0]);
    if (old && !indices.some((index) => open.includes(index))) {
      result.push(old);
      continue;
    }
    const until = performance.now() + (share * (deadline - started) - (performance.now() - started)) / left--;
    const known: (NodeBounds | undefined)[] = nodes.map((_, id) => old?.bounds[id]);
    const proofs = [...(old?.proofs ?? [])];
    for (const [k, node] of worked.entries()) {
      const { lower, upper } = cases[indices[0]];
      // what a node leaves of its time, those behind it have
      const own = performance.now() + (until - performance.now()) / (worked.length - k);
      const found = await run({ box: { lower, upper }, node, known, iterations, branching, keepProofs: problem.keepProofs }, own);
      found.bounds.forEach((each, id) => { known[id] = each; });
      proofs.push(...found.proofs);
    }
    result.push({ cases: indices, bounds: known as NodeBounds[], proofs });
  }
  return result;
}

/** The affine nodes that a node that is not affine reads, and the last node, which carries the bounds on to the end. */
function steps({ nodes }: Network): number[] {
  const read = new Set<number>([nodes.length - 1]);
  for (const node of nodes) if (node.kind !== 'affine') for (const input of node.inputs) if (nodes[input].kind === 'affine') read.add(input);
  return [...read].sort((a, b) => a - b);
}

/** What several threads found for the same node: all of it holds. */
export function merged(parts: readonly Tightened[]): Tightened {
  const [first, ...others] = parts;
  return {
    bounds: first.bounds.map(({ lower, upper }, id) => ({
      lower: lower.map((l, i) => Math.max(l, ...others.map(({ bounds }) => bounds[id].lower[i]))),
      upper: upper.map((u, i) => Math.min(u, ...others.map(({ bounds }) => bounds[id].upper[i]))),
    })),
    proofs: parts.flatMap(({ proofs }) => proofs),
  };
}
