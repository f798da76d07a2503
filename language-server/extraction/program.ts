import type { Framework } from '../../graph/graph.ts';
import { predictionsOf } from '../tracing/predictions.ts';
import type { NamedValue, Trace, TraceScope, TraceValue } from '../tracing/trace.ts';
import type { ModelCandidate } from './build-graph.ts';
import type { Describe, LayerDescription, NamedParameter } from './description.ts';
import { sliceBetween } from './slice.ts';

/**
 * The model of a program without model objects, as TensorFlow 1 writes it: what it predicts of its placeholders with its variables.
 * Undefined where it predicts nothing, or where a declared or called model of the program makes all of it.
 */
export function programCandidate(trace: Trace, describe: Describe, others: readonly ModelCandidate[]): ModelCandidate | undefined {
  const { outputs, parameters } = predictionsOf(trace.finals);
  if (outputs.length === 0 || outputs.every((value) => others.some((other) => other.outputs.some((known) => known.value === value)))) return undefined;
  const description = descriptionOf(outputs, parameters, describe, 'tensorflow');
  return { name: 'graph', layer: outputs[0], description, inputs: [], outputs: named(outputs), place: outputs.at(-1)?.place, assumptions: [] };
}

function named(outputs: readonly TraceValue[]): NamedValue[] {
  return outputs.map((value, index) => ({ name: index === 0 ? 'output' : `output_${index}`, value }));
}

/** As if the whole program were a layer: its variables, and the layers that it calls. */
function descriptionOf(outputs: readonly TraceValue[], parameters: readonly TraceValue[], describe: Describe, framework: Framework): LayerDescription {
  const layers = new Set<object>();
  for (const { scope } of sliceBetween([], outputs, ({ source }) => source.kind === 'parameter').operators) {
    let outermost: TraceScope | undefined = scope;
    while (outermost?.parent) outermost = outermost.parent;
    if (outermost) layers.add(outermost.layer);
  }
  const children = uniquely([...layers].map((layer) => ({ name: describe(layer).name || describe(layer).type.toLowerCase(), layer })));
  const owned = new Set(children.flatMap(({ layer }) => describe(layer).parameters.map(({ value }) => value)));
  const own: NamedParameter[] = parameters.filter((value) => !owned.has(value) && value.scope === undefined).map((value) => ({ name: (value.source.kind === 'parameter' && value.source.name) || 'Variable', value }));
  return { name: '', type: 'Graph', framework, configuration: {}, parameters: uniquely(own), buffers: [], children, listed: false, order: 'calls', separator: '/' };
}

/** As TensorFlow names what is named alike: `Variable`, `Variable_1`. */
function uniquely<T extends { readonly name: string }>(items: readonly T[]): T[] {
  const taken = new Set<string>();
  return items.map((item) => {
    let { name } = item;
    for (let number = 1; taken.has(name); number++) name = `${item.name}_${number}`;
    taken.add(name);
    return { ...item, name };
  });
}
