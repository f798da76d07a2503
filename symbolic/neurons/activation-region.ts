import type { Pointer } from '../kernels/kernels.ts';
import { smoothFunction } from '../network/functions.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';
import type { NodeSum } from '../network/select.ts';

/** A quantity of a network: a weighted sum of elements of one node. One element with weight 1 is a neuron. */
export type Target = NodeSum;

/** One element of a node. */
export function neuron(node: number, index: number): Target {
  return { node, terms: [{ index, weight: 1 }] };
}

/** How much larger one element is than another: the margin of a class over another one. */
export function margin(node: number, index: number, other: number): Target {
  return { node, terms: [{ index, weight: 1 }, { index: other, weight: -1 }] };
}

/** Linear functions of the network's input, one a row: `coefficients[r] . x + constants[r]`. */
export interface LinearRows {
  readonly count: number;
  /** count x size of the input, row-major. */
  readonly coefficients: Float64Array;
  readonly constants: Float64Array;
}

/** A linear function of the network's input. */
export interface LinearForm {
  /** By element of the input node. */
  readonly coefficients: Float64Array;
  readonly constant: number;
  /** The function at the input that it was made for: the network's own value there. */
  readonly value: number;
  /**
   * Whether the network is this function on the whole activation region. False where smooth functions lie between:
   * then the coefficients are the gradient, and the function is the tangent at the input.
   */
  readonly exact: boolean;
}

/** A ReLU that a target depends on, with the phase that it has in the region. */
export interface Phase {
  /** The ReLU node; the sign of element `index` of its input decides. */
  readonly node: number;
  readonly index: number;
  readonly active: boolean;
  /** The value before the ReLU at the input: the condition is that it stays above 0, or not above. */
  readonly value: number;
}

/** Rows are carried back in blocks of at most this many numbers a node. */
const BLOCK = 4e6;

/**
 * All inputs at which every ReLU of a network has the phase (active where its input is above 0) that it has at one input.
 * On this polytope the network is linear; everything here is exact up to float64 rounding. Max pools, Abs, Clip and leaky
 * ReLUs are ReLUs and affine nodes in a network, so their phases are among these.
 */
export class ActivationRegion {
  readonly loaded: LoadedNetwork;
  readonly input: Float64Array;
  /** Every node's values at the input. */
  readonly values: readonly Float64Array[];

  constructor(network: Network | LoadedNetwork, input: ArrayLike<number>) {
    this.loaded = network instanceof LoadedNetwork ? network : new LoadedNetwork(network);
    this.input = Float64Array.from(input);
    const { kernels, inputSize, network: { nodes } } = this.loaded;
    if (input.length !== inputSize) throw new RangeError(`the network takes ${inputSize} numbers, the input has ${input.length}`);
    const mark = kernels.mark();
    const pointers = this.loaded.forward(kernels.store(this.input), 1);
    this.values = nodes.map((node) => kernels.f64(pointers[node.id], node.size).slice());
    kernels.release(mark);
  }

  get network(): Network {
    return this.loaded.network;
  }

  valueOf({ node, terms }: Target): number {
    return terms.reduce((sum, { index, weight }) => sum + weight * this.values[node][index], 0);
  }

  /** The linear function that a target is in this region. */
  form(target: Target): LinearForm {
    const { coefficients, constants } = this.formsOf([target]);
    return { coefficients, constant: constants[0], value: this.valueOf(target), exact: this.isLinear(target.node) };
  }

  /** The linear functions that some targets of one node are in this region. */
  formsOf(targets: readonly Target[]): LinearRows {
    const [{ node }] = targets;
    const { size } = this.network.nodes[node];
    return this.carryBack(node, targets.length, (view, from, count) => {
      for (let r = 0; r < count; r++) for (const { index, weight } of targets[from + r].terms) view[r * size + index] += weight;
    });
  }

  /** The linear functions that some elements of a node are in this region. */
  rows(node: number, indices: ArrayLike<number>): LinearRows {
    const { size } = this.network.nodes[node];
    return this.carryBack(node, indices.length, (view, from, count) => {
      for (let r = 0; r < count; r++) view[r * size + indices[from + r]] = 1;
    });
  }

  /** Whether all nodes before this one are affine or ReLUs. */
  isLinear(node: number): boolean {
    const { nodes } = this.network;
    return [...this.before(node)].every((id) => nodes[id].kind !== 'function' && nodes[id].kind !== 'product');
  }

  /** The node itself and all that it depends on, in order. */
  before(node: number): Set<number> {
    const { nodes } = this.network;
    const found = new Set([node]);
    for (let id = node; id >= 0; id--) if (found.has(id)) for (const input of nodes[id].inputs) found.add(input);
    return new Set([...found].sort((a, b) => a - b));
  }

