/** `object[index]`, with slices. */
import { unknownOf } from './mappings.ts';
import type { Machine } from '../interpreter.ts';
import { touch } from '../paths/journal.ts';
import { exceptions } from '../values/builtin-classes.ts';
import {
  classes, Condition, plain, PyBytes, PyClass, PyDict, PyList, PyObject, PyRange, PySet, PySlice, PyTuple, SymbolicInt, Unknown, type Value, typeOf,
} from '../values/index.ts';

export function getItem(machine: Machine, object: Value, index: Value): Value {
  if (object instanceof PyList && object.cls.immutable || object instanceof PyTuple && object.cls.immutable) {
    const { items } = object;
    if (typeof index === 'number') {
      const value = items[index < 0 ? index + items.length : index];
      if (value !== undefined) return value;
    }
  }
  if (object instanceof Unknown) return machine.unknownItem(object, index);
  const cls = typeOf(object);
  if (!cls.immutable) {
    const method = cls.find('__getitem__');
    if (method !== undefined) return machine.callFound(method, object, [index]);
  }
  const value = rawGetItem(machine, object, index);
  if (value !== undefined) return value;
  if (object instanceof PyClass) return classItem(machine, object, index);
  const method = cls.find('__getitem__');
  if (method !== undefined) return machine.callFound(method, object, [index]);
  if (cls.unknownBase !== undefined) return cls.unknownBase.derive();
  throw machine.error(exceptions.TypeError, `'${cls.name}' object is not subscriptable`);
}

/** `List[int]`: `__class_getitem__`; classes without one are generic by name alone. */
function classItem(machine: Machine, object: PyClass, index: Value): Value {
  const meta = object.cls.find('__getitem__');
  if (meta !== undefined) return machine.callFound(meta, object, [index]);
  const hook = object.find('__class_getitem__');
  if (hook !== undefined) return machine.call(machine.getAttribute(object, '__class_getitem__'), [index]);
  if (object.unknownBase !== undefined || object.immutable && object !== classes.int && object !== classes.str && object !== classes.float && object !== classes.bool) return machine.genericAlias(object, index);
  throw machine.error(exceptions.TypeError, `type '${object.name}' is not subscriptable`);
}

/** Whoever reaches for an empty container by an index that is not known is about to fill it. */
function blurEmpty(items: readonly Value[], unknown: Unknown): void {
  for (const item of items) {
    if ((item instanceof PyList && item.items.length === 0) || ((item instanceof PyDict || item instanceof PySet) && item.size === 0)) item.blur(unknown.derive());
  }
}

/** For built-in containers, subclasses of them included; undefined for other objects. */
export function rawGetItem(machine: Machine, object: Value, index: Value): Value | undefined {
  const value = plain(object);
  if (value instanceof PyDict) {
    let found: Value | undefined;
    const unknown = unknownOf(machine, () => {
      found = value.get(machine, index);
    });
    if (unknown) {
      // `defaultdict` may get an item
      if (!value.cls.immutable && value.cls.find('__missing__') !== undefined) value.blur(unknown);
      else blurEmpty(Array.from(value.entries.values(), ({ value: item }) => item), unknown);
      return unknown;
    }
    if (found !== undefined) return found;
    if (value.blurred) return value.blurred.derive();
    if (!value.cls.immutable) {
      const missing = value.cls.find('__missing__');
      if (missing !== undefined) return machine.callFound(missing, object, [index]);
    }
    throw machine.error(exceptions.KeyError, index);
  }
  if (value instanceof PyList) {
    if (value.blurred) return index instanceof PySlice ? blurredList(value.blurred) : value.blurred.derive();
    if (index instanceof Unknown) {
      blurEmpty(value.items, index);
      return common(value.items) ?? index.derive();
    }
    const items = at(machine, value.items, index, 'list');
    return Array.isArray(items) ? new PyList(items) : items as Value;
  }
  if (value instanceof PyTuple) {
    if (index instanceof Unknown) return common(value.items) ?? index.derive();
    const items = at(machine, value.items, index, 'tuple');
    return Array.isArray(items) ? new PyTuple(items) : items as Value;
  }
  if (typeof value === 'string') {
    if (index instanceof Unknown) return index.derive();
    // code points, as Python counts them
    const characters = /[\ud800-\udfff]/.test(value) ? Array.from(value) : value;
    const part = at(machine, characters as unknown as readonly Value[], index, 'string');
    return Array.isArray(part) ? part.join('') : part as Value;
  }
  if (value instanceof PyBytes) {
    if (index instanceof Unknown) return index.derive();
    const part = at(machine, value.value as unknown as readonly Value[], index, 'bytes');
    return Array.isArray(part) ? new PyBytes(part.join('')) : typeof part === 'string' ? part.charCodeAt(0) : part as Value;
  }
  if (value instanceof PyRange) {
    if (index instanceof Unknown) return index.derive();
    if (index instanceof PySlice) {
      const bounds = sliceBounds(machine, index, value.length);
      if (bounds instanceof Unknown) return bounds;
      return new PyRange(value.start + bounds.start * value.step, value.start + bounds.stop * value.step, value.step * bounds.step);
    }
    const position = positionOf(machine, index, value.length, 'range');
    return typeof position === 'number' ? value.start + value.step * position : position;
  }
  return undefined;
}

