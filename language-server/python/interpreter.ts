/** The abstract interpreter: the state of one run, and the operations on values in one place. */
import {
  deleteAttribute, findAttribute, findMethod, missingAttribute, setAttribute,
} from './operations/attributes.ts';
import { addTraceback, call, callFound, callFunction, callNative, makeCells, runFrame } from './operations/calls.ts';
import { Budget, type Limits } from './budget.ts';
import { genericAlias, isInstance } from './operations/class-queries.ts';
import { makeClass } from './operations/classes.ts';
import type { Frame } from './compilation/code.ts';
import { type Code } from './compilation/code.ts';
import { compare, compareAny, contains, isSame, truth } from './operations/comparison.ts';
import { type Formula, formatFormula, not } from './paths/condition.ts';
import { awaitValue, coroutine } from './operations/coroutines.ts';
import './operations/dunders.ts';
import { forkStatement, forkValue } from './paths/fork.ts';
import { resumable } from './operations/generators.ts';
import { hashNumber } from './operations/hashing.ts';
import { importModule } from './imports.ts';
import {
  type Advance, type ArmEnd, type BinaryOperator, type CompareOperator, type Host, type Interpreter, type Keywords, NotKnown, type PathEntry, type Place,
  PythonError, type SourceFile, type StackEntry,
} from './interpreter-api.ts';
import { iterateOrUnknown, iterator, unpackAll, unpackUpTo } from './operations/iteration.ts';
import { addToSet, setDictItem, updateDict } from './operations/mappings.ts';
import { runModule } from './modules.ts';
import { binary, inPlace, unary } from './operations/operators.ts';
import { PathCondition } from './paths/path-condition.ts';
import { missingGlobal, moduleNotFound, raise, reraise } from './raising.ts';
import { format, repr, str } from './operations/representation.ts';
import { deleteItem, getItem, setItem } from './operations/subscripts.ts';
import type * as syntax from './source/syntax.ts';
import { allOf, anyOf, combineConditions } from './operations/truth-values.ts';
import { exceptions } from './values/builtin-classes.ts';
import { callWithUnknown, unknownCall } from './operations/unknown-calls.ts';
import {
  type Attributes, type Cell, classes, Condition, PENDING, PyClass, PyDict, PyException, type PyFunction, type PyGenerator, PyInstance, PyModule, PyObject, type PySet,
  plain, SymbolicInt, typeOf, type Undecided, Unknown, type Value,
} from './values/index.ts';

export class Machine extends Budget implements Interpreter {
  readonly host: Host;
  readonly builtins: Map<string, Value>;
  readonly modules = new Map<string, PyModule | Unknown>();
  /** Namespaces that took every name of a module that could not be read. */
  readonly starImports = new WeakMap<Attributes, Unknown>();
  readonly evaluated: Host['evaluated'];
  readonly bound: Host['bound'];
  frame: Frame | undefined;
  /** The file under analysis. */
  private main: SourceFile | undefined;
  /** How often `endRepetition` was called. */
  repetitions = 0;
  /** Running calls. */
  depth = 0;
  /** Running `try` bodies that have handlers. */
  handlers = 0;
  /** How many arms of forks run in the frames of a code. */
  readonly forking = new WeakMap<Code, number>();
  /** What `findMethod` found last. */
  methodState = 0;
  /** The names of deferred modules that have run. */
  readonly deferredRuns = new Set<string>();
  /** Every class with the base that knows it, in the order in which they were made. */
  readonly linkedSubclasses: [PyClass, PyClass][] = [];
  /** The containers whose repr is being made. */
  readonly printing: Value[] = [];
  private readonly pathCondition = new PathCondition();
  private readonly questions = new WeakMap<Unknown, Map<string, Unknown>>();

  constructor(host: Host, builtins: Map<string, Value>, limits: Limits = { steps: 20_000_000, time: 20_000 }) {
    super(limits);
    this.host = host;
    this.builtins = builtins;
    this.evaluated = host.evaluated?.bind(host);
    this.bound = host.bound?.bind(host);
  }

  /** Runs a file as the module of this name: `__main__` for the file under analysis. */
  run(file: SourceFile, name: string, packageName = ''): PyModule {
    this.main = file;
    const module = new PyModule(name);
    module.attributes.set('__file__', file.path);
    module.attributes.set('__package__', packageName);
    module.attributes.set('__doc__', null);
    module.attributes.set('__builtins__', null);
    this.modules.set(name, module);
    this.grantFuel();
    runModule(this, module, file);
    return module;
  }

