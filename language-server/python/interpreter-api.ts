/**
 * What natives (built-ins, the standard library, the `layerscope` module) and hosts (the analysis) code against.
 *
 * ## Writing natives
 * A native is a PyNative, made with `native` or `method` of native.ts:
 *
 *     native('clamp', 'x, low=, high=', (interpreter, x, low, high) => ...)
 *     method(classes.str, 'split', 'sep=, maxsplit=', (interpreter, self, sep, maxsplit) => ...)
 *
 * The signature string is Python's (`/`, `*`, `*args`, `**kwargs` included); a parameter with `=` that the call leaves out
 * arrives as undefined. Wrong calls raise the TypeError that CPython raises.
 * A native that is given an Unknown argument is not called and its result is Unknown, unless it is made with
 * `{ acceptsUnknown: true }`; SymbolicInt, Condition and blurred containers do reach it.
 * Where a native needs something that is not known, it throws `new NotKnown(unknown)`: its result becomes that Unknown.
 * `interpreter.toIndex`, `toArray`, `decided` throw it for you.
 * A Python exception is raised by `throw interpreter.error(classes.X or exceptions.X, message)`.
 * Loops that can be long call `interpreter.spend(steps)` so that fuel and cancellation are looked at.
 *
 * ## Native modules
 * A NativeModule is a table of names to values; a host's `resolve` gives it for the module's absolute name.
 */
import type * as syntax from './source/syntax.ts';
import type { Condition, PyClass, PyException, PyFunction, PyInstance, PyModule, Undecided, Unknown, Value } from './values/index.ts';
import type { Formula } from './paths/condition.ts';

export type Keywords = Map<string, Value>;

/** Keywords are undefined where there are none. Neither argument may be kept or changed. */
export type NativeCall = (interpreter: Interpreter, positional: readonly Value[], keywords: Keywords | undefined) => Value;

export interface SourceFile {
  /** As it is shown in locations. */
  readonly path: string;
  readonly text: string;
  readonly tree: syntax.Module;
  /** True for the files under analysis: `evaluated` is called for them, and errors are placed in them. */
  readonly user: boolean;
}

