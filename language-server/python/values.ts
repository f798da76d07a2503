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
 * Mutable objects are journaled: call `touch(object)` before changing `items`, `payload`, ... by hand (see journal.ts).
 * A list, dict or set whose contents cannot be known any more has `blurred` set; its contents are then to be ignored.
 */
import type { Dimension } from '../../graph/dimension.ts';
import type { Formula } from './condition.ts';
import type { Code } from './code.ts';
import type { Interpreter, Keywords, NativeCall, Place } from './interpreter-api.ts';
import { epoch, type Journaled, touch } from './journal.ts';
import { hashKey, type HashKey } from './hashing.ts';

export type Value = null | boolean | number | bigint | string | PyObject;

// Fields of the classes that are made most are declared here and assigned by the constructors: class fields are slower to make.
export abstract class PyObject {
  abstract cls: PyClass;
  /** `__dict__`, made when the first attribute is set; undefined for ever on values that have none. */
  declare attributes: Attributes | undefined;
  constructor() {
    this.attributes = undefined;
  }
}

/** The `__dict__` of an instance, class or module. Made empty and then filled. */
export class Attributes extends Map<string, Value> implements Journaled {
  stamp = epoch;
  readonly owner: PyObject | undefined;
  constructor(owner?: PyObject) {
    super();
    this.owner = owner;
  }
  override set(name: string, value: Value): this {
    if (this.stamp !== epoch) touch(this);
    if (this.owner instanceof PyClass) this.owner.changed();
    return super.set(name, value);
  }
  override delete(name: string): boolean {
    if (this.stamp !== epoch) touch(this);
    if (this.owner instanceof PyClass) this.owner.changed();
    return super.delete(name);
  }
  override clear(): void {
    touch(this);
    super.clear();
    if (this.owner instanceof PyClass) this.owner.changed();
  }
  snapshot(): unknown {
    return new Map(this);
  }
  restore(snapshot: unknown): void {
    super.clear();
    for (const [name, value] of snapshot as Map<string, Value>) super.set(name, value);
    if (this.owner instanceof PyClass) this.owner.changed();
  }
  /** What reading the name gives where it is not set here: the class's value. */
  fallback(name: string): Value | undefined {
    return this.owner instanceof PyInstance ? this.owner.cls.find(name) : undefined;
  }
}

/** The built-in classes, filled by types.ts; here so that constructors can name them without a cycle of imports. */
export const classes = {} as Record<BuiltinClassName, PyClass>;

export type BuiltinClassName =
  | 'object' | 'type' | 'NoneType' | 'bool' | 'int' | 'float' | 'complex' | 'str' | 'bytes' | 'bytearray' | 'list' | 'tuple' | 'dict' | 'set' | 'frozenset'
  | 'slice' | 'range' | 'function' | 'method' | 'builtin_function_or_method' | 'module' | 'generator' | 'iterator' | 'property'
  | 'classmethod' | 'staticmethod' | 'super' | 'ellipsis' | 'NotImplementedType' | 'cell' | 'mappingproxy' | 'dict_keys' | 'dict_values' | 'dict_items'
  | 'coroutine' | 'traceback' | 'code' | 'frame' | 'BaseException' | 'UnionType' | 'GenericAlias';

/** Every built-in exception, by name, filled by types.ts. */
export const exceptions = {} as Record<string, PyClass> & Record<ExceptionName, PyClass>;

type ExceptionName =
  | 'BaseException' | 'Exception' | 'TypeError' | 'ValueError' | 'AttributeError' | 'NameError' | 'UnboundLocalError' | 'KeyError' | 'IndexError' | 'LookupError'
  | 'StopIteration' | 'StopAsyncIteration' | 'GeneratorExit' | 'RuntimeError' | 'RecursionError' | 'NotImplementedError' | 'ImportError' | 'ModuleNotFoundError'
  | 'ZeroDivisionError' | 'OverflowError' | 'ArithmeticError' | 'AssertionError' | 'MemoryError' | 'OSError' | 'FileNotFoundError' | 'SyntaxError'
  | 'UnicodeDecodeError' | 'UnicodeEncodeError' | 'KeyboardInterrupt' | 'SystemExit' | 'EOFError' | 'Warning' | 'UserWarning' | 'DeprecationWarning' | 'ExceptionGroup' | 'BaseExceptionGroup';