  /** Makes a module the one under analysis, whose statements the caller runs. */
  enterMain(file: SourceFile, module: PyModule): void {
    this.main = file;
    this.modules.set(module.name, module);
    this.grantFuel();
  }

  protected isCancelled(): boolean {
    return this.host.cancelled?.() ?? false;
  }

  endRepetition(): void {
    this.repetitions++;
  }

  enter(): void {
    if (this.depth >= 1000) throw this.error(exceptions.RecursionError, 'maximum recursion depth exceeded');
    this.depth++;
  }

  leave(): void {
    this.depth--;
  }

  call(callable: Value, positional: readonly Value[] = [], keywords?: Keywords): Value {
    return call(this, callable, positional, keywords);
  }

  callFunction(callable: PyFunction, positional: readonly Value[], keywords: Keywords | undefined): Value {
    return callFunction(this, callable, positional, keywords);
  }

  callNative(callable: import('./values/index.ts').PyNative, positional: readonly Value[], keywords: Keywords | undefined): Value {
    return callNative(this, callable, positional, keywords);
  }

  callFound(found: Value, self: Value, positional: readonly Value[], keywords?: Keywords): Value {
    return callFound(this, found, self, positional, keywords);
  }

  callMethod(object: Value, name: string, positional: readonly Value[] = [], keywords?: Keywords): Value {
    return call(this, this.getAttribute(object, name), positional, keywords);
  }

  callSpecial(object: Value, name: string, positional: readonly Value[] = []): Value | undefined {
    const method = typeOf(object).find(name);
    return method === undefined || method === null ? undefined : callFound(this, method, object, positional, undefined);
  }

  /** A call whose arguments could not all be unpacked. */
  callWithUnknown(callable: Value, positional: readonly Value[] | Unknown, keywords: Keywords | Unknown | undefined): Value {
    return callWithUnknown(callable, positional, keywords);
  }

  unknownCall(callable: Unknown, positional: readonly Value[], keywords: Keywords | undefined): Unknown {
    return unknownCall(callable, positional, keywords);
  }

  getAttribute(object: Value, name: string): Value {
    if (object instanceof PyObject && !object.cls.immutable && object.cls.find('__getattribute__') !== classes.object.attributes.get('__getattribute__')) {
      // the class's own wording of the AttributeError is kept
      const getattr = object.cls.find('__getattr__');
      if (getattr === undefined) return callFound(this, object.cls.find('__getattribute__')!, object, [name], undefined);
    }
    const value = findAttribute(this, object, name);
    if (value !== undefined) return value;
    return this.missing(object, name);
  }

  private missing(object: Value, name: string): Value {
    if (object instanceof PyInstance && object.blurred) return object.blurred.derive();
    if (object instanceof PyObject && !object.cls.immutable && !(object instanceof PyClass)) {
      // asked again, so that the class's own `__getattr__` says what is missing
      const getattr = object.cls.find('__getattr__');
      if (getattr !== undefined) return callFound(this, getattr, object, [name], undefined);
    }
    if (object instanceof PyModule) {
      const getattr = object.attributes.get('__getattr__');
      if (getattr !== undefined) return call(this, getattr, [name], undefined);
      const star = this.starImports.get(object.attributes);
      if (star) return star.derive();
    }
    const unknownBase = object instanceof PyClass ? object.unknownBase : typeOf(object).unknownBase;
    if (unknownBase) return unknownBase.derive();
    const notModelled = this.host.missing?.(object, name);
    if (notModelled !== undefined) return notModelled;
    throw missingAttribute(this, object, name);
  }

  findAttribute(object: Value, name: string): Value | undefined {
    return findAttribute(this, object, name);
  }

  findMethod(object: Value, name: string): Value {
    const found = findMethod(this, object, name);
    if (found !== undefined) return found;
    const value = this.missing(object, name);
    // `__getattr__` has looked methods up on its way
    this.methodState = 0;
    return value;
  }

  setAttribute(object: Value, name: string, value: Value): void {
    setAttribute(this, object, name, value);
  }

  deleteAttribute(object: Value, name: string): void {
    deleteAttribute(this, object, name);
  }

  /** The value of `attempt`, undefined where it raises this class. */
  catching(cls: PyClass, attempt: () => Value): Value | undefined {
    const { frame } = this;
    try {
      return attempt();
    } catch (thrown) {
      if (thrown instanceof PythonError && thrown.exception.cls.isSubclassOf(cls)) {
        this.frame = frame;
        return undefined;
      }
      throw thrown;
    }
  }

  getItem(object: Value, index: Value): Value {
    return getItem(this, object, index);
  }

  setItem(object: Value, index: Value, value: Value): void {
    setItem(this, object, index, value);
  }