/** What every item is, where they are all the same. */
function common(items: readonly Value[]): Value | undefined {
  return items.length > 0 && items.every((item) => item === items[0]) ? items[0] : undefined;
}

function blurredList(unknown: Unknown): PyList {
  const list = new PyList();
  list.blurred = unknown;
  return list;
}

/** One item, an array for a slice, or Unknown. */
function at(machine: Machine, items: readonly Value[], index: Value, kind: string): Value | Value[] {
  if (index instanceof PySlice) {
    const bounds = sliceBounds(machine, index, items.length);
    if (bounds instanceof Unknown) return bounds;
    const { start, step, count } = bounds;
    const taken: Value[] = [];
    for (let i = 0; i < count; i++) taken.push(items[start + i * step]);
    return taken;
  }
  const position = positionOf(machine, index, items.length, kind);
  return typeof position === 'number' ? items[position] : position;
}

function positionOf(machine: Machine, index: Value, length: number, kind: string): number | Unknown {
  if (index instanceof SymbolicInt || index instanceof Condition || index instanceof Unknown) {
    return machine.unknown('the index depends on a dimension');
  }
  const number = knownIndex(machine, index);
  if (number instanceof Unknown) return number;
  if (number === undefined) {
    throw machine.error(exceptions.TypeError, kind === 'string' ? `string indices must be integers, not '${typeOf(index).name}'` : `${kind === 'bytes' ? 'byte' : kind} indices must be integers or slices, not ${typeOf(index).name}`);
  }
  const position = number < 0 ? number + length : number;
  if (position < 0 || position >= length) throw machine.error(exceptions.IndexError, kind === 'range' ? 'range object index out of range' : kind === 'bytes' ? 'index out of range' : `${kind} index out of range`);
  return position;
}

/** The int that an index is, clamped; undefined for what is none. */
export function asIndex(machine: Machine, value: Value): number | undefined {
  const inner = plain(value);
  if (typeof inner === 'number') return inner;
  if (typeof inner === 'boolean') return Number(inner);
  if (typeof inner === 'bigint') return inner > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  if (inner instanceof PyObject && inner.cls.find('__index__') !== undefined) return Number(machine.toIndex(inner));
  return undefined;
}

/** The same; Unknown where an `__index__` gives what is not known. */
function knownIndex(machine: Machine, value: Value): number | Unknown | undefined {
  let number: number | undefined;
  return unknownOf(machine, () => {
    number = asIndex(machine, value);
  }) ?? number;
}

export interface SliceBounds {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

/** `slice.indices(length)` and the number of items; Unknown where a bound is. */
export function sliceBounds(machine: Machine, slice: PySlice, length: number): SliceBounds | Unknown {
  const part = (value: Value): number | Unknown | undefined => {
    if (value === null) return undefined;
    if (value instanceof Unknown) return value.derive();
    if (value instanceof SymbolicInt) return machine.unknown('a slice bound depends on a dimension');
    const number = knownIndex(machine, value);
    if (number === undefined) throw machine.error(exceptions.TypeError, 'slice indices must be integers or None or have an __index__ method');
    return number;
  };
  const step = part(slice.step) ?? 1;
  const lower = part(slice.start);
  const upper = part(slice.stop);
  for (const bound of [step, lower, upper]) if (bound instanceof Unknown) return bound;
  const by = step as number;
  if (by === 0) throw machine.error(exceptions.ValueError, 'slice step cannot be zero');
  const clamp = (bound: number): number => {
    const from = bound < 0 ? bound + length : bound;
    return by > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1);
  };
  const start = lower === undefined ? (by > 0 ? 0 : length - 1) : clamp(lower as number);
  const stop = upper === undefined ? (by > 0 ? length : -1) : clamp(upper as number);
  return { start, stop, step: by, count: Math.max(0, Math.ceil((stop - start) / by)) };
}

