/** Calls that cannot be followed: of something unknown, or with arguments that could not all be unpacked. */
import type { Keywords } from '../interpreter-api.ts';
import { classes, PyClass, PyDict, PyInstance, PyList, PyMethod, PySet, Unknown, type Value } from '../values/index.ts';

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

/** Containers handed to code that cannot be followed may be changed by it. */
function escape(values: readonly Value[], unknown: Unknown): void {
  for (const value of values) {
    if (value instanceof PyList && value.cls.immutable) value.blur(unknown.derive());
    else if (value instanceof PyDict && value.cls.immutable || value instanceof PySet && value.cls === classes.set) value.blur(unknown.derive());
  }
}
