/** The abstract interpreter: a run, and the operations on values in one place. */
import type { Frame } from './compilation/code.ts';
import { Execution } from './execution.ts';
import { importModule } from './imports.ts';
import { type Advance, type BinaryOperator, type CompareOperator, type Interpreter, type Keywords, NotKnown, PythonError, type SourceFile } from './interpreter-api.ts';
import { runModule } from './modules.ts';
import { deleteAttribute, findAttribute, getAttribute, getMethod, setAttribute } from './operations/attributes.ts';
import { addTraceback, call, callFound, callFunction, callNative, makeCells, runFrame } from './operations/calls.ts';
import { genericAlias, isInstance } from './operations/class-queries.ts';
import { makeClass } from './operations/classes.ts';
import { compare, compareAny, contains, isSame, truth } from './operations/comparison.ts';
import { awaitValue, coroutine } from './operations/coroutines.ts';
import './operations/dunders.ts';
import { resumable } from './operations/generators.ts';
import { hash } from './operations/hashing.ts';
import { length, toIndex, toNumber } from './operations/integers.ts';
import { iterateOrUnknown, iterator, unpackAll, unpackUpTo } from './operations/iteration.ts';
import { addToSet, setDictItem, updateDict } from './operations/mappings.ts';
import { binary, inPlace, unary } from './operations/operators.ts';
import { format, repr, str } from './operations/representation.ts';
import { deleteItem, getItem, setItem } from './operations/subscripts.ts';
import { allOf, anyOf, combineConditions } from './operations/truth-values.ts';
import { callWithUnknown, unknownCall } from './operations/unknown-calls.ts';
import { type Formula, not } from './paths/condition.ts';
import { forkStatement, forkValue } from './paths/fork.ts';
import { Joiner } from './paths/join.ts';
import { missingGlobal, moduleNotFound, raise, reraise } from './raising.ts';
import type * as syntax from './source/syntax.ts';
import { type Cell, Condition, type PyClass, PyDict, type PyFunction, type PyGenerator, PyModule, type PyNative, type PySet, typeOf, type Undecided, Unknown, type Value } from './values/index.ts';

export class Machine extends Execution implements Interpreter {
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

  call(callable: Value, positional: readonly Value[] = [], keywords?: Keywords): Value {
    return call(this, callable, positional, keywords);
  }

  callFunction(callable: PyFunction, positional: readonly Value[], keywords: Keywords | undefined): Value {
    return callFunction(this, callable, positional, keywords);
  }

  callNative(callable: PyNative, positional: readonly Value[], keywords: Keywords | undefined): Value {
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
    return getAttribute(this, object, name);
  }

  findAttribute(object: Value, name: string): Value | undefined {
    return findAttribute(this, object, name);
  }

  findMethod(object: Value, name: string): Value {
    return getMethod(this, object, name);
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
    return length(this, object);
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
    return toIndex(this, value);
  }

  toNumber(value: Value): number {
    return toNumber(this, value);
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
    return hash(this, value);
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

  genericAlias(origin: Value, index: Value): Value {
    return genericAlias(origin, index);
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

  importModule(name: string): PyModule | Unknown {
    return importModule(this, name);
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

  oneOf(values: readonly Value[], reason: string): Value {
    const place = this.place();
    const unknown = this.unknown(reason);
    if (place === undefined || values.length === 0) return unknown;
    const joiner = new Joiner(this, unknown, place);
    return values.reduce((either, value) => joiner.join(either, value));
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