export interface Place {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The place of a node. Its offsets are the node's own at any time: those of a statement that is kept while text before it is edited move. */
export class NodePlace implements Place {
  declare readonly file: SourceFile;
  declare readonly node: syntax.Span;
  constructor(file: SourceFile, node: syntax.Span) {
    this.file = file;
    this.node = node;
  }
  get start(): number {
    return this.node.start;
  }
  get end(): number {
    return this.node.end;
  }
}

export interface NativeModule {
  /** Called once, when the module is first imported. */
  load(interpreter: Interpreter): Record<string, Value>;
}

export type Resolution =
  | { readonly kind: 'source'; readonly file: SourceFile; /** An `__init__.py`. */ readonly isPackage: boolean; /** Run when something in it is first asked for: for modules that do nothing but define. */ readonly deferred?: boolean }
  | { readonly kind: 'native'; readonly module: NativeModule; readonly isPackage?: boolean }
  /** A folder without `__init__.py`. */
  | { readonly kind: 'namespace' }
  /** It is there, or may be there, but cannot be read (a compiled module with no stub): everything in it is Unknown. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** It is not installed: ModuleNotFoundError. */
  | { readonly kind: 'missing' };

/** One decision that the running path has made. */
export interface PathEntry {
  readonly condition: Undecided;
  readonly polarity: boolean;
  readonly place: Place | undefined;
}

/** How one arm of a fork ends: undefined where it cannot be taken after the decisions above it. */
export type ArmEnd = 'goes on' | 'leaves' | 'returns' | PythonError | undefined;

/** A condition of a user file that the analysis could not decide, or that only the decisions above it decide. */
export interface ForkSeen {
  readonly condition: Undecided;
  readonly place: Place;
  /** The decisions above it. */
  readonly path: readonly PathEntry[];
  readonly whenTrue: ArmEnd;
  readonly whenFalse: ArmEnd;
}

/** What the interpreter asks of, and tells, the program that runs it. */
export interface Host {
  /** `name` is absolute and dotted; each part is asked for in turn, packages first. `from`: the importing file. */
  resolve(name: string, from: SourceFile | undefined): Resolution;
  /** The version that an installed distribution states (`importlib.metadata.version`); undefined where it is not installed. */
  version?(distribution: string): string | undefined;
  /** What a file holds that the program reads; undefined where it is not there, or not to be read. */
  readFile?(path: string): Uint8Array | undefined;
  /** Text that `print` and its like write. */
  print?(text: string): void;
  /** An expression of a user file has been evaluated. */
  evaluated?(node: syntax.Expression, value: Value, file: SourceFile): void;
  /** A value was bound to a name of a user file. */
  bound?(node: syntax.Name | syntax.Attribute, value: Value, file: SourceFile): void;
  /** An exception left a top-level statement of a user file; the interpreter goes on with the next one. */
  failed?(error: PythonError, statement: syntax.Statement, file: SourceFile): void;
  /** An exception on one path while other paths go on. */
  failedOnPath?(error: PythonError, path: readonly PathEntry[]): void;
  /** A fork in a user file, after both of its arms. */
  forked?(fork: ForkSeen): void;
  /** `require` met a formula that is neither true nor false: `error` is what the framework raises where it does not hold. */
  constrained?(formula: Formula, error: PyException, path: readonly PathEntry[], place: Place | undefined): void;
  /** Settles a formula that the normal form and intervals leave open (a solver); undefined: it does depend. */
  decide?(formula: Formula, path: readonly PathEntry[]): boolean | undefined;
  /** Two values of a place after a fork; undefined: the interpreter joins them itself. */
  join?(condition: Undecided, whenTrue: Value, whenFalse: Value, place: Place | undefined): Value | undefined;
  /** The payloads of a native instance after a fork; undefined: the first stays. */
  joinPayloads?(condition: Undecided, instance: PyInstance, whenTrue: unknown, whenFalse: unknown, place: Place | undefined): unknown;
  /** Whether a function that is called with an Unknown as its first or second argument is known to give nothing but an Unknown. */
  passesUnknown?(callable: PyFunction, positional: readonly Value[]): boolean;
  /** An attribute that `object` does not have, before AttributeError or ImportError is raised: a value where it is only not modelled. */
  missing?(object: Value, name: string): Value | undefined;
  /** Something was not followed: an import that cannot be read, fuel that ran out, a broken statement. */
  gap?(unknown: Unknown): void;
  /** Looked at every thousand steps. */
  cancelled?(): boolean;
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type BinaryOperator = syntax.BinaryOperator;

/** Gives the next value, or undefined at the end. */
export interface Advance {
  (): Value | undefined;
  /** Why its items stand for an unknown number of others, see cuts.ts. */
  cut?: Unknown;
}

export interface Interpreter {
  readonly host: Host;
  /** `sys.modules`. */
  readonly modules: Map<string, PyModule | Unknown>;
  /** The names of `builtins`. */
  readonly builtins: Map<string, Value>;

  call(callable: Value, positional?: readonly Value[], keywords?: Keywords): Value;
  /** `object.name(*positional, **keywords)`. */
  callMethod(object: Value, name: string, positional?: readonly Value[], keywords?: Keywords): Value;
  /** Calls the dunder method that the class (not the instance) defines; undefined where there is none. */
  callSpecial(object: Value, name: string, positional?: readonly Value[]): Value | undefined;

  /** `object.name`; raises AttributeError. */
  getAttribute(object: Value, name: string): Value;
  /** `object.name`, undefined where there is none. */
  findAttribute(object: Value, name: string): Value | undefined;
  setAttribute(object: Value, name: string, value: Value): void;
  deleteAttribute(object: Value, name: string): void;

  getItem(object: Value, index: Value): Value;
  setItem(object: Value, index: Value, value: Value): void;
  deleteItem(object: Value, index: Value): void;
  contains(container: Value, item: Value): Value;
  /** `len(object)`: an int, a SymbolicInt or Unknown. */
  length(object: Value): Value;

  /** `iter(object)` for a loop in TypeScript; throws NotKnown for unknown iterables. */
  iterate(object: Value): Advance;
  /** `iter(object)` as a Python value. */
  iterator(object: Value): Value;
  /** `list(object)`; throws NotKnown for unknown iterables. */
  toArray(object: Value): Value[];

