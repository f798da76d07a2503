import type { Framework } from '../../graph/graph.ts';
import type { Place } from '../python/interpreter-api.ts';
import { textOf } from '../tracing/place.ts';
import { predictionsOf, predictionsOfSteps } from '../tracing/predictions.ts';
import type { Trace, TraceScope, TraceValue } from '../tracing/trace.ts';
import type { ModelCandidate } from './build-graph.ts';
import type { Describe, LayerDescription, NamedParameter } from './description.ts';
import { sliceBetween } from './slice.ts';

/**
 * The model of a program without model objects: what it predicts of its inputs with its weights, as TensorFlow 1 writes it, and as tensors
 * and arrays that are trained by themselves do. Undefined where it predicts nothing, and where the program has
 * models besides, or names one that it uses: those are shown.
 */
export function programCandidate(trace: Trace, describe: Describe, others: readonly ModelCandidate[], names: ReadonlyMap<object, string>): ModelCandidate | undefined {
  const [first] = trace.finals;
  const { inputs, outputs, parameters } = first ? predictionsOf(trace.finals.map(({ value }) => value)) : predictionsOfSteps(trace.steps);
  if (outputs.length === 0 || parameters.length === 0) return undefined;
  const description = descriptionOf(outputs, parameters, describe, first?.framework ?? 'numpy');
  const inside = new Set(description.children.map(({ layer }) => layer));
  if (others.some(({ layer }) => !inside.has(layer) || names.has(layer))) return undefined;
  return {
    name: 'graph', layer: outputs[0], description, place: outputs.at(-1)?.place, assumptions: [],
    inputs: inputs.map((value) => ({ name: (value.source.kind === 'input' && value.source.name) || (value.place && assignedName(value.place)) || 'input', value })),
    outputs: outputs.map((value, index) => ({ name: index === 0 ? 'output' : `output_${index}`, value })),
  };
}

/** As if the whole program were a layer: its weights, and the layers that it calls. */
function descriptionOf(outputs: readonly TraceValue[], parameters: readonly TraceValue[], describe: Describe, framework: Framework): LayerDescription {
  const layers = new Set<object>();
  for (const { scope } of sliceBetween([], outputs, (value) => parameters.includes(value)).operators) {
    let outermost: TraceScope | undefined = scope;
    while (outermost?.parent) outermost = outermost.parent;
    if (outermost) layers.add(outermost.layer);
  }
  const children = uniquely([...layers].map((layer) => ({ name: describe(layer).name || describe(layer).type.toLowerCase(), layer })));
  const owned = new Set(children.flatMap(({ layer }) => describe(layer).parameters.map(({ value }) => value)));
  const own: NamedParameter[] = parameters.filter((value) => !owned.has(value) && value.scope === undefined).map((value) => ({ name: nameOf(value), value }));
  return { name: '', type: 'Graph', framework, configuration: {}, parameters: uniquely(own), buffers: [], children, listed: false, order: 'calls', separator: '/' };
}

/** The framework's own name of a variable, else what the program calls it. */
function nameOf({ source, place }: TraceValue): string {
  return (source.kind === 'parameter' && source.name) || (place && assignedName(place)) || 'weight';
}

/** `w` where the place is what follows `w = `. */
function assignedName(place: Place): string | undefined {
  const line = textOf({ file: place.file, start: place.file.text.lastIndexOf('\n', place.start - 1) + 1, end: place.start });
  return /([A-Za-z_]\w*)\s*=\s*$/.exec(line)?.[1];
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
