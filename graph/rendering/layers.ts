import { groupBy } from '../group.ts';
import { add, isKnown, product, type Dimension } from '../dimension.ts';
import type { Layer, LayerGraph } from '../graph.ts';
import type { TensorType } from '../tensor.ts';

/** The layers of a graph as their framework lists them, with what a summary says of each. */
export interface ListedLayer {
  readonly layer: Layer;
  /** Types of what its first call returns; of the graph's input for an input layer. */
  readonly outputs: readonly TensorType[];
  /** Elements of its parameters and its inner layers', shared ones once. */
  readonly parameters: Dimension;
  readonly calls: number;
  /** Layers that it holds, where the framework lists them too. */
  readonly layers: readonly ListedLayer[];
}

/** Listed layers, each below its nearest listed ancestor. */
export function listLayers(graph: LayerGraph): ListedLayer[] {
  const scopes = groupBy(graph.scopes, ({ layer }) => layer);
  const below = groupBy(graph.layers.filter(({ listed }) => listed), ({ parent }) => {
    let above = parent;
    while (above !== undefined && !graph.layers[above].listed) above = graph.layers[above].parent;
    return above;
  });
  const children = groupBy(graph.layers, ({ parent }) => parent);

  const parametersOf = (layer: number, into: Set<number>): Set<number> => {
    for (const parameter of graph.layers[layer].parameters) into.add(parameter);
    for (const { id } of children.get(layer) ?? []) parametersOf(id, into);
    return into;
  };
  const describe = (layer: Layer): ListedLayer => {
    const calls = scopes.get(layer.id) ?? [];
    const input = calls.length > 0 ? undefined : graph.inputs.find((id) => graph.values[id].name === layer.name);
    return {
      layer,
      outputs: calls[0]?.outputs.map((id) => graph.values[id].type) ?? (input === undefined ? [] : [graph.values[input].type]),
      parameters: elements(graph, parametersOf(layer.id, new Set())),
      calls: calls.length,
      layers: (below.get(layer.id) ?? []).map(describe),
    };
  };
  return (below.get(undefined) ?? []).map(describe);
}

export interface ParameterCounts {
  readonly total: Dimension;
  readonly trainable: Dimension;
  readonly nonTrainable: Dimension;
}

/** Elements of all parameters. Buffers, which a checkpoint holds but the framework does not count, are left out. */
export function countParameters(graph: LayerGraph): ParameterCounts {
  const ids = (trainable: boolean) => graph.parameters.filter((parameter) => parameter.trainable === trainable).map(({ id }) => id);
  const trainable = elements(graph, ids(true));
  const nonTrainable = elements(graph, ids(false));
  return { total: add(trainable, nonTrainable), trainable, nonTrainable };
}

/** Elements of some parameters, without buffers. */
export function elements(graph: LayerGraph, parameters: Iterable<number>): Dimension {
  let sum: Dimension = 0;
  for (const id of parameters) {
    const { type, buffer } = graph.parameters[id];
    if (!buffer && type.shape) sum = add(sum, product(type.shape));
  }
  return sum;
}

/** A count as people read it: thousands apart. */
export function formatCount(count: Dimension): string {
  return isKnown(count) ? count.toLocaleString('en-US') : '?';
}