export class PyFloat extends PyObject {
  declare readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
  get cls(): PyClass {
    return classes.float;
  }
}

export class PyComplex extends PyObject {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    super();
    this.real = real;
    this.imaginary = imaginary;
  }
  get cls(): PyClass {
    return classes.complex;
  }
}

/** Ellipsis and NotImplemented. */
export class PySingleton extends PyObject {
  readonly name: 'Ellipsis' | 'NotImplemented';
  constructor(name: 'Ellipsis' | 'NotImplemented') {
    super();
    this.name = name;
  }
  get cls(): PyClass {
    return this.name === 'Ellipsis' ? classes.ellipsis : classes.NotImplementedType;
  }
}
export const ellipsis = new PySingleton('Ellipsis');
export const notImplemented = new PySingleton('NotImplemented');

export class PyBytes extends PyObject {
  /** One code unit below 256 for each byte. */
  readonly value: string;
  cls: PyClass;
  constructor(value: string, cls: PyClass = classes.bytes) {
    super();
    this.value = value;
    this.cls = cls;
  }
}

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

/** An instance of a class made in Python or of a native class. */
export class PyInstance extends PyObject implements Journaled {
  declare cls: PyClass;
  /** What a native class keeps with its instance: immutable; `touch` the instance, then replace it. */
  declare payload: unknown;
  /** The plain value of an instance of a subclass of int, float, str or complex. */
  declare primitive: boolean | number | bigint | string | PyFloat | PyComplex | undefined;
  /** Where it was made in the source: the innermost call that made it. */
  declare place: Place | undefined;
  /** Set where a method of it could not be called: what it does not have may have been set there. */
  declare blurred: Unknown | undefined;
  declare stamp: number;
  constructor(cls: PyClass, payload?: unknown) {
    super();
    this.cls = cls;
    this.payload = payload;
    this.primitive = undefined;
    this.place = undefined;
    this.blurred = undefined;
    this.stamp = epoch;
  }
  snapshot(): unknown {
    return { cls: this.cls, payload: this.payload, blurred: this.blurred };
  }
  restore(snapshot: unknown): void {
    ({ cls: this.cls, payload: this.payload, blurred: this.blurred } = snapshot as PyInstance);
  }
  blur(unknown: Unknown): void {
    touch(this);
    this.blurred = unknown;
  }
}

/** An instance of BaseException. */
export class PyException extends PyObject implements Journaled {
  cls: PyClass;
  args: PyTuple;
  cause: Value = null;
  context: Value = null;
  suppressContext = false;
  /** Outermost call first; filled while it travels. */
  traceback: TracebackEntry[] = [];
  /** Anything that a host attaches: related lines, fixes. */
  notes: unknown[] = [];
  stamp = epoch;
  constructor(cls: PyClass, args: readonly Value[]) {
    super();
    this.cls = cls;
    this.args = new PyTuple(args);
  }
  snapshot(): unknown {
    return { args: this.args, cause: this.cause, context: this.context };
  }
  restore(snapshot: unknown): void {
    ({ args: this.args, cause: this.cause, context: this.context } = snapshot as PyException);
  }
}

export interface TracebackEntry extends Place {
  /** The frame itself, to tell one that catches and raises again. */
  readonly frame: object;
  /** `<module>` or the function's qualified name. */
  readonly function: string;
}

