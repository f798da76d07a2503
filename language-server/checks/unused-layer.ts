import type { LayerGraph, Layer } from '../../graph/graph.ts';
import type { Diagnostic } from '../analysis.ts';
import { childrenOf } from '../diagnostics/calls.ts';
import type { SourceFile } from '../python/interpreter-api.ts';
import type * as syntax from '../python/source/syntax.ts';
import { locationOf } from '../tracing/place.ts';
import type { Check } from './check.ts';

/** A layer with weights that the model makes as an attribute and that no code of the file ever names again. */
export const unusedLayer: Check = ({ file, models }) => {
  let named: ReadonlySet<string> | undefined;
  return models.flatMap(({ graph }) => {
    if (graph.gaps.length > 0) return [];
    const called = new Set(graph.scopes.map(({ layer }) => layer));
    return graph.layers.flatMap((layer): Diagnostic[] => {
      if (called.has(layer.id) || layer.parent === undefined || layer.location?.file !== file.path || !hasWeights(graph, layer) && !wouldHaveWeights(graph, layer)) return [];
      const parent = graph.layers[layer.parent];
      // an element of a list or a Sequential has no name of its own in the code
      if (!called.has(parent.id) || usesWeights(graph, layer)) return [];
      const attribute = graph.framework === 'keras' ? attributeAt(file, layer.location.line) : layer.name;
      if (attribute === undefined || !/^[A-Za-z_]\w*$/.test(attribute)) return [];
      named ??= attributesRead(file.tree);
      if (named.has(attribute) || !file.text.includes(`self.${attribute}`)) return [];
      return [{
        severity: 'warning', code: 'unused-layer', location: layer.location, related: [],
        message: `${layer.type} ${layer.path} is made and never used: its weights are trained by nothing.`,
      }];
    });
  });
};

function hasWeights(graph: LayerGraph, layer: Layer): boolean {
  return layer.parameters.length > 0 || graph.layers.some((child) => child.parent === layer.id && hasWeights(graph, child));
}

/** Keras makes the weights of a layer when it is first called. */
function wouldHaveWeights({ framework }: LayerGraph, { type }: Layer): boolean {
  return framework === 'keras' && /^(Dense|EinsumDense|Embedding|(Separable|Depthwise)?Conv\dD(Transpose)?|LSTM|GRU|SimpleRNN|Bidirectional|BatchNormalization|LayerNormalization|MultiHeadAttention)$/.test(type);
}

function usesWeights(graph: LayerGraph, layer: Layer): boolean {
  const used = new Set(graph.values.flatMap(({ parameter }) => parameter ?? []));
  return layer.parameters.some((id) => used.has(id));
}

/** The attribute that a statement which begins on the line assigns to: Keras's own names of layers are others. */
function attributeAt(file: SourceFile, line: number): string | undefined {
  let found: string | undefined;
  const visit = (node: object): void => {
    if ((node as { type: string }).type === 'Assign') {
      const { targets: [target], start } = node as syntax.Assign;
      if (target?.type === 'Attribute' && locationOf({ file, start, end: start }).line === line) found = target.name;
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(file.tree);
  return found;
}

/** The names that the file reads as attributes, or names in strings (`getattr`). */
function attributesRead(tree: syntax.Module): ReadonlySet<string> {
  const names = new Set<string>();
  const targets = new Set<object>();
  const visit = (node: object): void => {
    const { type } = node as { type: string };
    if (type === 'Assign') for (const target of (node as syntax.Assign).targets) targets.add(target);
    else if (type === 'AnnAssign') targets.add((node as syntax.AnnAssign).target);
    else if (type === 'Attribute' && !targets.has(node)) names.add((node as syntax.Attribute).name);
    else if (type === 'Constant') {
      const { value } = node as syntax.Constant;
      if (value.kind === 'str') names.add(value.value);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(tree);
  return names;
}
