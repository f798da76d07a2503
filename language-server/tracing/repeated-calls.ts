import { Attributes, PyDict, PyInstance, PyTuple } from '../python/values/index.ts';
import type { PyObject, Value } from '../python/values/index.ts';
import type { Keywords } from '../python/interpreter-api.ts';
import { formatShape } from '../../graph/dimension.ts';
import { tensorOf } from './conversion.ts';
import { inheritGradient, mode } from './gradients.ts';
import { wrap } from './tensors.ts';
import { TraceValue } from './trace.ts';

/** Calls of one layer with inputs of the same types that are followed before the next ones are taken to give the same again. */
const followed = 2;

/**
 * Calls that a training loop makes over and over: after a few with inputs of the same types, further ones are not followed
 * but give fresh tensors of the types that came out before.
 */
export class RepeatedCalls {
  readonly #layers = new Map<PyObject, Map<string, { count: number; result: Value | undefined; given: readonly TraceValue[] }>>();

  /** What a call is known to give, and how to remember what it gave; undefined for calls that cannot be compared. */
  find(layer: PyObject, positional: readonly Value[], keywords: Keywords): { readonly result: Value | undefined; remember(result: Value): void } | undefined {
    const keys: string[] = [];
    const given = [...positional, ...keywords.values()].flatMap(tensorsOf);
    for (const value of [...positional, ...keywords.values()]) {
      const key = keyOf(value);
      if (key === undefined) return undefined;
      keys.push(key);
    }
    let calls = this.#layers.get(layer);
    if (!calls) this.#layers.set(layer, calls = new Map());
    const key = `${keys.join(';')}|${[...keywords.keys()].join()}|${layer.attributes?.get('training') === true}|${String(mode.payload)}`;
    let known = calls.get(key);
    if (!known) calls.set(key, known = { count: 0, result: undefined, given });
    const call = known;
    return {
      result: call.count >= followed && call.result !== undefined ? fresh(call.result, given, call.given) : undefined,
      remember(result) {
        call.count++;
        call.result = result;
        call.given = given;
      },
    };
  }
}

function keyOf(value: Value): string | undefined {
  const tensor = tensorOf(value);
  // a symbolic tensor belongs to a graph that is being built: each of its calls counts
  if (tensor?.type.shape?.some((size) => typeof size !== 'number')) return undefined;
  if (tensor) return `${(value as PyInstance).cls.name} ${tensor.type.dataType} ${formatShape(tensor.type.shape)}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (!(value instanceof PyTuple)) return undefined;
  const keys = value.items.map(keyOf);
  return keys.every((key) => key !== undefined) ? `(${keys.join()})` : undefined;
}

/** The tensors of what `keyOf` compares, in order. */
function tensorsOf(value: Value): TraceValue[] {
  const tensor = tensorOf(value);
  return tensor ? [tensor] : value instanceof PyTuple ? value.items.flatMap(tensorsOf) : [];
}

/** The same with tensors of their own; undefined for what is no tensor, tuple or dict of tensors. */
function fresh(value: Value, given: readonly TraceValue[], before: readonly TraceValue[]): Value | undefined {
  const tensor = tensorOf(value);
  if (tensor && value instanceof PyInstance) {
    const again = new TraceValue(tensor.type, { kind: 'data', reason: 'a repeated call' }, { place: tensor.place });
    inheritGradient(again, tensor, given, before);
    const made = wrap(again, value.cls);
    if (value.attributes) {
      // what a framework keeps with its tensors (whether gradients flow, ...) is the same again
      made.attributes = new Attributes(made);
      for (const [name, attribute] of value.attributes) made.attributes.set(name, attribute);
    }
    return made;
  }
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof PyTuple) {
    const items = value.items.map((item) => fresh(item, given, before));
    return items.every((item) => item !== undefined) ? new PyTuple(items, value.cls) : undefined;
  }
  if (value instanceof PyDict) {
    const made = new PyDict(value.cls);
    for (const { key, value: item } of value.entries.values()) {
      const copy = fresh(item, given, before);
      if (copy === undefined || typeof key !== 'string') return undefined;
      made.setText(key, copy);
    }
    return made;
  }
  return undefined;
}
