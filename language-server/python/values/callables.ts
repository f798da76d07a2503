/** Functions, methods, the descriptors that make methods of them, and the cells that they share. */
import type { Code } from '../compilation/code.ts';
import type { Keywords, NativeCall } from '../interpreter-api.ts';
import { epoch, type Journaled, touch } from '../paths/journal.ts';
import type { Attributes } from './attributes.ts';
import type { PyClass } from './classes.ts';
import { classes, PyObject, type Value } from './object.ts';
import type { Unknown } from './symbolic.ts';

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
  /** Raises where these arguments do not fit its signature, without calling it. */
  fit: ((...call: Parameters<NativeCall>) => void) | undefined;
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
