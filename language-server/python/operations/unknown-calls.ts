/** Calls that cannot be followed: of something unknown, or with arguments that could not all be unpacked. */
import type { Keywords } from '../interpreter-api.ts';
import { classes, PyClass, PyDict, PyInstance, PyList, PyMethod, PySet, PyTuple, Unknown, type Value } from '../values/index.ts';

/** A call whose arguments could not all be unpacked. */
export function callWithUnknown(callable: Value, positional: readonly Value[] | Unknown, keywords: Keywords | Unknown | undefined): Value {
  const unknown = positional instanceof Unknown ? positional : keywords as Unknown;
  if (callable instanceof PyClass || callable instanceof Unknown) return unknown.derive();
  const self = callable instanceof PyMethod ? callable.self : undefined;
  if (self instanceof PyInstance && self.payload === undefined) self.blur(unknown.derive());
  return callEscaped(unknown, positional, keywords);
}

export function unknownCall(callable: Unknown, positional: readonly Value[], keywords: Keywords | undefined): Unknown {
  escape(positional, callable);
  if (keywords) escape([...keywords.values()], callable);
  return callable.derive();
}

function callEscaped(unknown: Unknown, positional: readonly Value[] | Unknown, keywords: Keywords | Unknown | undefined): Unknown {
  if (!(positional instanceof Unknown)) escape(positional, unknown);
  if (keywords !== undefined && !(keywords instanceof Unknown)) escape([...keywords.values()], unknown);
  return unknown.derive();
}

/** Containers handed to code that cannot be followed may be changed by it, and methods of instances called. */
function escape(values: Iterable<Value>, unknown: Unknown): void {
  for (const value of values) {
    if (value instanceof PyInstance) escapeInstance(value, unknown);
    else if (value instanceof PyTuple) escape(value.items, unknown);
    else if (value instanceof PyList && value.cls.immutable) {
      escape(value.items, unknown);
      value.blur(unknown.derive());
    } else if (value instanceof PyDict && value.cls.immutable) {
      for (const { value: item } of value.entries.values()) if (item instanceof PyInstance) escapeInstance(item, unknown);
      value.blur(unknown.derive());
    } else if (value instanceof PySet && value.cls === classes.set) value.blur(unknown.derive());
  }
}

/**
 * With what it holds itself; values such as tensors have no state that a method could set. Its methods fill what it keeps open and empty;
 * what it has filled itself, such as a model's layers, is taken to stay.
 */
function escapeInstance(instance: PyInstance, unknown: Unknown): void {
  if (instance.escaped || instance.payload !== undefined) return;
  instance.escape();
  for (const [name, value] of instance.attributes ?? []) {
    if (value instanceof PyInstance) escapeInstance(value, unknown);
    else if (!name.startsWith('_') && value instanceof PyList && value.items.length === 0) value.blur(unknown.derive());
  }
}
