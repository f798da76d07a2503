import type { LayerGraph } from '../../graph/graph.ts';
import type { Analysis } from '../analysis.ts';
import { analyze } from './analyze.ts';

/** The graph of a program that no person wrote (a model file's configuration as a program), or why there is none. */
export async function graphOfProgram(text: string, name: string): Promise<LayerGraph | string> {
  const analysis = await analyze({ file: `${name}.py`, text });
  const model = analysis.models.find(({ graph }) => graph.name === 'model') ?? analysis.models.at(-1);
  return model ? withoutLines(model.graph, name) : reason(analysis);
}

/** Its lines are not there to be opened. */
function withoutLines(graph: LayerGraph, name: string): LayerGraph {
  const plain = <T extends { readonly location?: unknown }>(list: readonly T[]): T[] => list.map(({ location: _location, ...rest }) => rest as T);
  const { location: _location, ...rest } = graph;
  return { ...rest, name, values: plain(graph.values), operators: plain(graph.operators), layers: plain(graph.layers), scopes: plain(graph.scopes), assumptions: plain(graph.assumptions), gaps: plain(graph.gaps) };
}

function reason({ diagnostics, gaps }: Analysis): string {
  return diagnostics.find(({ severity }) => severity === 'error')?.message ?? gaps[0]?.reason ?? 'its configuration makes no model';
}
