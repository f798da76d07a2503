import type { LayerGraph, Operator, Parameter, Value } from './graph.ts';
import { ancestors } from './subgraph.ts';

/** The graph without what its outputs do not need: operators, values and parameters; ids are given anew. Inputs stay. */
export function compact(graph: LayerGraph): LayerGraph {
  const kept = ancestors(graph, graph.outputs);
  const order: number[] = [];
  const newId = new Map<number, number>();
  const keep = (id: number): void => {
    if (newId.has(id)) return;
    newId.set(id, order.length);
    order.push(id);
  };
  graph.inputs.forEach(keep);
  for (const operator of kept) {
    for (const input of operator.inputs) if (input !== undefined) keep(input);
    operator.outputs.forEach(keep);
  }
  graph.outputs.forEach(keep);

  const operatorId = new Map(kept.map(({ id }, index) => [id, index]));
  const parameterIds = [...new Set(order.map((id) => graph.values[id].parameter).filter((id) => id !== undefined))].sort((a, b) => a - b);
  const parameterId = new Map(parameterIds.map((id, index) => [id, index]));
  const values = order.map((old, id): Value => {
    const { producer, parameter, ...value } = graph.values[old];
    return {
      ...value, id,
      ...(producer !== undefined && operatorId.has(producer) ? { producer: operatorId.get(producer)! } : {}),
      ...(parameter === undefined ? {} : { parameter: parameterId.get(parameter)! }),
    };
  });
  const renumber = (ids: readonly number[]) => ids.flatMap((id) => newId.get(id) ?? []);
  return {
    ...graph,
    values,
    operators: kept.map((operator, id): Operator => ({
      ...operator, id, inputs: operator.inputs.map((input) => (input === undefined ? undefined : newId.get(input)!)), outputs: operator.outputs.map((output) => newId.get(output)!),
    })),
    parameters: parameterIds.map((old, id): Parameter => ({ ...graph.parameters[old], id })),
    layers: graph.layers.map((layer) => ({ ...layer, parameters: layer.parameters.flatMap((parameter) => parameterId.get(parameter) ?? []) })),
    scopes: graph.scopes.map((scope) => ({ ...scope, inputs: renumber(scope.inputs), outputs: renumber(scope.outputs) })),
    inputs: renumber(graph.inputs),
    outputs: renumber(graph.outputs),
  };
}
