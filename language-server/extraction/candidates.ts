import type { Location } from '../../graph/graph.ts';
import type { Place, SourceFile } from '../python/interpreter-api.ts';
import type { PyInstance } from '../python/values/index.ts';
import { isUserMade, placeOf } from '../tracing/faults.ts';
import type { NamedValue, Trace, TraceScope, TraceValue } from '../tracing/trace.ts';
import type { ModelCandidate } from './build-graph.ts';
import type { Describe } from './description.ts';
import { programCandidate } from './program.ts';

/** Where a user's class says `class Net(...):`, else where the layer was made. */
export function modelPlace(layer: object, file: SourceFile): Place | undefined {
  const { cls } = layer as PyInstance;
  if (cls.place?.file === file) return headerOf(cls.place);
  return placeOf(layer as PyInstance);
}

/** The first line of a statement. */
function headerOf(place: Place): Place {
  return {
    file: place.file,
    get start() {
      return place.start;
    },
    get end() {
      const newline = place.file.text.indexOf('\n', place.start);
      return newline === -1 ? place.end : Math.min(place.end, newline);
    },
  };
}

/**
 * The models of a trace: what was declared, and layers with something inside that were called by the program itself.
 * A layer that is part of another model, or a library's layer without children, is none.
 */
export function candidatesIn(trace: Trace, describe: Describe, names: ReadonlyMap<object, string>, file: SourceFile): ModelCandidate[] {
  const candidates = new Map<object, ModelCandidate>();
  const partOfDeclared = new Set<object>();
  const nameOf = (layer: object): string => names.get(layer) ?? ((layer as PyInstance).cls.name);
  const imported = new Set<object>();
  for (const { layer, type, inputs, outputs, place, imported: elsewhere } of trace.declared) {
    if (elsewhere) imported.add(layer);
    candidates.set(layer, { name: nameOf(layer), type, layer, inputs, outputs, place: modelPlace(layer, file) ?? place, assumptions: [] });
    for (const inner of descendants(layer, describe)) partOfDeclared.add(inner);
  }
  const parts = new Set<object>();
  const called = new Map<object, TraceScope>();
  for (const scope of trace.roots) {
    const { layer } = scope;
    const known = called.get(layer);
    if (candidates.has(layer) || partOfDeclared.has(layer) || (known && (known.outputs !== undefined || scope.outputs === undefined))) continue;
    called.set(layer, scope);
    if (scope.imported) imported.add(layer);
    else imported.delete(layer);
    for (const inner of descendants(layer, describe)) parts.add(inner);
  }
  for (const [layer, scope] of called) {
    if (parts.has(layer)) continue;
    if (!isModelLike(layer, describe)) continue;
    candidates.set(layer, { name: nameOf(layer), layer, inputs: scope.inputs, outputs: scope.outputs ?? unfinished(scope), scope, place: modelPlace(layer, file), assumptions: [] });
  }
  // what another file makes for itself is shown there, and a part that has no name of its own in the model that it is part of
  const found = [...candidates.values()].filter(({ layer }) => names.has(layer) || (!imported.has(layer) && !partOfDeclared.has(layer) && !parts.has(layer)));
  const program = programCandidate(trace, describe, found, names);
  if (!program) return found;
  const inside = new Set(program.description?.children.map(({ layer }) => layer));
  return [...found.filter(({ layer }) => !inside.has(layer)), program];
}

/** Something with layers inside, or a class of the user's own with weights: a loss or a single layer of a library is no model. */
export function isModelLike(layer: object, describe: Describe): boolean {
  const { children, parameters } = describe(layer);
  return children.length > 0 || (parameters.length > 0 && isUserMade((layer as PyInstance).cls));
}

/** The layers under a layer. */
export function descendants(layer: object, describe: Describe, into: Set<object> = new Set()): Set<object> {
  for (const child of describe(layer).children) {
    if (into.has(child.layer)) continue;
    into.add(child.layer);
    descendants(child.layer, describe, into);
  }
  return into;
}

/** The last tensors of a call that raised: what its finished parts gave. */
function unfinished(scope: TraceScope): readonly NamedValue[] {
  const last = scope.children.findLast((child) => child.outputs !== undefined);
  return last?.outputs ?? [];
}

/** Names that are unique: `model`, `model_2`, ... */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let i = 2; taken.has(unique); i++) unique = `${name}_${i}`;
  taken.add(unique);
  return unique;
}

/** By the line where they are made. */
export function byLine(left: { readonly location?: Location }, right: { readonly location?: Location }): number {
  return (left.location?.line ?? 0) - (right.location?.line ?? 0);
}

export function isRankKnown({ value }: { readonly value: TraceValue }): boolean {
  return value.type.shape !== undefined;
}

