import type { LoadedNetwork } from '../network/loaded.ts';
import { roundInside } from '../search/region.ts';
import type { Domain } from './oracle.ts';

/** An element of a node. */
export interface Neuron {
  readonly node: number;
  readonly index: number;
}

export interface CrossingAttempt {
  readonly condition: Neuron;
  readonly decision: Neuron;
  readonly start: Float64Array;
  readonly box: Domain;
  /** The elements that may move; all where it is left out. */
  readonly free?: Uint8Array;
}

/** A point at which both neurons of a pair are 0, with what two sides of it need. */
export interface Crossing {
  readonly point: Float64Array;
  /** The neurons' gradients there, 0 for elements that may not move. */
  readonly condition: Float64Array;
  readonly decision: Float64Array;
  /** What the decision's slope gains by one unit of the condition where that is active. */
  readonly weight: number;
}

/**
 * Points where two neurons are both 0, by Newton's method along the activation pattern of each point: the least step (in the
 * Euclidean norm) at which both linear forms vanish, again and again.
 */
export async function crossings(loaded: LoadedNetwork, attempts: readonly CrossingAttempt[], steps: number, tolerance: (attempt: number) => readonly [number, number], pause: () => Promise<boolean>): Promise<(Crossing | undefined)[]> {
  const { kernels, inputSize: n, network: { nodes } } = loaded;
  const found = new Array<Crossing | undefined>(attempts.length).fill(undefined);
  const points: Float64Array[] = attempts.map(({ start }) => start.slice());
  let open = attempts.map((_, r) => r);
  const last = Math.max(...attempts.map(({ decision }) => decision.node));
  for (let step = 0; step < steps && open.length > 0; step++) {
    const count = open.length;
    const mark = kernels.mark();
    const inputs = kernels.allocate(count * n);
    open.forEach((r, k) => kernels.f64(inputs, count * n).set(points[r], k * n));
    const values = loaded.forward(inputs, count, last);
    const at = ({ node, index }: Neuron, k: number) => kernels.f64(values[node], count * nodes[node].size)[k * nodes[node].size + index];
    const gradientsOf = (which: 'condition' | 'decision') => {
      const { node } = attempts[open[0]][which];
      const { size } = nodes[node];
      const seeds = kernels.zeros(count * size);
      open.forEach((r, k) => (kernels.f64(seeds, count * size)[k * size + attempts[r][which].index] = 1));
      return loaded.gradients(values, node, seeds, count);
    };
    const ofCondition = gradientsOf('condition');
    const ofDecision = gradientsOf('decision');
    const row = (pointer: number, k: number, { free }: CrossingAttempt): Float64Array => {
      const own = pointer === 0 ? new Float64Array(n) : kernels.f64(pointer, count * n).slice(k * n, (k + 1) * n);
      if (free) for (let j = 0; j < n; j++) if (!free[j]) own[j] = 0;
      return own;
    };
    const next: number[] = [];
    open.forEach((r, k) => {
      const attempt = attempts[r];
      const [a, b] = [at(attempt.condition, k), at(attempt.decision, k)];
      const [ga, gb] = [row(ofCondition[0], k, attempt), row(ofDecision[0], k, attempt)];
      const [ta, tb] = tolerance(r);
      if (Math.abs(a) <= ta && Math.abs(b) <= tb) {
        found[r] = { point: points[r], condition: ga, decision: gb, weight: weightOf(loaded, ofDecision, attempt.condition, k, count) };
        return;
      }
      const moved = towards(points[r], [ga, gb], [-a, -b], attempt.box);
      if (!moved) return;
      points[r] = moved;
      next.push(r);
    });
    kernels.release(mark);
    open = next;
    if (!await pause()) break;
  }
  return found;
}

/** The decision's gradient by the condition's activation: by the node that reads the condition. */
function weightOf(loaded: LoadedNetwork, gradients: readonly number[], { node, index }: Neuron, k: number, count: number): number {
  const { kernels, network: { nodes } } = loaded;
  const reader = nodes.find(({ kind, inputs }) => kind !== 'affine' && kind !== 'input' && (inputs as readonly number[]).includes(node));
  const pointer = reader && gradients[reader.id];
  return reader && pointer ? kernels.f64(pointer, count * reader.size)[k * reader.size + index] : 0;
}

/**
 * The point nearest to `point` in the box at which each linear form has gained what it should; elements at the end of their
 * range stay there and the others make up for it. undefined where nothing can move.
 */
export function towards(point: Float64Array, forms: readonly [Float64Array, Float64Array], gains: readonly [number, number], { lower, upper }: Domain): Float64Array | undefined {
  const n = point.length;
  const moved = point.slice();
  const fixed = new Uint8Array(n);
  const [f, g] = forms;
  let [needF, needG] = gains;
  let any = false;
  for (let round = 0; round < 8; round++) {
    let ff = 0;
    let fg = 0;
    let gg = 0;
    for (let j = 0; j < n; j++) {
      if (fixed[j]) continue;
      ff += f[j] * f[j];
      fg += f[j] * g[j];
      gg += g[j] * g[j];
    }
    const determinant = ff * gg - fg * fg;
    if (!(determinant > 1e-12 * ff * gg)) break;
    const s = (gg * needF - fg * needG) / determinant;
    const t = (ff * needG - fg * needF) / determinant;
    let clipped = false;
    for (let j = 0; j < n; j++) {
      if (fixed[j]) continue;
      const wanted = moved[j] + s * f[j] + t * g[j];
      const reached = Math.min(Math.max(wanted, lower[j]), upper[j]);
      if (reached !== moved[j]) any = true;
      needF -= f[j] * (reached - moved[j]);
      needG -= g[j] * (reached - moved[j]);
      moved[j] = reached;
      if (reached !== wanted) {
        fixed[j] = 1;
        clipped = true;
      }
    }
    if (!clipped) break;
  }
  return any ? moved : undefined;
}

/**
 * Pairs of inputs on both sides of a crossing: the condition is `by` on one side and -`by` on the other, and the decision turns with
 * it in whichever way its slopes on the two sides allow, by `ratio` times as much and more.
 */
export function sidesOf({ point, condition, decision, weight }: Crossing, by: number, ratio: number, box: Domain): { left: Float64Array; right: Float64Array }[] {
  const pairs: { left: Float64Array; right: Float64Array }[] = [];
  const steep = 2 * Math.abs(weight) + ratio;
  for (const slope of [steep, -steep]) {
    const [left, right] = [-by, by].map((step) => towards(point, [condition, decision], [step, slope * step], box));
    if (left && right) pairs.push({ left: roundInside(left, box.lower, box.upper), right: roundInside(right, box.lower, box.upper) });
  }
  return pairs;
}