  binary(operator: BinaryOperator, left: Value, right: Value): Value;
  negate(operand: Value): Value;
  /** A Python value: True, False, what a rich comparison returned, or an undecided one. */
  compare(operator: CompareOperator, left: Value, right: Value): Value;
  /** `left is right or left == right`; throws NotKnown where it is undecided. */
  equals(left: Value, right: Value): boolean;
  /** `bool(value)` as far as it is known. */
  truth(value: Value): boolean | Undecided;
  /** `bool(value)`; throws NotKnown where it is undecided. */
  decided(value: Value): boolean;

  /** `operator.index`: the int; TypeError for what is no int, NotKnown for symbolic and unknown ones. */
  toIndex(value: Value): number | bigint;
  /** The same clamped to a JavaScript number. */
  toNumber(value: Value): number;
  repr(value: Value): string;
  str(value: Value): string;
  /** `hash(value)`. */
  hash(value: Value): number;

  isInstance(value: Value, classInfo: Value): boolean | Unknown;
  isSubclass(cls: PyClass, of: PyClass): boolean;
  typeOf(value: Value): PyClass;
  /** `type(name, bases, namespace)`, metaclass and hooks included. */
  makeClass(name: string, bases: readonly Value[], namespace: Map<string, Value>, metaclass?: Value, keywords?: Keywords): Value;

  /** The error to throw: `throw interpreter.error(exceptions.ValueError, 'negative size')`. */
  error(cls: PyClass, ...args: readonly Value[]): PythonError;
  /** The error for an exception instance or class, as `raise` makes it. */
  raise(exception: Value): PythonError;
  unknown(reason: string): Unknown;

  /** Absolute name; the module itself, its parents imported first. Raises ModuleNotFoundError. */
  importModule(name: string): PyModule | Unknown;

  /** The call or expression that is running in the file under analysis, else in another user file, the innermost one; undefined outside user files. */
  userPlace(): Place | undefined;
  /** The place that is running, whichever file it is in. */
  place(): Place | undefined;
  /** The running calls, outermost first. */
  stack(): readonly StackEntry[];
  /** The decisions of the running path. */
  path(): readonly PathEntry[];

  /** True, false, or undefined where it depends on symbols; under the path condition. */
  decide(formula: Formula): boolean | undefined;
  /** Raises where the condition is false for certain; records it where it depends on symbols, and goes on. */
  require(condition: Value, exception: Value): void;
  /**
   * Runs `whenTrue` and `whenFalse` as the arms of an `if` on the condition, with the effects of both joined.
   * Only one of them where the path decides it.
   */
  fork(condition: Value, whenTrue: () => Value, whenFalse: () => Value): Value;
  /** What is one of these values, without it being known which: what they have in common is known of it. */
  oneOf(values: readonly Value[], reason: string): Value;

  /**
   * A training step is done: the running loops would go on doing the same. Loops over a range go on with their last round,
   * all others end with the round that they are in.
   */
  endRepetition(): void;

  /** Counts work done in TypeScript; throws InterpretationStopped when fuel or time is out or the run is cancelled. */
  spend(steps: number): void;
}

export interface StackEntry {
  readonly place: Place;
  readonly function: string;
  /** The function's first argument where it is a method: for naming. */
  readonly self: Value | undefined;
}

/**
 * What travels through TypeScript by `throw` as a part of ordinary work: an Error to whoever asks, but made without a stack trace,
 * which would cost more than all the rest.
 */
class Travelling implements Error {
  readonly name: string = 'Travelling';
  readonly message: string = '';
}
Object.setPrototypeOf(Travelling.prototype, Error.prototype);

/** A Python exception on its way. */
export class PythonError extends Travelling {
  override readonly name = 'PythonError';
  readonly exception: PyException;
  constructor(exception: PyException) {
    super();
    this.exception = exception;
  }
}

/** Thrown by a native whose result cannot be known: the call gives `unknown`. */
export class NotKnown extends Travelling {
  override readonly name = 'NotKnown';
  readonly unknown: Undecided;
  constructor(unknown: Undecided) {
    super();
    this.unknown = unknown;
  }
}

/** Fuel, time or patience ran out. Not a Python exception: no `except` of the analysed program sees it. */
export class InterpretationStopped extends Error {
  readonly cancelled: boolean;
  constructor(reason: string, cancelled = false) {
    super(reason);
    this.cancelled = cancelled;
  }
}

export type { Condition, Undecided };
