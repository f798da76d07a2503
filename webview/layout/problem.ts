/** A layout problem and its answer, as plain numbers: equal structures have equal text, so one layout serves them all. */
export interface Problem {
  /** In topological order. */
  readonly nodes: readonly ProblemNode[];
  readonly edges: readonly ProblemEdge[];
}

export interface ProblemNode {
  readonly width: number;
  readonly height: number;
  /** Where edges arrive at the top and leave at the bottom, from the left side. */
  readonly inlets: readonly number[];
  readonly outlets: readonly number[];
  /** Must stand in the first or in the last layer. */
  readonly border?: 'top' | 'bottom';
}

export interface ProblemEdge {
  readonly from: number;
  readonly outlet: number;
  readonly to: number;
  readonly inlet: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Upper left corners of the nodes and the bends of the edges, from the source's outlet to the target's inlet. */
export interface Arrangement {
  readonly positions: readonly Point[];
  readonly routes: readonly (readonly Point[])[];
}

/** Distances between layers and between neighbours. */
export const gaps = { layer: 40, node: 32 };

/** The smallest box around an arrangement. */
export function bounds({ nodes }: Problem, { positions, routes }: Arrangement): { left: number; top: number; right: number; bottom: number } {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  positions.forEach(({ x, y }, index) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + nodes[index].width);
    bottom = Math.max(bottom, y + nodes[index].height);
  });
  for (const route of routes) {
    for (const { x } of route) {
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  return nodes.length === 0 ? { left: 0, top: 0, right: 0, bottom: 0 } : { left, top, right, bottom };
}
