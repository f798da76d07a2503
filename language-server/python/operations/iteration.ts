/** Iterating: a function that gives the next value, or undefined at the end. */
import { following } from '../paths/cuts.ts';
import type { Advance } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { exceptions } from '../values/builtin-classes.ts';
import {
  classes, Condition, plain, PyBytes, type PyClass, PyDict, PyDictView, PyGenerator, PyIterator, PyList, PyRange, PySet, PyTuple, Unknown, type Value, typeOf,
} from '../values/index.ts';
import { PythonError } from '../interpreter-api.ts';

/** Sequences beyond this length are unpacked to an unknown one. */
const LONGEST = 2_000_000;

export function iterateOrUnknown(machine: Machine, value: Value, refuse?: (cls: PyClass) => string): Advance | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof Condition) return machine.unknownFrom(value);
  const cls = typeOf(value);
  if (!cls.immutable) {
    const method = cls.find('__iter__');
    if (method !== undefined && !isBuiltinMethod(method)) return advanceOf(machine, machine.callFound(method, value, []));
  }
  const direct = builtinIteration(machine, plain(value));
  if (direct !== undefined) return direct;
  const method = cls.find('__iter__');
  if (method !== undefined && method !== null) return advanceOf(machine, machine.callFound(method, value, []));
  const getItem = cls.find('__getitem__');
  if (getItem !== undefined && method === undefined) return bySubscript(machine, value, getItem);
  if (cls.unknownBase !== undefined) return cls.unknownBase.derive();
  throw machine.error(exceptions.TypeError, refuse?.(cls) ?? `'${cls.name}' object is not iterable`);
}

function builtinIteration(machine: Machine, value: Value): Advance | Unknown | undefined {
  if (typeof value === 'string') {
    const characters = value[Symbol.iterator]();
    return () => {
      const next = characters.next();
      return next.done ? undefined : next.value;
    };
  }
  if (value instanceof PyList) {
    if (value.blurred) return value.blurred;
    let index = 0;
    return () => (index < value.items.length ? value.items[index++] : undefined);
  }
  if (value instanceof PyTuple) {
    const { items } = value;
    let index = 0;
    return () => (index < items.length ? items[index++] : undefined);
  }
  if (value instanceof PyRange) {
    let index = 0;
    return () => (index < value.length ? value.start + value.step * index++ : undefined);
  }
  if (value instanceof PyDict) return overEntries(machine, value, 'keys');
  if (value instanceof PyDictView) return overEntries(machine, value.dict, value.kind);
  if (value instanceof PySet) {
    if (value.blurred) return value.blurred;
    const { size } = value;
    const items = value.entries.values();
    return () => {
      if (value.size !== size) throw machine.error(exceptions.RuntimeError, 'Set changed size during iteration');
      return items.next().value;
    };
  }
  if (value instanceof PyGenerator || value instanceof PyIterator) return following(value);
  if (value instanceof PyBytes) {
    let index = 0;
    return () => (index < value.value.length ? value.value.charCodeAt(index++) : undefined);
  }
  return undefined;
}

function overEntries(machine: Machine, dict: PyDict, kind: PyDictView['kind']): Advance | Unknown {
  if (dict.blurred) return dict.blurred;
  const { size } = dict;
  const entries = dict.entries.values();
  return () => {
    if (dict.size !== size) throw machine.error(exceptions.RuntimeError, 'dictionary changed size during iteration');
    const next = entries.next();
    if (next.done) return undefined;
    const { key, value } = next.value;
    return kind === 'keys' ? key : kind === 'values' ? value : new PyTuple([key, value]);
  };
}

/** The `next` of what `__iter__` returned. */
function advanceOf(machine: Machine, iterator: Value): Advance | Unknown {
  if (iterator instanceof Unknown) return iterator;
  if (iterator instanceof PyGenerator || iterator instanceof PyIterator) return following(iterator);
  const next = typeOf(iterator).find('__next__');
  if (next === undefined) throw machine.error(exceptions.TypeError, `iter() returned non-iterator of type '${typeOf(iterator).name}'`);
  let rounds = 0;
  let previous: Unknown | undefined;
  return () => {
    try {
      const value = machine.callFound(next, iterator, []);
      // an iterator that gives nothing but unknown values never ends by itself
      if (value instanceof Unknown) {
        if (previous !== undefined && ++rounds > 2) return undefined;
        previous = value;
      }
      return value;
    } catch (thrown) {
      if (thrown instanceof PythonError && thrown.exception.cls.isSubclassOf(exceptions.StopIteration)) return undefined;
      throw thrown;
    }
  };
}

function bySubscript(machine: Machine, value: Value, getItem: Value): Advance {
  let index = 0;
  return () => {
    try {
      const item = machine.callFound(getItem, value, [index++]);
      return item instanceof Unknown && index > 3 ? undefined : item;
    } catch (thrown) {
      if (thrown instanceof PythonError && (thrown.exception.cls.isSubclassOf(exceptions.IndexError) || thrown.exception.cls.isSubclassOf(exceptions.StopIteration))) return undefined;
      throw thrown;
    }
  };
}

function isBuiltinMethod(method: Value): boolean {
  return typeof method === 'object' && method !== null && method.cls === classes.builtin_function_or_method;
}

/** `iter(value)` as a Python value. */
export function iterator(machine: Machine, value: Value): Value {
  if (value instanceof Unknown) return value.derive();
  if (value instanceof PyGenerator || value instanceof PyIterator) return value;
  const cls = typeOf(value);
  const method = cls.immutable ? undefined : cls.find('__iter__');
  if (method !== undefined && !isBuiltinMethod(method)) return machine.callFound(method, value, []);
  const advance = iterateOrUnknown(machine, value);
  return advance instanceof Unknown ? advance.derive() : new PyIterator(advance);
}

/** Every item; Unknown where their number is not known. */
export function unpackAll(machine: Machine, value: Value): readonly Value[] | Unknown {
  if (value instanceof PyTuple && value.cls.immutable) return value.items;
  if (value instanceof PyList && value.cls.immutable) return value.blurred ?? value.items.slice();
  if (value instanceof PyRange && value.length > LONGEST) return machine.unknown(`a range of ${value.length} elements is not followed`);
  const advance = iterateOrUnknown(machine, value);
  if (advance instanceof Unknown) return advance;
  const items: Value[] = [];
  for (let item = advance(); item !== undefined; item = advance()) {
    machine.spend(1);
    items.push(item);
    if (items.length > LONGEST) return machine.unknown('a sequence of too many elements to follow');
  }
  return advance.cut ?? items;
}

/** At most `limit` items, as unpacking takes them. */
export function unpackUpTo(machine: Machine, value: Value, limit: number): readonly Value[] | Unknown {
  const advance = iterateOrUnknown(machine, value, (cls) => `cannot unpack non-iterable ${cls.name} object`);
  if (advance instanceof Unknown) return advance;
  const items: Value[] = [];
  while (items.length < limit) {
    const item = advance();
    if (item === undefined) break;
    items.push(item);
  }
  return advance.cut ?? items;
}