  /** The ReLUs whose phases a target depends on, in the order in which they are computed: its path condition. */
  phases(target: Target): Phase[] {
    const { nodes } = this.network;
    const reached = new Map<number, Uint8Array>();
    const marks = (id: number): Uint8Array => {
      let found = reached.get(id);
      if (!found) reached.set(id, found = new Uint8Array(nodes[id].size));
      return found;
    };
    for (const { index, weight } of target.terms) if (weight !== 0) marks(target.node)[index] = 1;
    for (let id = target.node; id > 0; id--) {
      const from = reached.get(id);
      if (!from) continue;
      const node = nodes[id];
      if (node.kind !== 'affine') {
        for (const input of node.inputs) {
          const to = marks(input);
          for (let i = 0; i < from.length; i++) to[i] |= from[i];
        }
        continue;
      }
      node.inputs.forEach((input, k) => {
        const to = marks(input);
        const matrix = node.matrices[k];
        for (let row = 0; row < matrix.rows; row++) {
          if (!from[row]) continue;
          if (matrix.kind === 'sparse') for (let e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) to[matrix.indices[e]] |= matrix.values[e] === 0 ? 0 : 1;
          else for (let j = 0; j < matrix.columns; j++) to[j] |= matrix.values[row * matrix.columns + j] === 0 ? 0 : 1;
        }
      });
    }
    const phases: Phase[] = [];
    for (const node of nodes) {
      const marked = node.kind === 'relu' && reached.get(node.id);
      if (!marked) continue;
      const before = this.values[node.inputs[0]];
      for (let index = 0; index < node.size; index++) if (marked[index]) phases.push({ node: node.id, index, active: before[index] > 0, value: before[index] });
    }
    return phases;
  }

  /** The linear functions whose signs are the given phases: each is above 0 where its ReLU is active, at most 0 where not. */
  conditionRows(phases: readonly Phase[]): LinearRows {
    const n = this.loaded.inputSize;
    const coefficients = new Float64Array(phases.length * n);
    const constants = new Float64Array(phases.length);
    const byNode = new Map<number, number[]>();
    phases.forEach(({ node }, k) => byNode.set(node, [...(byNode.get(node) ?? []), k]));
    for (const [node, places] of byNode) {
      const rows = this.rows(this.network.nodes[node].inputs[0]!, places.map((k) => phases[k].index));
      places.forEach((k, r) => {
        coefficients.set(rows.coefficients.subarray(r * n, (r + 1) * n), k * n);
        constants[k] = rows.constants[r];
      });
    }
    return { count: phases.length, coefficients, constants };
  }

  /** Carries rows of coefficients of a node back to the input, through the phases of this region. */
  private carryBack(node: number, count: number, fill: (view: Float64Array, from: number, count: number) => void): LinearRows {
    const { loaded, network: { nodes } } = this;
    const { kernels, inputSize: n } = loaded;
    const coefficients = new Float64Array(count * n);
    const constants = new Float64Array(count);
    const involved = this.before(node);
    const widest = Math.max(...[...involved].map((id) => nodes[id].size));
    const block = Math.max(1, Math.floor(BLOCK / widest));
    for (let start = 0; start < count; start += block) {
      const rows = Math.min(block, count - start);
      const mark = kernels.mark();
      const lambda = new Map<number, Pointer>([[node, kernels.zeros(rows * nodes[node].size)]]);
      fill(kernels.f64(lambda.get(node)!, rows * nodes[node].size), start, rows);
      const constant = constants.subarray(start, start + rows);
      for (const id of [...involved].reverse()) {
        const from = lambda.get(id);
        if (id > 0 && from !== undefined) this.throughNode(id, from, lambda, rows, constant);
      }
      const atInput = lambda.get(0);
      if (atInput !== undefined) coefficients.set(kernels.f64(atInput, rows * n), start * n);
      kernels.release(mark);
    }
    return { count, coefficients, constants };
  }

  private throughNode(id: number, from: Pointer, lambda: Map<number, Pointer>, rows: number, constant: Float64Array): void {
    const { loaded, values } = this;
    const { kernels } = loaded;
    const node = this.network.nodes[id];
    const { size } = node;
    if (node.kind === 'affine') {
      const source = kernels.f64(from, rows * size);
      for (let r = 0; r < rows; r++) {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += source[r * size + i] * node.bias[i];
        constant[r] += sum;
      }
      node.inputs.forEach((input, k) => lambda.set(input, loaded.backwardMatrix(loaded.matrices[id][k], from, lambda.get(input) ?? 0, rows)));
      return;
    }
    // an element's slopes by each of its inputs, and what the tangent has at 0
    const slopes = node.inputs.map(() => new Float64Array(size));
    const intercept = new Float64Array(size);
    if (node.kind === 'relu') slopes[0].set(values[node.inputs[0]].map((x) => (x > 0 ? 1 : 0)));
    else if (node.kind === 'function') {
      const { derivative } = smoothFunction(node.name, node.parameter);
      slopes[0].set(values[node.inputs[0]].map((x) => derivative(x)));
    } else if (node.kind === 'product') node.inputs.forEach((_, k) => slopes[k].set(values[node.inputs[1 - k]]));
    if (node.kind !== 'relu') for (let i = 0; i < size; i++) intercept[i] = node.inputs.reduce((sum: number, input, k) => sum - slopes[k][i] * values[input][i], values[id][i]);
    for (const [k, input] of node.inputs.entries()) {
      const fresh = !lambda.has(input);
      if (fresh) lambda.set(input, kernels.allocate(rows * size));
      const to = kernels.f64(lambda.get(input)!, rows * size);
      const source = kernels.f64(from, rows * size);
      for (let r = 0, at = 0; r < rows; r++) {
        for (let i = 0; i < size; i++, at++) to[at] = (fresh ? 0 : to[at]) + source[at] * slopes[k][i];
      }
    }
    if (node.kind === 'relu') return;
    const source = kernels.f64(from, rows * size);
    for (let r = 0; r < rows; r++) for (let i = 0; i < size; i++) if (source[r * size + i] !== 0) constant[r] += source[r * size + i] * intercept[i];
  }
}
