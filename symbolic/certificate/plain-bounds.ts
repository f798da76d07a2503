import { smoothLines, type Lines } from '../bounds/lines.ts';
import { smoothFunction } from '../network/functions.ts';
import { termsPerRow, type AffineNode, type Matrix, type Network, type Node } from '../network/network.ts';

/**
 * Linear bounds once more, for the checker: one row at a time, plain loops, nothing shared with the search's engine but
 * the network and the lines of smooth functions. Rounding is paid for as in bounds/engine.ts, but from each box's own
 * ranges.
 */

export interface Range {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A cut that holds in a branch, with its multiplier in the bound that is computed. */
export interface Held {
  readonly node: number;
  readonly index: number;
  readonly point: number;
  readonly side: 1 | -1;
  readonly multiplier: number;
}

const UNIT = 2 ** -53;

export class PlainBounds {
  private readonly network: Network;
  private readonly gamma: number;
  /** The first place of each ReLU in the row of all lower slopes. */
  private readonly slopeOffset = new Map<number, number>();
  readonly slopeCount: number;

  constructor(network: Network) {
    this.network = network;
    let terms = 64;
    let offset = 0;
    for (const node of network.nodes) {
      terms = Math.max(terms, 64 + node.size + (node.kind === 'affine' ? node.roundings + termsPerRow(node) : 0));
      if (node.kind !== 'relu') continue;
      this.slopeOffset.set(node.id, offset);
      offset += node.size;
    }
    this.slopeCount = offset;
    this.gamma = 2 * terms * UNIT;
  }

  /** Ranges of all nodes over a box; `refine` gives slopes for neurons whose bounds are to be tightened further. */
  ranges(box: Range, slopes: ReadonlyMap<string, { readonly lower: Float32Array; readonly upper: Float32Array }> = new Map()): Range[] | undefined {
    const ranges: Range[] = [];
    for (const node of this.network.nodes) {
      const range = node.kind === 'input' ? { lower: box.lower.slice(), upper: box.upper.slice() } : this.interval(node, ranges);
      ranges.push(range);
      const reader = this.readerOf(node);
      if (node.kind !== 'affine' || reader === 'none' || (node.inputs.length === 1 && node.inputs[0] === 0)) continue;
      const tightened = { lower: range.lower.slice(), upper: range.upper.slice() };
      for (let i = 0; i < node.size; i++) {
        const loose = reader === 'relu' ? range.lower[i] < 0 && range.upper[i] > 0 : range.lower[i] < range.upper[i];
        if (!loose) continue;
        const given = slopes.get(`${node.id} ${i}`);
        for (const [sign, own] of [[1, undefined], [-1, undefined], ...(given ? [[1, given.lower], [-1, given.upper]] as const : [])] as const) {
          const objective = new Float64Array(node.size);
          objective[i] = sign;
          const bound = this.lowerBound(node.id, objective, ranges, own, []);
          if (sign === 1) tightened.lower[i] = Math.max(tightened.lower[i], bound);
          else tightened.upper[i] = Math.min(tightened.upper[i], -bound);
        }
        if (tightened.lower[i] > tightened.upper[i]) return undefined;
      }
      ranges[node.id] = tightened;
    }
    return ranges;
  }

  /** Ranges with cuts applied, and what follows from them for the nodes that read a cut one; undefined where nothing is left. */
  restricted(ranges: readonly Range[], held: readonly Omit<Held, 'multiplier'>[]): Range[] | undefined {
    const result = [...ranges];
    for (const { node, index, point, side } of held) {
      const { lower, upper } = result[node];
      const cut = side === 1 ? { lower: lower.with(index, Math.max(lower[index], point)), upper } : { lower, upper: upper.with(index, Math.min(upper[index], point)) };
      if (cut.lower[index] > cut.upper[index]) return undefined;
      result[node] = cut;
    }
    for (const node of this.network.nodes) {
      if ((node.kind !== 'function' && node.kind !== 'product') || node.inputs.every((input) => result[input] === ranges[input])) continue;
      const own = this.interval(node, result);
      const { lower, upper } = result[node.id];
      result[node.id] = { lower: own.lower.map((l, i) => Math.max(l, lower[i])), upper: own.upper.map((u, i) => Math.min(u, upper[i])) };
    }
    return result;
  }

