import type { LayerGraph } from '../../graph/graph.ts';
import { CheckpointError } from '../formats/file.ts';

/**
 * The graph with one of the ways to prepare pictures that its program says, by the line where it says it, or with none.
 * @throws CheckpointError where the program says nothing in that line
 */
export function choosePreprocessing(graph: LayerGraph, line: number | 'none'): LayerGraph {
  const { preprocessing = [] } = graph;
  if (line === 'none') return { ...graph, preprocessing: [] };
  const chosen = preprocessing.find(({ location, steps }) => location?.line === line || steps.some((step) => step.location?.line === line));
  if (chosen) return { ...graph, preprocessing: [chosen] };
  const lines = preprocessing.flatMap(({ location }) => location?.line ?? []);
  throw new CheckpointError(`line ${line} says nothing of how pictures are prepared${lines.length > 0 ? `; the lines that do are ${lines.join(', ')}` : ', nor does another line'}`);
}
