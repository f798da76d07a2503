/**
 * How Python values are represented.
 *
 * | Python            | here                                                                                     |
 * | ----------------- | ---------------------------------------------------------------------------------------- |
 * | None, bool, str   | null, boolean, string                                                                    |
 * | int               | number while it is a safe integer, else bigint (`fromBigint` normalises)                 |
 * | float             | PyFloat, so that 1.0 is not 1                                                            |
 * | everything else   | a subclass of PyObject                                                                   |
 * | not knowable      | Unknown (anything), SymbolicInt (an int over dimensions), SymbolicFloat, Condition (bool)|
 *
 * Subclasses of the built-in classes: `class Size(tuple)` makes a PyTuple whose `cls` is Size, likewise list, dict, set,
 * bytes and the exceptions, so `instanceof PyTuple` is right for them all. Subclasses of int, float and str make a PyInstance
 * whose `primitive` is the plain value; `plain(value)` takes it out. Native classes (layerscope.Value) make a PyInstance
 * with a `payload`, which must be treated as immutable: replace it after `touch(instance)`.
 *
 * Mutable objects are journaled: call `touch(object)` before changing `items`, `payload`, ... by hand (see paths/journal.ts).
 * A list, dict or set whose contents cannot be known any more has `blurred` set; its contents are then to be ignored.
 */
import type { PyClass } from './classes.ts';
import { PyInstance } from './instances.ts';
import { classes, type Value } from './object.ts';
import { Condition, Unknown, type Undecided } from './symbolic.ts';

export * from './object.ts';
export * from './attributes.ts';
export * from './classes.ts';
export * from './global-names.ts';
export * from './scalars.ts';
export * from './containers.ts';
export * from './instances.ts';
export * from './callables.ts';
export * from './iterators.ts';
export * from './symbolic.ts';

/** The plain value of an instance of a subclass of int, float or str; any other value as it is. */
export function plain(value: Value): Value {
  return value instanceof PyInstance && value.primitive !== undefined ? value.primitive : value;
}

/** `type(value)`. */
export function typeOf(value: Value): PyClass {
  switch (typeof value) {
    case 'string': return classes.str;
    case 'number': case 'bigint': return classes.int;
    case 'boolean': return classes.bool;
    default: return value === null ? classes.NoneType : value.cls;
  }
}

export function isUndecided(value: Value): value is Undecided {
  return value instanceof Unknown || value instanceof Condition;
}
