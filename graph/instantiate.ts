import { soleSymbol, substitute, symbolsOf, type Dimension, type DimensionSymbol } from './dimension.ts';
import type { AttributeValue, LayerGraph, Value } from './graph.ts';
import type { ConstantTensor, TensorType } from './tensor.ts';

/** The graph with symbols replaced by sizes wherever they occur: in types and in constants. */
export function instantiate(graph: LayerGraph, sizes: ReadonlyMap<string, Dimension>): LayerGraph {
  if (sizes.size === 0) return graph;
  return {
    ...graph,
    values: graph.values.map((value): Value => ({
      ...value, type: substituteType(value.type, sizes), ...(value.constant ? { constant: substituteConstant(value.constant, sizes) } : {}),
    })),
    operators: graph.operators.map((operator) => ({
      ...operator,
      attributes: Object.fromEntries(Object.entries(operator.attributes).map(([name, value]) => [name, isConstant(value) ? substituteConstant(value, sizes) : value])),
    })),
    parameters: graph.parameters.map((parameter) => ({ ...parameter, type: substituteType(parameter.type, sizes) })),
  };
}

/** The symbols in the shapes of the graph's inputs: what must be known before it runs. */
export function inputSymbols(graph: LayerGraph): Map<string, DimensionSymbol> {
  const symbols = new Map<string, DimensionSymbol>();
  for (const input of graph.inputs) for (const dimension of graph.values[input].type.shape ?? []) symbolsOf(dimension, symbols);
  return symbols;
}

/** The graph with every symbol of its inputs at its smallest size (a batch of one), save those that are stated. */
export function smallest(graph: LayerGraph, stated: ReadonlyMap<string, number> = new Map()): LayerGraph {
  return instantiate(graph, new Map([...inputSymbols(graph)].map(([name, { minimum }]) => [name, stated.get(name) ?? Math.max(minimum, 1)])));
}

/** The name of the symbol that is, alone, the first axis of an input: the size of the batch where the program leaves it open. */
export function batchSymbol(graph: LayerGraph): string | undefined {
  for (const input of graph.inputs) {
    const first = graph.values[input].type.shape?.[0];
    const found = first === undefined ? undefined : soleSymbol(first);
    if (found) return found.name;
  }
  return undefined;
}

function substituteType(type: TensorType, sizes: ReadonlyMap<string, Dimension>): TensorType {
  return type.shape?.some((dimension) => typeof dimension !== 'number') ? { ...type, shape: type.shape.map((dimension) => substitute(dimension, sizes)) } : type;
}

function substituteConstant(constant: ConstantTensor, sizes: ReadonlyMap<string, Dimension>): ConstantTensor {
  return { ...constant, data: constant.data.map((element) => (typeof element === 'object' ? substitute(element, sizes) : element)) };
}

function isConstant(value: AttributeValue): value is ConstantTensor {
  return typeof value === 'object' && !Array.isArray(value);
}
