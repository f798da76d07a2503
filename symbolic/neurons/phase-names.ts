import type { LayerGraph } from '../../graph/graph.ts';
import { stridesOf } from '../network/elements.ts';
import type { Network } from '../network/network.ts';
import { withoutBatch } from './place.ts';

/** Where in the model a ReLU of a network is. */
export interface PhaseName {
  /** The layer's path, or the operator's name where it stands in no layer of its own. */
  readonly layer: string;
  /** The operator: `Relu`, `MaxPool` (one of its comparisons), `Clip`. */
  readonly operator: string;
  /** The element of the operator's output; of an operator that is made of several ReLUs, which of those it is. */
  readonly index: readonly number[];
}

/** Names the ReLUs of a network by the layers of its graph. */
export class PhaseNames {
  private readonly places = new Map<number, { readonly shape: readonly number[]; readonly element: Int32Array }>();

  /** @param network compiled with `keep` for the outputs of the graph's Relu operators, as `reluOutputs` lists them. */
  constructor(private readonly graph: LayerGraph, private readonly network: Network) {
    for (const [value, { nodes, indices }] of network.kept ?? []) {
      const { shape } = graph.values[value].type;
      if (!shape?.every((size) => typeof size === 'number')) continue;
      nodes.forEach((node, element) => {
        if (network.nodes[node]?.kind !== 'relu') return;
        let found = this.places.get(node);
        if (!found) this.places.set(node, found = { shape: withoutBatch(shape), element: new Int32Array(network.nodes[node].size).fill(-1) });
        if (found.element[indices[element]] < 0) found.element[indices[element]] = element;
      });
    }
  }

  of(node: number, index: number): PhaseName {
    const { origin } = this.network.nodes[node];
    const operator = this.graph.operators.find(({ name, type }) => (name || type) === origin);
    const layer = (operator && this.graph.layers[this.graph.scopes[operator.scope].layer].path) || origin;
    const place = this.places.get(node);
    const element = place?.element[index] ?? -1;
    const strides = place && stridesOf(place.shape);
    return { layer, operator: operator?.type ?? 'Relu', index: place && element >= 0 ? place.shape.map((size, axis) => Math.floor(element / strides![axis]) % size) : [index] };
  }
}

/** The tensors whose elements name the ReLUs. */
export function reluOutputs(graph: LayerGraph): number[] {
  return graph.operators.filter(({ type, domain }) => type === 'Relu' && domain === '').flatMap(({ outputs }) => outputs);
}
