import type { Network } from '../network/network.ts';
import { Random } from '../search/random.ts';
import type { HiddenLayer } from './hidden-layers.ts';

/** Pairs of a condition neuron and a decision neuron that reads it, of two layers with no hidden layer between. */
export interface LayerPairs {
  /** The layers of the conditions and of the decisions. */
  readonly from: number;
  readonly to: number;
  /** The neurons of each pair. */
  readonly conditions: Int32Array;
  readonly decisions: Int32Array;
}

/**
 * All pairs of adjacent layers; where two layers have more than `most`, those of decision neurons drawn at random, each with
 * all the conditions that it reads, or with `most` of them drawn at random.
 */
export function neuronPairs(network: Network, layers: readonly HiddenLayer[], most: number, seed: number): LayerPairs[] {
  const found: LayerPairs[] = [];
  layers.forEach((layer, to) => {
    for (const from of layer.before) {
      const random = new Random(seed * 7919 + to * 101 + from);
      const order = shuffled(layer.size, random);
      const conditions: number[] = [];
      const decisions: number[] = [];
      for (const decision of order) {
        const all = conditionsOf(network, layers[from], layer, decision);
        if (conditions.length > 0 && conditions.length + all.length > most) break;
        // a single decision neuron that reads too many: some of them
        const read = all.length <= most ? all : [...shuffled(all.length, random).subarray(0, most)].sort((a, b) => a - b).map((place) => all[place]);
        for (const condition of read) {
          conditions.push(condition);
          decisions.push(decision);
        }
      }
      if (conditions.length > 0) found.push({ from, to, conditions: Int32Array.from(conditions), decisions: Int32Array.from(decisions) });
    }
  });
  return found;
}

/** The neurons of a layer whose activations a neuron depends on. */
function conditionsOf(network: Network, from: HiddenLayer, to: HiddenLayer, decision: number): number[] {
  const { nodes } = network;
  const start = to.nodes[decision];
  if (start < 0) return [];
  const sources = new Set(from.nodes);
  const reached = new Map<number, Set<number>>([[start, new Set([to.indices[decision]])]]);
  const add = (node: number, index: number): void => {
    let own = reached.get(node);
    if (!own) reached.set(node, own = new Set());
    own.add(index);
  };
  for (let id = start; id > 0; id--) {
    const own = reached.get(id);
    const node = nodes[id];
    if (!own || (sources.has(id) && id !== start)) continue;
    if (node.kind !== 'affine') {
      for (const input of node.inputs) for (const index of own) add(input, index);
      continue;
    }
    node.inputs.forEach((input, k) => {
      const matrix = node.matrices[k];
      for (const row of own) {
        if (matrix.kind === 'sparse') for (let e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) add(input, matrix.indices[e]);
        else for (let j = 0; j < matrix.columns; j++) if (matrix.values[row * matrix.columns + j] !== 0) add(input, j);
      }
    });
  }
  const read: number[] = [];
  for (let neuron = 0; neuron < from.size; neuron++) if (from.nodes[neuron] !== start && reached.get(from.nodes[neuron])?.has(from.indices[neuron])) read.push(neuron);
  return read;
}

function shuffled(size: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const k = random.integer(i + 1);
    [order[i], order[k]] = [order[k], order[i]];
  }
  return order;
}
