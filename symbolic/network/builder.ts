import { isConstant, joined, pick, sizeOf, wholeNode, type Elements } from './elements.ts';
import { applyFunction } from './functions.ts';
import { NetworkTooLarge, type AffineNode, type FunctionName, type Matrix, type Node } from './network.ts';
import { finished, type Steps } from './steps.ts';

/** One output of an affine node under construction: entries and a bias. */
export interface LinearRow {
  /** Element of `source` and coefficient, in pairs. */
  readonly places: ArrayLike<number>;
  readonly coefficients: ArrayLike<number>;
}

/** Coefficients that are made in one step. */
const STEP = 100_000;
/** More would not fit into memory with what bounds and proofs need beside them. */
export const MOST_COEFFICIENTS = 1.5e8;

/** Makes nodes; equal activations of the same node are made once. */
export class Builder {
  readonly nodes: Node[] = [];
  private readonly activations = new Map<string, number>();
  #coefficients = 0;
  /** What nodes made from now on come from. */
  origin = '';

  input(size: number): number {
    this.nodes.push({ id: 0, kind: 'input', inputs: [], size, origin: 'input' });
    return 0;
  }

  /**
   * An affine node from rows over the elements of `source`.
   * @param roundings see AffineNode: how many roundings each coefficient and bias has behind it.
   */
  linear(source: Elements, count: number, row: (output: number) => LinearRow, bias: Float64Array, shape: readonly number[], roundings = 0, biasMagnitude: Float64Array = bias.map(Math.abs)): Elements {
    return finished(this.linearInSteps(source, count, row, bias, shape, roundings, biasMagnitude));
  }

  /** As `linear`, for nodes with many coefficients. */
  *linearInSteps(source: Elements, count: number, row: (output: number) => LinearRow, bias: Float64Array, shape: readonly number[], roundings = 0, biasMagnitude: Float64Array = bias.map(Math.abs)): Steps<Elements> {
    if (isConstant(source)) {
      const values = Float64Array.from(bias);
      for (let i = 0; i < count; i++) {
        const { places, coefficients } = row(i);
        for (let e = 0; e < places.length; e++) values[i] += coefficients[e] * source.values[places[e]];
      }
      return { shape, values };
    }
    const rowNodes: number[] = [...new Set(source.nodes)].filter((node) => node >= 0).sort((a, b) => a - b);
    const slot = new Map(rowNodes.map((node, index) => [node, index]));
    const total = Float64Array.from(bias);
    const magnitude = Float64Array.from(biasMagnitude);
    let rounded = roundings;
    const starts = rowNodes.map(() => new Int32Array(count + 1));
    const entries = rowNodes.map(() => new Entries());
    let done = 0;
    for (let i = 0; i < count; i++) {
      const { places, coefficients } = row(i);
      for (let e = 0; e < places.length; e++) {
        const coefficient = coefficients[e];
        if (coefficient === 0) continue;
        const node = source.nodes![places[e]];
        if (node < 0) {
          const value = source.values![places[e]];
          if (value === 0) continue;
          total[i] += coefficient * value;
          magnitude[i] += Math.abs(coefficient * value);
          rounded = Math.max(rounded, roundings + 2 + places.length);
        } else entries[slot.get(node)!].push(source.indices![places[e]], coefficient);
      }
      for (let s = 0; s < rowNodes.length; s++) starts[s][i + 1] = entries[s].count;
      done += places.length;
      if (done < STEP) continue;
      this.#count(done);
      done = 0;
      yield;
    }
    this.#count(done);
    const matrices: Matrix[] = [];
    for (const [s, node] of rowNodes.entries()) {
      matrices.push(this.compact(count, this.nodes[node].size, starts[s], entries[s]));
      yield;
    }
    return this.affine(rowNodes, matrices, total, shape, rounded, magnitude);
  }

