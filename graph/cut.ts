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
  const { preprocessing: _preprocessing, ...rest } = part;
  // what begins inside takes no pictures any more
  return { ...(from.length > 0 ? rest : part), inputs: part.inputs.filter((id, index) => index < from.length || used.has(id)) };
}

/**
 * A new model from some layers of a graph to others, both inclusive: what the first calls of `from` take becomes its inputs, what the last
 * calls of `to` make its outputs. Names are paths or names of layers, or of tensors. Throws RangeError for a name that means nothing, and where nothing lies between.
 */
export function cutLayers(graph: LayerGraph, { from = [], to = [] }: { readonly from?: readonly string[]; readonly to?: readonly string[] }): LayerGraph {
  const inputs = from.flatMap((name) => borderOf(graph, name, 'inputs'));
  const outputs = to.flatMap((name) => borderOf(graph, name, 'outputs'));
  return cutBetween(graph, inputs, to.length > 0 ? outputs : graph.outputs, `the tensors that ${to.length > 0 ? to.join(', ') : 'the model'} makes do not come from ${from.length > 0 ? from.join(', ') : 'its inputs'}`);
}

/** As `cut`. Throws RangeError with `refusal` where an output does not come from all that it is to begin with. */
export function cutBetween(graph: LayerGraph, from: readonly number[], to: readonly number[], refusal: string): LayerGraph {
  const part = cut(graph, [...new Set(from)], [...new Set(to)], `${graph.name}_part`);
  const cutOff = from.find((id) => !part.operators.some((operator) => operator.inputs.some((input) => input !== undefined && part.values[input].name === graph.values[id].name)));
  if (part.operators.length === 0 || cutOff !== undefined) throw new RangeError(refusal);
  return part;
}

/** The tensors that enter or leave a layer, or the one of this name. */
function borderOf(graph: LayerGraph, name: string, side: 'inputs' | 'outputs'): readonly number[] {
  const layer = graph.layers.find(({ path }) => path !== '' && path === name) ?? graph.layers.find((one) => one.path !== '' && one.name === name);
  const calls = layer ? graph.scopes.filter((scope) => scope.layer === layer.id) : [];
  const call = side === 'inputs' ? calls[0] : calls.at(-1);
  if (call && call[side].length > 0) return call[side].filter((id) => graph.values[id].parameter === undefined);
  const value = graph.values.find((one) => one.name === name);
  if (value) return [value.id];
  const listed = graph.layers.filter((one) => one.listed).map(({ path, name: own }) => path || own);
  throw new RangeError(`there is no layer or tensor ${name}; the layers are ${listed.slice(0, 12).join(', ')}${listed.length > 12 ? ` and ${listed.length - 12} more` : ''}`);
}
