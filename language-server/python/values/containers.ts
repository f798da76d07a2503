/** Tuples, lists, dicts, sets, slices and ranges. */
import { hashKey, type HashKey } from '../operations/hashing.ts';
import type { Interpreter } from '../interpreter-api.ts';
import { epoch, type Journaled, touch } from '../paths/journal.ts';
import type { PyClass } from './classes.ts';
import { classes, PyObject, type Value } from './object.ts';
import type { Unknown } from './symbolic.ts';

export class PyTuple extends PyObject {
  declare readonly items: readonly Value[];
  declare cls: PyClass;
  constructor(items: readonly Value[], cls: PyClass = classes.tuple) {
    super();
    this.items = items;
    this.cls = cls;
  }
}

export class PyList extends PyObject implements Journaled {
  /** Call `touch(list)` before changing it. */
  declare items: Value[];
  declare blurred: Unknown | undefined;
  declare cls: PyClass;
  declare stamp: number;
  constructor(items: Value[] = [], cls: PyClass = classes.list) {
    super();
    this.items = items;
    this.blurred = undefined;
    this.cls = cls;
    this.stamp = epoch;
  }
  snapshot(): unknown {
    return { items: this.items.slice(), blurred: this.blurred };
  }
  restore(snapshot: unknown): void {
    const { items, blurred } = snapshot as PyList;
    // a native may hold on to `items` while it calls back into Python: the array keeps its identity
    this.items.length = 0;
    for (const item of items) this.items.push(item);
    this.blurred = blurred;
  }
  push(value: Value): void {
    if (this.stamp !== epoch) touch(this);
    this.items.push(value);
  }
  blur(unknown: Unknown): void {
    touch(this);
    this.items.length = 0;
    this.blurred = unknown;
  }
}

export interface Entry {
  readonly key: Value;
  value: Value;
}

/** Insertion ordered; keys by Python's hash and equality: 1, 1.0 and True are one key. */
export class PyDict extends PyObject implements Journaled {
  /** By `hashKey`. Read it freely; write through the methods. */
  entries = new Map<HashKey, Entry>();
  blurred: Unknown | undefined;
  cls: PyClass;
  stamp = epoch;
  constructor(cls: PyClass = classes.dict) {
    super();
    this.cls = cls;
  }
  static of(pairs: Iterable<readonly [string, Value]>): PyDict {
    const dict = new PyDict();
    for (const [key, value] of pairs) dict.entries.set(key, { key, value });
    return dict;
  }
  get size(): number {
    return this.entries.size;
  }
  /** Raises TypeError for unhashable keys. */
  get(interpreter: Interpreter, key: Value): Value | undefined {
    return this.entries.get(hashKey(interpreter, key, this.entries))?.value;
  }
  getText(key: string): Value | undefined {
    return this.entries.get(key)?.value;
  }
  has(interpreter: Interpreter, key: Value): boolean {
    return this.entries.has(hashKey(interpreter, key, this.entries));
  }
  set(interpreter: Interpreter, key: Value, value: Value): void {
    const hashed = hashKey(interpreter, key, this.entries);
    if (this.stamp !== epoch) touch(this);
    const entry = this.entries.get(hashed);
    if (entry) entry.value = value;
    else this.entries.set(hashed, { key, value });
  }
  setText(key: string, value: Value): void {
    if (this.stamp !== epoch) touch(this);
    const entry = this.entries.get(key);
    if (entry) entry.value = value;
    else this.entries.set(key, { key, value });
  }
  /** The value that was removed. */
  delete(interpreter: Interpreter, key: Value): Value | undefined {
    const hashed = hashKey(interpreter, key, this.entries);
    const entry = this.entries.get(hashed);
    if (entry === undefined) return undefined;
    if (this.stamp !== epoch) touch(this);
    this.entries.delete(hashed);
    return entry.value;
  }
  clear(): void {
    touch(this);
    this.entries.clear();
    this.blurred = undefined;
  }
  snapshot(): unknown {
    const copy = new Map<HashKey, Entry>();
    for (const [hashed, { key, value }] of this.entries) copy.set(hashed, { key, value });
    return { entries: copy, blurred: this.blurred };
  }
  restore(snapshot: unknown): void {
    const { entries, blurred } = snapshot as PyDict;
    this.entries.clear();
    for (const [hashed, { key, value }] of entries) this.entries.set(hashed, { key, value });
    this.blurred = blurred;
  }
  blur(unknown: Unknown): void {
    touch(this);
    this.blurred = unknown;
  }
}

/** keys(), values() and items() of a dict: live views. */
export class PyDictView extends PyObject {
  readonly dict: PyDict;
  readonly kind: 'keys' | 'values' | 'items';
  constructor(dict: PyDict, kind: 'keys' | 'values' | 'items') {
    super();
    this.dict = dict;
    this.kind = kind;
  }
  get cls(): PyClass {
    return this.kind === 'keys' ? classes.dict_keys : this.kind === 'values' ? classes.dict_values : classes.dict_items;
  }
}

/** set and frozenset. Iterates in insertion order (CPython's order is not defined). */
export class PySet extends PyObject implements Journaled {
  entries = new Map<HashKey, Value>();
  blurred: Unknown | undefined;
  cls: PyClass;
  stamp = epoch;
  constructor(cls: PyClass = classes.set) {
    super();
    this.cls = cls;
  }
  static of(interpreter: Interpreter, items: Iterable<Value>, cls: PyClass = classes.set): PySet {
    const set = new PySet(cls);
    for (const item of items) set.add(interpreter, item);
    return set;
  }
  get size(): number {
    return this.entries.size;
  }
  has(interpreter: Interpreter, item: Value): boolean {
    return this.entries.has(hashKey(interpreter, item, this.entries));
  }
  add(interpreter: Interpreter, item: Value): void {
    const hashed = hashKey(interpreter, item, this.entries);
    if (this.entries.has(hashed)) return;
    if (this.stamp !== epoch) touch(this);
    this.entries.set(hashed, item);
  }
  delete(interpreter: Interpreter, item: Value): boolean {
    const hashed = hashKey(interpreter, item, this.entries);
    if (!this.entries.has(hashed)) return false;
    if (this.stamp !== epoch) touch(this);
    return this.entries.delete(hashed);
  }
  clear(): void {
    touch(this);
    this.entries.clear();
    this.blurred = undefined;
  }
  snapshot(): unknown {
    return { entries: new Map(this.entries), blurred: this.blurred };
  }
  restore(snapshot: unknown): void {
    const { entries, blurred } = snapshot as PySet;
    this.entries.clear();
    for (const [hashed, item] of entries) this.entries.set(hashed, item);
    this.blurred = blurred;
  }
  blur(unknown: Unknown): void {
    touch(this);
    this.blurred = unknown;
  }
}

export class PySlice extends PyObject {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
  constructor(start: Value, stop: Value, step: Value) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
  get cls(): PyClass {
    return classes.slice;
  }
}

/** Bounds beyond safe integers are clamped: no such range is ever run to its end. */
export class PyRange extends PyObject {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly length: number;
  constructor(start: number, stop: number, step = 1) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }
  get cls(): PyClass {
    return classes.range;
  }
}
