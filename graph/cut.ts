import { compact } from './compact.ts';
import type { LayerGraph, Value } from './graph.ts';

/**
 * A new model from some tensors of a graph to others: `from` become its inputs, `to` its outputs. The graph's own
 * inputs that are still needed stay inputs. Weights go by the names of parameters, which stay.
 */
export function cut(graph: LayerGraph, from: readonly number[], to: readonly number[], name = `${graph.name} (part)`): LayerGraph {
  const given = new Set(from);
  const values = graph.values.map((value): Value => {
    if (!given.has(value.id)) return value;
    const { producer: _producer, constant: _constant, ...rest } = value;
    return rest;
  });
  const part = compact({ ...graph, name, values, inputs: [...from, ...graph.inputs.filter((id) => !given.has(id))], outputs: to });
  const used = new Set([...part.operators.flatMap(({ inputs }) => inputs), ...part.outputs]);
  return { ...part, inputs: part.inputs.filter((id, index) => index < from.length || used.has(id)) };
}