export class PyClass extends PyObject {
  /** The metaclass. */
  cls: PyClass;
  readonly name: string;
  /** What `__name__` was set to. */
  displayName: string | undefined;
  qualname: string;
  bases: readonly PyClass[];
  /** The class itself first, `object` last. */
  mro: readonly PyClass[];
  declare attributes: Attributes;
  /** Built-in and native classes refuse new attributes and are shared by all analyses. */
  readonly immutable: boolean;
  /** Where the class statement stands. */
  place: Place | undefined;
  /** Classes made from it, for `__subclasses__` and for dropping their lookup caches; not kept for immutable classes. */
  subclasses: PyClass[] = [];
  private readonly lookups = new Map<string, Value | typeof missing>();
  /** Facts about the MRO that hot paths need, see classes.ts. */
  traits: ClassTraits | undefined;
  /** `__init_subclass__`-less native classes may refuse instances: the reason, as CPython words it. */
  abstract: string | undefined;
  /** Set where a base is Unknown: what is not found may be there. */
  unknownBase: Unknown | undefined;
  constructor(name: string, bases: readonly PyClass[], options: { metaclass?: PyClass; mro?: readonly PyClass[]; immutable?: boolean; module?: string } = {}) {
    super();
    this.name = name;
    this.qualname = name;
    this.bases = bases;
    this.cls = options.metaclass ?? classes.type;
    this.mro = options.mro ?? [this, ...(bases[0]?.mro ?? [])];
    this.immutable = options.immutable ?? false;
    this.attributes = new Attributes(this);
    if (options.module !== undefined) this.attributes.set('__module__', options.module);
  }
  /** The attribute that the class or the nearest base has, as it stands there. */
  find(name: string): Value | undefined {
    const known = this.lookups.get(name);
    if (known !== undefined) return known === missing ? undefined : known as Value;
    for (const cls of this.mro) {
      const value = cls.attributes.get(name);
      if (value !== undefined) {
        this.lookups.set(name, value);
        return value;
      }
    }
    this.lookups.set(name, missing);
    return undefined;
  }
  /** Forgets what was looked up, here and in the classes derived from it. */
  changed(): void {
    if (this.lookups.size > 0) this.lookups.clear();
    this.traits = undefined;
    for (const cls of this.subclasses) cls.changed();
  }
  isSubclassOf(cls: PyClass): boolean {
    return this === cls || this.mro.includes(cls);
  }
}

const missing = Symbol('missing');

/** undefined where the class does not override what `object` does. */
export interface ClassTraits {
  readonly getattribute: Value | undefined;
  readonly getattr: Value | undefined;
  readonly setattr: Value | undefined;
  readonly delattr: Value | undefined;
  /** The built-in class that decides how instances are laid out: object, int, str, tuple, a native class, ... */
  readonly solid: PyClass;
}

/** A function made by def or lambda. */
export class PyFunction extends PyObject implements Journaled {
  readonly code: Code;
  readonly globals: Attributes;
  readonly closure: readonly Cell[];
  name: string;
  qualname: string;
  module: Value;
  doc: Value;
  defaults: readonly Value[];
  keywordDefaults: Keywords | undefined;
  /** Set by a decorator that cannot be followed: a call that does not fit the function may fit what it made of it. */
  wrapper: Unknown | undefined;
  /** Evaluated when first asked for. */
  annotations: Value | undefined;
  stamp = epoch;
  constructor(code: Code, globals: Attributes, closure: readonly Cell[], defaults: readonly Value[], keywordDefaults: Keywords | undefined, qualname: string) {
    super();
    this.code = code;
    this.globals = globals;
    this.closure = closure;
    this.defaults = defaults;
    this.keywordDefaults = keywordDefaults;
    this.name = code.name;
    this.qualname = qualname;
    this.module = globals.get('__name__') ?? null;
    this.doc = code.doc;
  }
  get cls(): PyClass {
    return classes.function;
  }
  snapshot(): unknown {
    return { name: this.name, qualname: this.qualname, module: this.module, doc: this.doc, defaults: this.defaults, keywordDefaults: this.keywordDefaults, annotations: this.annotations };
  }
  restore(snapshot: unknown): void {
    Object.assign(this, snapshot);
  }
}

/** A variable that a nested function shares. */
export class Cell implements Journaled {
  /** undefined: not bound. */
  value: Value | undefined;
  stamp = epoch;
  constructor(value?: Value) {
    this.value = value;
  }
  set(value: Value | undefined): void {
    if (this.stamp !== epoch) touch(this);
    this.value = value;
  }
  snapshot(): unknown {
    return this.value;
  }
  restore(snapshot: unknown): void {
    this.value = snapshot as Value | undefined;
  }
}