  deleteItem(object: Value, index: Value): void {
    deleteItem(this, object, index);
  }

  setDictItem(dict: PyDict, key: Value, value: Value): void {
    setDictItem(this, dict, key, value);
  }

  addToSet(set: PySet, item: Value): void {
    addToSet(this, set, item);
  }

  /** `dict.update(mapping)` and `{**mapping}`. */
  updateDict(dict: PyDict, mapping: Value): void {
    updateDict(this, dict, mapping);
  }

  dictOf(names: Map<string, Value>): PyDict {
    return PyDict.of(names);
  }

  contains(container: Value, item: Value): Value {
    return contains(this, container, item);
  }

  length(object: Value): Value {
    const value = plain(object);
    if (typeof value === 'string') return /[\ud800-\udfff]/.test(value) ? Array.from(value).length : value.length;
    if (value instanceof Unknown) return value.derive(classes.int);
    const cls = typeOf(object);
    const method = cls.find('__len__');
    if (method === undefined) throw this.error(exceptions.TypeError, `object of type '${cls.name}' has no len()`);
    const length = callFound(this, method, object, [], undefined);
    if (typeof length === 'number' && length < 0) throw this.error(exceptions.ValueError, '__len__() should return >= 0');
    return length;
  }

  iterate(object: Value): Advance {
    const advance = iterateOrUnknown(this, object);
    if (advance instanceof Unknown) throw new NotKnown(advance);
    return advance;
  }

  iterateOrUnknown(object: Value, refuse?: (cls: PyClass) => string): Advance | Unknown {
    return iterateOrUnknown(this, object, refuse);
  }

  iterator(object: Value): Value {
    return iterator(this, object);
  }

  unpackAll(object: Value): readonly Value[] | Unknown {
    return unpackAll(this, object);
  }

  unpackUpTo(object: Value, limit: number): readonly Value[] | Unknown {
    return unpackUpTo(this, object, limit);
  }

  toArray(object: Value): Value[] {
    const items = unpackAll(this, object);
    if (items instanceof Unknown) throw new NotKnown(items);
    return items as Value[];
  }

  /** What a loop over an iterable of unknown length gives: an unknown element. */
  elementOf(_iterable: Value, unknown: Unknown): Value {
    return unknown.derive();
  }

  binary(operator: BinaryOperator, left: Value, right: Value): Value {
    return binary(this, operator, left, right);
  }

  inPlace(operator: BinaryOperator, left: Value, right: Value): Value {
    return inPlace(this, operator, left, right);
  }

  unary(operator: '-' | '+' | '~', operand: Value): Value {
    return unary(this, operator, operand);
  }

  negate(operand: Value): Value {
    return unary(this, '-', operand);
  }

  not(value: Value): Value {
    if (value === true) return false;
    if (value === false || value === null) return true;
    const known = this.truth(value);
    if (typeof known === 'boolean') return !known;
    if (known instanceof Condition) return this.condition(not(known.formula));
    return this.pathCondition.negation(known);
  }

  compare(operator: CompareOperator, left: Value, right: Value): Value {
    return compare(this, operator, left, right);
  }

  compareAny(operator: syntax.CompareOperator, left: Value, right: Value): Value {
    return compareAny(this, operator, left, right);
  }

  isSame(left: Value, right: Value, negated: boolean): Value {
    return isSame(this, left, right, negated);
  }

  equals(left: Value, right: Value): boolean {
    if (left === right && !(left instanceof Unknown)) return true;
    return this.decided(compare(this, '==', left, right));
  }

  truth(value: Value): boolean | Undecided {
    return truth(this, value);
  }

  truthValue(value: Value): Value {
    return truth(this, value);
  }

  decided(value: Value): boolean {
    const known = truth(this, value);
    if (typeof known === 'boolean') return known;
    throw new NotKnown(known);
  }

  /** All of some truth values, as one. */
  allOf(values: readonly Value[]): Value {
    return allOf(this, values);
  }

  anyOf(values: readonly Value[]): Value {
    return anyOf(this, values);
  }

  condition(formula: boolean | Formula): boolean | Condition {
    if (typeof formula === 'boolean') return formula;
    return this.pathCondition.decideFormula(formula) ?? new Condition(formula);
  }

  /** `a and b`, `a or b` where the truth of `a` is not known: a formula of both where both are conditions, else a fork. */
  combineConditions(frame: Frame, stopsWhen: boolean, left: Value, known: Undecided, right: () => Value): Value {
    return combineConditions(this, frame, stopsWhen, left, known, right);
  }