  /** A lower bound on <objective, value of a node>, for inputs in the box at which all held cuts hold. */
  lowerBound(start: number, objective: Float64Array, ranges: readonly Range[], slopes: Float32Array | undefined, held: readonly Held[]): number {
    const { nodes } = this.network;
    const rows: (Float64Array | undefined)[] = [];
    rows[start] = objective.slice();
    let constant = 0;
    let error = 0;
    const pay = (amount: number) => {
      error += amount * this.gamma;
    };
    for (let id = start; id > 0; id--) {
      const row = rows[id];
      if (!row) continue;
      const node = nodes[id];
      for (const cut of held) {
        if (cut.node !== id || cut.multiplier === 0) continue;
        // -side multiplier (x - point) is at most 0 where the cut holds
        pay((Math.abs(row[cut.index]) + cut.multiplier) * (Math.abs(cut.point) + reach(ranges[id], cut.index)));
        row[cut.index] -= cut.side * cut.multiplier;
        constant += cut.side * cut.multiplier * cut.point;
        pay(Math.abs(constant));
      }
      const into = (input: number) => (rows[input] ??= new Float64Array(nodes[input].size));
      if (node.kind === 'affine') {
        for (let i = 0; i < node.size; i++) {
          if (row[i] === 0) continue;
          constant += row[i] * node.bias[i];
          pay(Math.abs(row[i]) * node.biasMagnitude[i]);
        }
        node.matrices.forEach((matrix, k) => pay(this.throughMatrix(matrix, row, into(node.inputs[k]), ranges[node.inputs[k]])));
      } else if (node.kind === 'product') {
        const [left, right] = [into(node.inputs[0]), into(node.inputs[1])];
        const [a, b] = [ranges[node.inputs[0]], ranges[node.inputs[1]]];
        for (let i = 0; i < node.size; i++) {
          if (row[i] === 0) continue;
          const plane = row[i] > 0 ? lowPlane(a, b, i) : highPlane(a, b, i);
          left[i] += row[i] * plane.left;
          right[i] += row[i] * plane.right;
          constant += row[i] * plane.constant;
          pay(Math.abs(row[i]) * (Math.abs(plane.left) * reach(a, i) + Math.abs(plane.right) * reach(b, i) + Math.abs(plane.constant)));
        }
      } else if (node.kind !== 'input') {
        const [input] = node.inputs;
        const target = into(input);
        const range = ranges[input];
        for (let i = 0; i < node.size; i++) {
          if (row[i] === 0) continue;
          const line = this.line(node, range.lower[i], range.upper[i], row[i] > 0, slopes?.[(this.slopeOffset.get(id) ?? 0) + i]);
          target[i] += row[i] * line.slope;
          if (line.intercept !== 0) constant += row[i] * line.intercept;
          pay(Math.abs(row[i]) * (Math.abs(line.slope) * reach(range, i) + Math.abs(line.intercept)));
        }
      }
      pay(Math.abs(constant));
    }
    const row = rows[0] ?? new Float64Array(nodes[0].size);
    const box = ranges[0];
    for (let j = 0; j < row.length; j++) {
      if (row[j] === 0) continue;
      constant += row[j] * (row[j] > 0 ? box.lower[j] : box.upper[j]);
      pay(2 * Math.abs(row[j]) * reach(box, j));
    }
    pay(Math.abs(constant));
    const bound = constant - 1.0001 * error;
    return Number.isNaN(bound) ? -Infinity : bound;
  }

  private throughMatrix(matrix: Matrix, row: Float64Array, target: Float64Array, range: Range): number {
    let size = 0;
    for (let i = 0; i < matrix.rows; i++) {
      const factor = row[i];
      if (factor === 0) continue;
      if (matrix.kind === 'dense') {
        const from = i * matrix.columns;
        for (let j = 0; j < matrix.columns; j++) {
          const product = factor * matrix.values[from + j];
          target[j] += product;
          size += Math.abs(product) * Math.max(Math.abs(range.lower[j]), Math.abs(range.upper[j]));
        }
      } else {
        for (let e = matrix.starts[i]; e < matrix.starts[i + 1]; e++) {
          const j = matrix.indices[e];
          const product = factor * matrix.values[e];
          target[j] += product;
          size += Math.abs(product) * reach(range, j);
        }
      }
    }
    return size;
  }

