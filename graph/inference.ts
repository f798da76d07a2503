import type { LayerGraph } from './graph.ts';

/** TODO */
export function inferTypes(graph: LayerGraph): LayerGraph {
  return graph;
}