  toIndex(value: Value): number | bigint {
    const inner = plain(value);
    if (typeof inner === 'number' || typeof inner === 'bigint') return inner;
    if (typeof inner === 'boolean') return Number(inner);
    if (inner instanceof Unknown || inner instanceof Condition) throw new NotKnown(inner);
    if (inner instanceof SymbolicInt) throw new NotKnown(this.unknown(`it depends on the size ${this.repr(inner)}`));
    const result = this.callSpecial(value, '__index__');
    if (result === undefined) throw this.error(exceptions.TypeError, `'${typeOf(value).name}' object cannot be interpreted as an integer`);
    return this.toIndex(result);
  }

  toNumber(value: Value): number {
    const index = this.toIndex(value);
    return typeof index === 'number' ? index : index > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  }

  repr(value: Value): string {
    return repr(this, value);
  }

  str(value: Value): string {
    return str(this, value);
  }

  format(value: Value, spec: string): string | Unknown {
    try {
      return format(this, value, spec);
    } catch (thrown) {
      if (thrown instanceof NotKnown) return this.unknownFrom(thrown.unknown);
      throw thrown;
    }
  }

  hash(value: Value): number {
    if (typeof value === 'object' && value !== null && !value.cls.immutable) {
      const method = value.cls.find('__hash__');
      if (method !== undefined && method !== null && !(typeof method === 'object' && 'isDefaultHash' in method)) {
        const result = callFound(this, method, value, [], undefined);
        if (result instanceof Unknown) throw new NotKnown(result);
        return this.toNumber(result);
      }
    }
    return hashNumber(this, value);
  }

  isInstance(value: Value, classInfo: Value): boolean | Unknown {
    return isInstance(this, value, classInfo);
  }

  isSubclass(cls: PyClass, of: PyClass): boolean {
    return cls.isSubclassOf(of);
  }

  typeOf(value: Value): PyClass {
    return typeOf(value);
  }

  makeClass(name: string, bases: readonly Value[], namespace: Map<string, Value>, metaclass?: Value, keywords?: Keywords): Value {
    return makeClass(this, name, bases, namespace, metaclass, keywords);
  }

  addSubclass(base: PyClass, cls: PyClass): void {
    base.subclasses.push(cls);
    this.linkedSubclasses.push([base, cls]);
  }

  /** Forgets the subclasses that were made since there were `count` of them: classes of a run that was undone. */
  unlinkSubclasses(count: number): void {
    for (const [base, cls] of this.linkedSubclasses.splice(count)) {
      const index = base.subclasses.lastIndexOf(cls);
      if (index >= 0) base.subclasses.splice(index, 1);
    }
  }

  genericAlias(origin: Value, index: Value): Value {
    return genericAlias(origin, index);
  }

  error(cls: PyClass, ...args: readonly Value[]): PythonError {
    return new PythonError(new PyException(cls, args));
  }

  raise(exception: Value, cause?: Value): PythonError {
    return raise(this, exception, cause);
  }

  /** A bare `raise`. */
  reraise(frame: Frame): PythonError {
    return reraise(this, frame);
  }

  moduleNotFound(name: string, message: string): PythonError {
    return moduleNotFound(this, name, message);
  }

  addTraceback(frame: Frame, error: PythonError): void {
    addTraceback(frame, error);
  }

  missingGlobal(frame: Frame, name: string): Value {
    return missingGlobal(this, frame, name);
  }

  unknown(reason: string): Unknown {
    return new Unknown(reason, this.userPlace() ?? this.place());
  }

  unknownFrom(undecided: Undecided): Unknown {
    return undecided instanceof Unknown ? undecided.derive() : this.unknown(`it depends on ${formatFormula(undecided.formula)}`);
  }

  /** The same question asked of the same unknown has the same answer, so that forks on it agree. */
  unknownQuestion(unknown: Unknown, question: string | undefined): Unknown {
    if (question === undefined) return unknown.derive();
    let asked = this.questions.get(unknown);
    if (!asked) this.questions.set(unknown, asked = new Map());
    let answer = asked.get(question);
    if (!answer) asked.set(question, answer = unknown.derive());
    return answer;
  }

  unknownAttribute(unknown: Unknown, name: string): Unknown {
    return this.unknownQuestion(unknown, `.${name}`);
  }

  unknownItem(unknown: Unknown, index: Value): Unknown {
    return this.unknownQuestion(unknown, typeof index === 'string' || typeof index === 'number' ? `[${typeof index}${index}]` : undefined);
  }

  describe(condition: Undecided): string {
    return condition instanceof Condition ? `'${formatFormula(condition.formula)}'` : `a condition that is not known (${condition.reason})`;
  }