export function setItem(machine: Machine, object: Value, index: Value, value: Value): void {
  if (object instanceof Unknown || object instanceof Condition) return;
  const cls = typeOf(object);
  if (cls.immutable && rawSetItem(machine, object, index, value)) return;
  const method = cls.find('__setitem__');
  if (method !== undefined) machine.callFound(method, object, [index, value]);
  else if (cls.immutable || !rawSetItem(machine, object, index, value)) throw machine.error(exceptions.TypeError, `'${cls.name}' object does not support item assignment`);
}

export function rawSetItem(machine: Machine, object: Value, index: Value, value: Value): boolean {
  if (object instanceof PyDict) {
    machine.setDictItem(object, index, value);
    return true;
  }
  return changeList(machine, object, index, (list, slice) => assignSlice(machine, list, slice, value), (list, position) => {
    list.items[position] = value;
  });
}

/** Changes a list at one index or at a slice; where the index is not known, what it holds is not known any more. False for what is no list. */
function changeList(machine: Machine, object: Value, index: Value, atSlice: (list: PyList, slice: PySlice) => void, at: (list: PyList, position: number) => void): boolean {
  if (!(object instanceof PyList)) return false;
  if (object.blurred) return true;
  if (index instanceof Unknown || index instanceof SymbolicInt) {
    object.blur(index instanceof Unknown ? index : machine.unknown('the index depends on a dimension'));
    return true;
  }
  touch(object);
  if (index instanceof PySlice) {
    atSlice(object, index);
    return true;
  }
  const number = knownIndex(machine, index);
  if (number instanceof Unknown) {
    object.blur(number);
    return true;
  }
  if (number === undefined) throw machine.error(exceptions.TypeError, `list indices must be integers or slices, not ${typeOf(index).name}`);
  const position = number < 0 ? number + object.items.length : number;
  if (position < 0 || position >= object.items.length) throw machine.error(exceptions.IndexError, 'list assignment index out of range');
  at(object, position);
  return true;
}

function assignSlice(machine: Machine, list: PyList, slice: PySlice, value: Value): void {
  const bounds = sliceBounds(machine, slice, list.items.length);
  const values = machine.unpackAll(value);
  if (bounds instanceof Unknown || values instanceof Unknown) {
    list.blur(bounds instanceof Unknown ? bounds : values as Unknown);
    return;
  }
  const { start, stop, step, count } = bounds;
  if (step === 1) {
    list.items.splice(start, Math.max(0, stop - start), ...values);
    return;
  }
  if (values.length !== count) throw machine.error(exceptions.ValueError, `attempt to assign sequence of size ${values.length} to extended slice of size ${count}`);
  for (let i = 0; i < count; i++) list.items[start + i * step] = values[i];
}

export function deleteItem(machine: Machine, object: Value, index: Value): void {
  if (object instanceof Unknown || object instanceof Condition) return;
  const cls = typeOf(object);
  if (cls.immutable && rawDeleteItem(machine, object, index)) return;
  const method = cls.find('__delitem__');
  if (method !== undefined) machine.callFound(method, object, [index]);
  else if (cls.immutable || !rawDeleteItem(machine, object, index)) throw machine.error(exceptions.TypeError, `'${cls.name}' object doesn't support item deletion`);
}

export function rawDeleteItem(machine: Machine, object: Value, index: Value): boolean {
  if (object instanceof PyDict) {
    const unknown = unknownOf(machine, () => {
      if (object.delete(machine, index) === undefined && !object.blurred) throw machine.error(exceptions.KeyError, index);
    });
    if (unknown) object.blur(unknown);
    return true;
  }
  return changeList(machine, object, index, (list, slice) => deleteSlice(machine, list, slice), (list, position) => list.items.splice(position, 1));
}

function deleteSlice(machine: Machine, list: PyList, slice: PySlice): void {
  const bounds = sliceBounds(machine, slice, list.items.length);
  if (bounds instanceof Unknown) {
    list.blur(bounds);
    return;
  }
  const doomed = new Set<number>();
  for (let i = 0; i < bounds.count; i++) doomed.add(bounds.start + i * bounds.step);
  const kept = list.items.filter((_, position) => !doomed.has(position));
  list.items.splice(0, list.items.length, ...kept);
}