  /** Counts coefficients as they are made, so that a network that cannot be held ends before the memory does. */
  #count(more: number): void {
    this.#coefficients += more;
    if (this.#coefficients > MOST_COEFFICIENTS) throw new NetworkTooLarge(`written out, the network has more than ${MOST_COEFFICIENTS / 1e6} million coefficients up to ${this.origin}`);
  }

  /** y = W x + b for the whole of `source`, W given row-major (count x size of source). */
  dense(source: Elements, count: number, weights: Float64Array, bias: Float64Array, shape: readonly number[]): Elements {
    const size = sizeOf(source.shape);
    const node = this.permutedNode(source);
    if (node === undefined) {
      const places = Int32Array.from({ length: size }, (_, i) => i);
      return this.linear(source, count, (i) => ({ places, coefficients: weights.subarray(i * size, (i + 1) * size) }), bias, shape);
    }
    const values = new Float64Array(count * size);
    for (let i = 0; i < count; i++) for (let j = 0; j < size; j++) values[i * size + source.indices![j]] = weights[i * size + j];
    return this.affine([node], [{ kind: 'dense', rows: count, columns: size, values }], bias, shape, 0, bias.map(Math.abs));
  }

  /** scale x + shift, element by element. */
  scaleShift(source: Elements, scale: (i: number) => number, shift: (i: number) => number, roundings = 0, shiftMagnitude: (i: number) => number = (i) => Math.abs(shift(i))): Elements {
    const size = sizeOf(source.shape);
    let identity = true;
    for (let i = 0; i < size && identity; i++) identity = scale(i) === 1 && shift(i) === 0;
    if (identity) return source;
    return this.linear(source, size, (i) => ({ places: [i], coefficients: [scale(i)] }), Float64Array.from({ length: size }, (_, i) => shift(i)), source.shape, roundings, Float64Array.from({ length: size }, (_, i) => shiftMagnitude(i)));
  }

  relu(source: Elements): Elements {
    return this.activation(source, 'relu', undefined);
  }

  apply(source: Elements, name: FunctionName, parameter?: number): Elements {
    return this.activation(source, name, parameter);
  }

  product(left: Elements, right: Elements): Elements {
    const shape = left.shape;
    const a = this.node(left);
    const b = this.node(right);
    const id = this.nodes.length;
    this.nodes.push({ id, kind: 'product', inputs: [a, b], size: sizeOf(shape), origin: this.origin });
    return wholeNode(id, shape);
  }

  /** max(a, b) = a + relu(b - a), so that it is split, bounded and encoded as ReLUs are. */
  maximum(left: Elements, right: Elements): Elements {
    const size = sizeOf(left.shape);
    const both = joined([left, right]);
    const difference = this.linear(both, size, (i) => ({ places: [i, size + i], coefficients: [-1, 1] }), new Float64Array(size), left.shape);
    const positive = this.relu(difference);
    return this.linear(joined([left, positive]), size, (i) => ({ places: [i, size + i], coefficients: [1, 1] }), new Float64Array(size), left.shape);
  }

  /** The node that is exactly these elements in this order; a selection is made where there is none. */
  node(source: Elements): number {
    const size = sizeOf(source.shape);
    if (!isConstant(source) && size > 0) {
      const first = source.nodes![0];
      if (first >= 0 && this.nodes[first].size === size && source.nodes!.every((node) => node === first) && source.indices!.every((place, i) => place === i)) return first;
    }
    const rows = { shape: [size], nodes: source.nodes ?? new Int32Array(size).fill(-1), indices: source.indices ?? new Int32Array(size), values: source.values ?? new Float64Array(size) };
    const made = this.linear(rows, size, (i) => ({ places: [i], coefficients: [1] }), new Float64Array(size), [size]);
    return made.nodes ? made.nodes[0] : -1;
  }

