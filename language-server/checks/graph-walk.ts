import { groupBy } from '../../graph/group.ts';
import type { Layer, LayerGraph, Location, Operator, Scope } from '../../graph/graph.ts';

/** Where the file made the layer that an operator belongs to, else where it ran; undefined where both are elsewhere. */
export function placeInFile(graph: LayerGraph, operator: Operator, file: string): Location | undefined {
  const { location } = graph.layers[graph.scopes[operator.scope].layer];
  if (operator.scope !== 0 && location?.file === file) return location;
  return operator.location?.file === file ? operator.location : undefined;
}

/** The operators that use a value. */
export function consumersOf(graph: LayerGraph): ReadonlyMap<number, readonly Operator[]> {
  const consumers = new Map<number, Operator[]>();
  for (const operator of graph.operators) {
    for (const input of operator.inputs) {
      if (input === undefined) continue;
      const known = consumers.get(input);
      if (known) known.push(operator);
      else consumers.set(input, [operator]);
    }
  }
  return consumers;
}

/** A call of a layer without calls inside it: its layer, its one input and its one output. */
export interface LeafCall {
  readonly scope: Scope;
  readonly layer: Layer;
  readonly operators: readonly Operator[];
  readonly input: number;
  readonly output: number;
}

export function leafCalls(graph: LayerGraph): LeafCall[] {
  const parents = new Set(graph.scopes.map(({ parent }) => parent));
  const operators = groupBy(graph.operators, ({ scope }) => scope);
  return graph.scopes.flatMap((scope) => {
    const { inputs, outputs } = scope;
    if (scope.id === 0 || parents.has(scope.id) || inputs.length !== 1 || outputs.length !== 1) return [];
    return [{ scope, layer: graph.layers[scope.layer], operators: operators.get(scope.id) ?? [], input: inputs[0], output: outputs[0] }];
  });
}
