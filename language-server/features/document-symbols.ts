import { SymbolKind } from 'vscode-languageserver-types';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { formatShape } from '../../graph/dimension.ts';
import type { Layer, LayerGraph } from '../../graph/graph.ts';
import type { Analysis } from '../analysis.ts';
import { rangeOf } from './ranges.ts';

/** The models of a file with the layers that the file makes, for the outline. */
export function documentSymbols(analysis: Analysis): DocumentSymbol[] {
  return analysis.models.flatMap(({ graph }) => {
    if (graph.location?.file !== analysis.file) return [];
    const layers = graph.layers.filter((layer) => layer.listed && layer.location?.file === analysis.file);
    const children = layers.map((layer): DocumentSymbol => {
      const range = rangeOf(layer.location!);
      return { name: layer.path || layer.name, detail: `${layer.type} ${shapeAfter(graph, layer)}`, kind: SymbolKind.Field, range, selectionRange: range };
    });
    const range = rangeOf(graph.location);
    return [{ name: graph.name, detail: graph.type, kind: SymbolKind.Class, range, selectionRange: range, children }];
  });
}

function shapeAfter(graph: LayerGraph, layer: Layer): string {
  const scope = graph.scopes.find((candidate) => candidate.layer === layer.id);
  return scope?.outputs.length === 1 ? formatShape(graph.values[scope.outputs[0]].type.shape) : '';
}