  gap(unknown: Unknown): void {
    this.host.gap?.(unknown);
  }

  failedOnPath(error: PythonError, condition: Undecided, polarity: boolean): void {
    // a `try` around it may be there for just this
    if (this.handlers > 0) return;
    this.host.failedOnPath?.(error, [...this.path(), { condition, polarity, place: this.place() }]);
  }

  /** Tells the host of a fork in a user's file. */
  forked(place: Place, condition: Undecided, whenTrue: ArmEnd, whenFalse: ArmEnd): void {
    if (this.host.forked && place.file.user) this.host.forked({ condition, place, path: [...this.path()], whenTrue, whenFalse });
  }

  importModule(name: string): PyModule | Unknown {
    return importModule(this, name);
  }

  /** Runs a module whose running was put off; false where there is nothing to run. */
  runDeferred(module: PyModule): boolean {
    if (module.run === undefined || !module.attributes.delete(PENDING)) return false;
    this.deferredRuns.add(module.name);
    module.run();
    return true;
  }

  place(): Place | undefined {
    return this.frame?.place;
  }

  userPlace(): Place | undefined {
    let innermost: Frame | undefined;
    for (let frame = this.frame; frame !== undefined; frame = frame.caller) {
      const { file } = frame.code.unit;
      if (file === this.main) return frame.place;
      if (file.user) innermost ??= frame;
    }
    return innermost?.place;
  }

  stack(): readonly StackEntry[] {
    const entries: StackEntry[] = [];
    for (let frame = this.frame; frame !== undefined; frame = frame.caller) {
      const { code } = frame;
      entries.push({ place: frame.place, function: frame.function?.qualname ?? code.name, self: code.positionalCount > 0 ? frame.locals[0] : undefined });
    }
    return entries.reverse();
  }

  path(): readonly PathEntry[] {
    return this.pathCondition.decisions;
  }

  pathDepth(): number {
    return this.pathCondition.decisions.length;
  }

  /** Adds a decision to the path; gives the length to go back to. */
  assume(condition: Undecided, polarity: boolean): number {
    return this.pathCondition.assume(condition, polarity, this.place());
  }

  /** Decisions that a statement left behind when it ran before. */
  assumeAgain(decisions: readonly PathEntry[]): void {
    this.pathCondition.decisions.push(...decisions);
  }

  forget(depth: number): void {
    this.pathCondition.forget(depth);
  }

  decide(formula: Formula): boolean | undefined {
    return this.pathCondition.decideFormula(formula) ?? this.host.decide?.(formula, this.path());
  }

  decideUndecided(condition: Undecided): boolean | undefined {
    return this.pathCondition.decide(condition) ?? (condition instanceof Condition ? this.host.decide?.(condition.formula, this.path()) : undefined);
  }

  require(condition: Value, exception: Value): void {
    const known = truth(this, condition);
    if (known === true) return;
    const error = this.raise(exception);
    if (known === false) throw error;
    if (known instanceof Condition) this.host.constrained?.(known.formula, error.exception, this.path(), this.place());
  }

  fork(condition: Value, whenTrue: () => Value, whenFalse: () => Value): Value {
    const known = truth(this, condition);
    if (known === true) return whenTrue();
    if (known === false) return whenFalse();
    if (this.frame === undefined) return this.unknownFrom(known);
    return forkValue(this.frame, known, whenTrue, whenFalse);
  }

  forkValue(frame: Frame, condition: Undecided, whenTrue: () => Value, whenFalse: () => Value): Value {
    return forkValue(frame, condition, whenTrue, whenFalse);
  }

  forkStatement(frame: Frame, condition: Undecided, whenTrue: (frame: Frame) => 0 | 1 | 2 | 3, whenFalse: (frame: Frame) => 0 | 1 | 2 | 3): 0 | 1 | 2 | 3 {
    return forkStatement(frame, condition, whenTrue, whenFalse);
  }

  makeCells(code: Frame['code'], closure: readonly Cell[]): Cell[] {
    return makeCells(code, closure);
  }

  runFrame(frame: Frame): Value {
    return runFrame(this, frame);
  }

  resumable(frame: Frame, start: () => Generator<Value, 0 | 1 | 2 | 3, Value>): PyGenerator['body'] {
    return resumable(frame, start);
  }

  /** What calling an async function gives: it runs when it is awaited. */
  coroutine(name: string, run: () => Value): PyGenerator {
    return coroutine(name, run);
  }

  awaitValue(awaitable: Value): Value {
    return awaitValue(this, awaitable);
  }
}
