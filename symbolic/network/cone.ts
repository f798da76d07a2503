import { createHash } from 'node:crypto';
import { countRelus, type AffineNode, type Matrix, type Network, type Node } from './network.ts';

/** The part of a network that one element of a node depends on, as a network of its own with that element as its output. */
export interface Cone {
  readonly network: Network;
  /** Which elements of the whole network's input are the cone's. */
  readonly inputs: Int32Array;
  /** Where an element of the whole network is in the cone. */
  readonly placeOf: (node: number, index: number) => { readonly node: number; readonly index: number } | undefined;
}

/**
 * The cone of influence of an element: of a convolution, what lies in its receptive field.
 * @param most coefficients; undefined where the cone has more
 */
export function coneOf(network: Network, node: number, index: number, most: number): Cone | undefined {
  const { nodes } = network;
  const needed = new Map<number, Set<number>>([[node, new Set([index])]]);
  const need = (id: number, element: number): void => {
    let own = needed.get(id);
    if (!own) needed.set(id, own = new Set());
    own.add(element);
  };
  let size = 0;
  for (let id = node; id > 0; id--) {
    const own = needed.get(id);
    if (!own) continue;
    const current = nodes[id];
    if (current.kind !== 'affine') {
      for (const input of current.inputs) for (const element of own) need(input, element);
      continue;
    }
    for (const [k, input] of current.inputs.entries()) {
      for (const row of own) {
        for (const column of columnsOf(current.matrices[k], row)) need(input, column);
        size += columnsOf(current.matrices[k], row).length;
        if (size > most) return undefined;
      }
    }
  }
  need(0, 0);
  const kept = [...needed.keys()].sort((a, b) => a - b);
  const elements = new Map(kept.map((id) => [id, Int32Array.from(needed.get(id)!).sort()]));
  const places = new Map(kept.map((id) => [id, new Map([...elements.get(id)!].map((element, place) => [element, place]))]));
  const renumbered = new Map(kept.map((id, place) => [id, place]));
  const made = kept.map((id): Node => {
    const current = nodes[id];
    const own = elements.get(id)!;
    const common = { ...current, id: renumbered.get(id)!, size: own.length };
    if (current.kind !== 'affine') return { ...common, inputs: current.inputs.map((input) => renumbered.get(input)!) } as Node;
    const used = current.inputs.map((input, k) => ({ input, k })).filter(({ input }) => needed.has(input));
    return {
      ...common, kind: 'affine', inputs: used.map(({ input }) => renumbered.get(input)!),
      bias: Float64Array.from(own, (row) => current.bias[row]), biasMagnitude: Float64Array.from(own, (row) => current.biasMagnitude[row]),
      matrices: used.map(({ input, k }) => part(current.matrices[k], own, places.get(input)!)),
    } as AffineNode;
  });
  const inputs = elements.get(0)!;
  return {
    inputs,
    placeOf: (own, element) => {
      const place = places.get(own)?.get(element);
      return place === undefined ? undefined : { node: renumbered.get(own)!, index: place };
    },
    network: { nodes: made, inputs: [{ name: network.inputs[0].name, dataType: network.inputs[0].dataType, shape: [1, inputs.length], offset: 0, size: inputs.length }], output: renumbered.get(node)!, outputShape: [1], logits: false },
  };
}

/** Networks with more ReLUs or coefficients than this get linear bounds on intervals, without optimising, and no branching. */
export const SMALL_COEFFICIENTS = 2e6;
const SMALL_RELUS = 2_000;

/** Whether every neuron of a network can have linear bounds of its own in little time. */
export function isSmallNetwork(network: Network): boolean {
  return countRelus(network) <= SMALL_RELUS && countCoefficients(network) <= SMALL_COEFFICIENTS;
}

export function countCoefficients(network: Network): number {
  return network.nodes.reduce((sum, node) => sum + (node.kind === 'affine' ? node.matrices.reduce((own, { values }) => own + values.length, 0) : 0), 0);
}

/** Cones with the same coefficients, as those of one filter at two places, have the same name. */
export function nameOfCone({ network }: Cone): string {
  const hash = createHash('sha256');
  for (const node of network.nodes) {
    hash.update(`${node.kind} ${node.size} ${node.inputs.join()};`);
    if (node.kind !== 'affine') continue;
    hash.update(bytes(node.bias));
    for (const matrix of node.matrices) {
      hash.update(bytes(matrix.values));
      if (matrix.kind === 'sparse') hash.update(bytes(matrix.starts)).update(bytes(matrix.indices));
    }
  }
  return hash.digest('base64');
}

function bytes({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function columnsOf(matrix: Matrix, row: number): Int32Array {
  return matrix.kind === 'sparse' ? matrix.indices.subarray(matrix.starts[row], matrix.starts[row + 1]) : Int32Array.from({ length: matrix.columns }, (_, column) => column);
}

function part(matrix: Matrix, rows: Int32Array, columns: ReadonlyMap<number, number>): Matrix {
  if (matrix.kind === 'dense') {
    const values = new Float64Array(rows.length * columns.size);
    rows.forEach((row, r) => {
      for (const [column, place] of columns) values[r * columns.size + place] = matrix.values[row * matrix.columns + column];
    });
    return { kind: 'dense', rows: rows.length, columns: columns.size, values };
  }
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => (starts[r + 1] = starts[r] + matrix.starts[row + 1] - matrix.starts[row]));
  const entries = [...rows].flatMap((row) => Array.from({ length: matrix.starts[row + 1] - matrix.starts[row] }, (_, e) => matrix.starts[row] + e));
  return { kind: 'sparse', rows: rows.length, columns: columns.size, starts, indices: Int32Array.from(entries, (e) => columns.get(matrix.indices[e])!), values: Float64Array.from(entries, (e) => matrix.values[e]) };
}