export class PyMethod extends PyObject {
  declare readonly function: Value;
  declare readonly self: Value;
  constructor(callable: Value, self: Value) {
    super();
    this.function = callable;
    this.self = self;
  }
  get cls(): PyClass {
    return classes.method;
  }
}

/** A function written in TypeScript; make it with `native` or `method` of native.ts. */
export class PyNative extends PyObject {
  name: string;
  readonly call: NativeCall;
  /** Whether it becomes a bound method when it is read from an instance. */
  readonly binds: boolean;
  /** Unless set, a call with an Unknown among its arguments is not made and gives Unknown. */
  readonly acceptsUnknown: boolean;
  doc: Value = null;
  module: Value = 'builtins';
  /** Parameter names for inspect.signature, where it is known. */
  signature: string | undefined;
  /** The class that it is a method of. */
  owner: PyClass | undefined;
  constructor(name: string, call: NativeCall, options: { binds?: boolean; acceptsUnknown?: boolean } = {}) {
    super();
    this.name = name;
    this.call = call;
    this.binds = options.binds ?? false;
    this.acceptsUnknown = options.acceptsUnknown ?? false;
  }
  get cls(): PyClass {
    return classes.builtin_function_or_method;
  }
}

/** Also what native getset descriptors are: getter and setter natives. */
export class PyProperty extends PyObject {
  readonly getter: Value;
  readonly setter: Value;
  readonly deleter: Value;
  doc: Value;
  cls: PyClass;
  constructor(getter: Value, setter: Value = null, deleter: Value = null, doc: Value = null, cls: PyClass = classes.property) {
    super();
    this.getter = getter;
    this.setter = setter;
    this.deleter = deleter;
    this.doc = doc;
    this.cls = cls;
  }
}

export class PyClassMethod extends PyObject {
  readonly function: Value;
  cls: PyClass;
  constructor(callable: Value, cls: PyClass = classes.classmethod) {
    super();
    this.function = callable;
    this.cls = cls;
  }
}

export class PyStaticMethod extends PyObject {
  readonly function: Value;
  cls: PyClass;
  constructor(callable: Value, cls: PyClass = classes.staticmethod) {
    super();
    this.function = callable;
    this.cls = cls;
  }
}

export class PySuper extends PyObject {
  /** The lookup begins behind this class in the MRO of `type`. */
  readonly after: PyClass;
  readonly self: Value;
  readonly type: PyClass;
  constructor(after: PyClass, self: Value, type: PyClass) {
    super();
    this.after = after;
    this.self = self;
    this.type = type;
  }
  get cls(): PyClass {
    return classes.super;
  }
}

/** Among a module's attributes: it has not run yet. Journaled with them. */
export const PENDING = '__pending__';

export class PyModule extends PyObject {
  readonly name: string;
  declare attributes: Attributes;
  cls: PyClass = classes.module;
  /** Runs a deferred module; called while its attributes hold the name PENDING. */
  run: (() => void) | undefined;
  constructor(name: string) {
    super();
    this.name = name;
    this.attributes = new Attributes(this);
    this.attributes.set('__name__', name);
  }
}

/**
 * Any iterator but a generator: `advance` gives the next value, or undefined at the end.
 * Values that a fork's arm took are given again after the arm was undone.
 */
export class PyIterator extends PyObject implements Journaled {
  readonly advance: () => Value | undefined;
  /** Values taken inside epochs younger than the iterator, and how many of them are taken at present. */
  private readonly taken: (Value | undefined)[] = [];
  private position = 0;
  private readonly born = epoch;
  cls: PyClass;
  stamp = epoch;
  constructor(advance: () => Value | undefined, cls: PyClass = classes.iterator) {
    super();
    this.advance = advance;
    this.cls = cls;
  }
  next(): Value | undefined {
    if (this.stamp !== epoch) touch(this);
    if (this.position < this.taken.length) return this.taken[this.position++];
    const value = this.advance();
    if (epoch !== this.born) {
      this.taken.push(value);
      this.position++;
    }
    return value;
  }
  snapshot(): unknown {
    return this.position;
  }
  restore(snapshot: unknown): void {
    this.position = snapshot as number;
  }
}