  private line(node: Node, lower: number, upper: number, low: boolean, slope: number | undefined): { slope: number; intercept: number } {
    if (node.kind === 'function') {
      const lines: Lines = smoothLines(smoothFunction(node.name, node.parameter), lower, upper);
      return low ? { slope: lines.lowSlope, intercept: lines.lowIntercept } : { slope: lines.upSlope, intercept: lines.upIntercept };
    }
    if (lower >= 0) return { slope: 1, intercept: 0 };
    if (upper <= 0) return { slope: 0, intercept: 0 };
    if (low) {
      // any slope from 0 to 1 is below the ReLU
      const chosen = slope ?? (upper > -lower ? 1 : 0);
      return { slope: chosen >= 0 && chosen <= 1 ? chosen : 0, intercept: 0 };
    }
    const chord = upper / (upper - lower);
    const intercept = Math.max(-chord * lower, upper - chord * upper);
    return { slope: chord, intercept: intercept + 4 * UNIT * (Math.abs(intercept) + upper) };
  }

  private interval(node: Exclude<Node, { kind: 'input' }>, ranges: readonly Range[]): Range {
    const lower = new Float64Array(node.size);
    const upper = new Float64Array(node.size);
    if (node.kind === 'affine') {
      for (let i = 0; i < node.size; i++) {
        const [low, high] = this.affineRange(node, i, ranges);
        lower[i] = Number.isNaN(low) ? -Infinity : low;
        upper[i] = Number.isNaN(high) ? Infinity : high;
      }
      return { lower, upper };
    }
    const a = ranges[node.inputs[0]];
    for (let i = 0; i < node.size; i++) {
      if (node.kind === 'relu') {
        lower[i] = Math.max(0, a.lower[i]);
        upper[i] = Math.max(0, a.upper[i]);
      } else if (node.kind === 'function') {
        const { low, high } = smoothLines(smoothFunction(node.name, node.parameter), a.lower[i], a.upper[i]);
        lower[i] = low;
        upper[i] = high;
      } else {
        const b = ranges[node.inputs[1]];
        const corners = [a.lower[i] * b.lower[i], a.lower[i] * b.upper[i], a.upper[i] * b.lower[i], a.upper[i] * b.upper[i]];
        const slack = 4 * UNIT * Math.max(...corners.map(Math.abs));
        lower[i] = Math.min(...corners) - slack;
        upper[i] = Math.max(...corners) + slack;
      }
    }
    return { lower, upper };
  }

  private affineRange(node: AffineNode, i: number, ranges: readonly Range[]): [number, number] {
    let low = node.bias[i];
    let high = node.bias[i];
    let size = node.biasMagnitude[i];
    node.matrices.forEach((matrix, k) => {
      const range = ranges[node.inputs[k]];
      const add = (j: number, weight: number) => {
        if (weight === 0) return;
        low += weight * (weight > 0 ? range.lower[j] : range.upper[j]);
        high += weight * (weight > 0 ? range.upper[j] : range.lower[j]);
        size += Math.abs(weight) * reach(range, j);
      };
      if (matrix.kind === 'dense') for (let j = 0; j < matrix.columns; j++) add(j, matrix.values[i * matrix.columns + j]);
      else for (let e = matrix.starts[i]; e < matrix.starts[i + 1]; e++) add(matrix.indices[e], matrix.values[e]);
    });
    return [low - this.gamma * size, high + this.gamma * size];
  }

  private readerOf(node: Node): 'none' | 'relu' | 'other' {
    const readers = this.network.nodes.filter((each) => each.kind !== 'affine' && each.kind !== 'input' && (each.inputs as readonly number[]).includes(node.id));
    if (readers.length === 0) return 'none';
    return readers.every((each) => each.kind === 'relu') ? 'relu' : 'other';
  }
}

function reach(range: Range, i: number): number {
  return Math.max(Math.abs(range.lower[i]), Math.abs(range.upper[i]));
}

/** McCormick's planes below and above a product. */
function lowPlane(a: Range, b: Range, i: number): { left: number; right: number; constant: number } {
  const [x, y] = [a.lower[i], b.lower[i]];
  return { left: y, right: x, constant: -x * y - 4 * UNIT * Math.abs(x * y) };
}

function highPlane(a: Range, b: Range, i: number): { left: number; right: number; constant: number } {
  const [x, y] = [a.lower[i], b.upper[i]];
  return { left: y, right: x, constant: -x * y + 4 * UNIT * Math.abs(x * y) };
}