  private activation(source: Elements, name: 'relu' | FunctionName, parameter: number | undefined): Elements {
    if (isConstant(source)) return { shape: source.shape, values: source.values.map((x) => (name === 'relu' ? Math.max(x, 0) : applyFunction(name, x, parameter))) };
    const nodes = new Set(source.nodes);
    const [only] = nodes;
    // elements moved about are no reason for another node, unless most of the node would be for nothing
    const base = nodes.size === 1 && this.nodes[only].size <= 2 * sizeOf(source.shape) ? only : this.node(source);
    const key = `${name} ${parameter} ${base}`;
    let id = this.activations.get(key);
    if (id === undefined) {
      id = this.nodes.length;
      const common = { id, inputs: [base] as const, size: this.nodes[base].size, origin: this.origin };
      this.nodes.push(name === 'relu' ? { ...common, kind: 'relu' } : { ...common, kind: 'function', name, parameter });
      this.activations.set(key, id);
    }
    return base === only && nodes.size === 1 && this.nodes[only].size <= 2 * sizeOf(source.shape)
      ? { shape: source.shape, nodes: new Int32Array(source.nodes!.length).fill(id), indices: source.indices }
      : wholeNode(id, source.shape);
  }

  private affine(inputs: number[], matrices: Matrix[], bias: Float64Array, shape: readonly number[], roundings: number, biasMagnitude: Float64Array): Elements {
    const size = sizeOf(shape);
    if (inputs.length === 0) return { shape, values: bias };
    const id = this.nodes.length;
    const node: AffineNode = { id, kind: 'affine', inputs, matrices, bias, roundings, biasMagnitude, size, origin: this.origin };
    this.nodes.push(node);
    return wholeNode(id, shape);
  }

  /** The node of which the elements are all, in any order. */
  private permutedNode(source: Elements): number | undefined {
    if (isConstant(source) || source.nodes!.length === 0) return undefined;
    const first = source.nodes![0];
    if (first < 0 || this.nodes[first].size !== source.nodes!.length || !source.nodes!.every((node) => node === first)) return undefined;
    return new Set(source.indices).size === source.nodes!.length ? first : undefined;
  }

  private compact(rows: number, columns: number, starts: Int32Array, entries: Entries): Matrix {
    const [indices, values] = [entries.indices, entries.values];
    // repeated entries of one row are kept apart: every rule adds them up
    if (entries.count > 0.4 * rows * columns && columns >= 4) {
      const dense = new Float64Array(rows * columns);
      const seen = new Uint8Array(rows * columns);
      let repeated = false;
      for (let i = 0; i < rows; i++) {
        for (let e = starts[i]; e < starts[i + 1]; e++) {
          const at = i * columns + indices[e];
          if (seen[at]) repeated = true;
          seen[at] = 1;
          dense[at] += values[e];
        }
      }
      if (!repeated) return { kind: 'dense', rows, columns, values: dense };
    }
    return { kind: 'sparse', rows, columns, starts, indices, values };
  }
}

/** The columns and coefficients of a sparse matrix under construction. */
class Entries {
  count = 0;
  #indices = new Int32Array(64);
  #values = new Float64Array(64);

  push(index: number, value: number): void {
    if (this.count === this.#indices.length) {
      const [indices, values] = [new Int32Array(2 * this.count), new Float64Array(2 * this.count)];
      indices.set(this.#indices);
      values.set(this.#values);
      [this.#indices, this.#values] = [indices, values];
    }
    this.#indices[this.count] = index;
    this.#values[this.count++] = value;
  }

  get indices(): Int32Array {
    return this.#indices.slice(0, this.count);
  }

  get values(): Float64Array {
    return this.#values.slice(0, this.count);
  }
}

/** The elements of `source` whose places a function gives, as `shape`. */
export function rearranged(source: Elements, shape: readonly number[], place: (index: number) => number): Elements {
  return pick(source, Int32Array.from({ length: sizeOf(shape) }, (_, i) => place(i)), shape);
}