/** What a generator's body is run by, see generators.ts. `sent` undefined: plain next(). */
export interface Resumable {
  next(sent: Value): { value: Value; done: boolean };
  throw(error: unknown): { value: Value; done: boolean };
  /** `close()`: raises GeneratorExit where it waits. */
  close(): void;
}

export class PyGenerator extends PyObject implements Journaled {
  readonly name: string;
  readonly body: Resumable;
  finished = false;
  running = false;
  /** What `return` gave: StopIteration.value. */
  returned: Value = null;
  private readonly taken: { value: Value; done: boolean }[] = [];
  private position = 0;
  private readonly born = epoch;
  cls: PyClass = classes.generator;
  stamp = epoch;
  constructor(name: string, body: Resumable) {
    super();
    this.name = name;
    this.body = body;
  }
  /** The next value; undefined when the generator has returned. */
  next(sent: Value = null): Value | undefined {
    if (this.stamp !== epoch) touch(this);
    let step: { value: Value; done: boolean };
    if (this.position < this.taken.length) step = this.taken[this.position++];
    else if (this.finished) return undefined;
    else {
      step = this.body.next(sent);
      if (epoch !== this.born) {
        this.taken.push(step);
        this.position++;
      }
    }
    if (!step.done) return step.value;
    this.finished = true;
    this.returned = step.value;
    return undefined;
  }
  snapshot(): unknown {
    return { finished: this.finished, position: this.position };
  }
  restore(snapshot: unknown): void {
    ({ finished: this.finished, position: this.position } = snapshot as { finished: boolean; position: number });
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

/** A value that cannot be known. Every operation on it gives an Unknown of the same reason and place. */
export class Unknown extends PyObject {
  readonly reason: string;
  /** Where it came from, where that is a place in a source file. */
  readonly place: Place | undefined;
  /** int, float, bool or str where that much is known of it. */
  readonly type: PyClass | undefined;
  constructor(reason: string, place?: Place, type?: PyClass) {
    super();
    this.reason = reason;
    this.place = place;
    this.type = type;
  }
  get cls(): PyClass {
    return this.type ?? classes.object;
  }
  /** Another unknown value of the same origin: not known to be equal to this one. */
  derive(type?: PyClass): Unknown {
    return new Unknown(this.reason, this.place, type);
  }
}

/** An int that is a polynomial over dimension symbols, never a constant: make it with `fromDimension`. */
export class SymbolicInt extends PyObject {
  readonly dimension: Exclude<Dimension, number>;
  constructor(dimension: Exclude<Dimension, number>) {
    super();
    this.dimension = dimension;
  }
  get cls(): PyClass {
    return classes.int;
  }
}

/** numerator / denominator, as true division of dimensions gives it, so that `int(h / 2)` and `math.ceil(h / 2)` stay exact. */
export class SymbolicFloat extends PyObject {
  readonly numerator: Dimension;
  readonly denominator: Dimension;
  constructor(numerator: Dimension, denominator: Dimension) {
    super();
    this.numerator = numerator;
    this.denominator = denominator;
  }
  get cls(): PyClass {
    return classes.float;
  }
}

/** A bool that depends on dimensions. */
export class Condition extends PyObject {
  readonly formula: Formula;
  constructor(formula: Formula) {
    super();
    this.formula = formula;
  }
  get cls(): PyClass {
    return classes.bool;
  }
}

export type Undecided = Unknown | Condition;

export function fromDimension(dimension: Dimension): number | SymbolicInt {
  return typeof dimension === 'number' ? dimension : new SymbolicInt(dimension);
}

/** The dimension that an int is; undefined for anything else. */
export function toDimension(value: Value): Dimension | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof SymbolicInt) return value.dimension;
  if (value instanceof PyInstance && value.primitive !== undefined) return toDimension(value.primitive);
  return undefined;
}

/** The number where it is safe, else the bigint. */
export function fromBigint(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

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
