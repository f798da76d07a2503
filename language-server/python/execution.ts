/** Where the run of a program stands: its frames, the path it is on, what it has loaded, and what it tells the host of that. */
import { Budget, type Limits } from './budget.ts';
import type { Code, Frame } from './compilation/code.ts';
import { type ArmEnd, type Host, type PathEntry, type Place, PythonError, type SourceFile, type StackEntry } from './interpreter-api.ts';
import { type Formula, formatFormula } from './paths/condition.ts';
import { PathCondition } from './paths/path-condition.ts';
import { exceptions } from './values/builtin-classes.ts';
import { type Attributes, Condition, PENDING, type PyClass, PyException, type PyModule, type Undecided, Unknown, type Value } from './values/index.ts';

export abstract class Execution extends Budget {
  readonly host: Host;
  readonly builtins: Map<string, Value>;
  readonly modules = new Map<string, PyModule | Unknown>();
  /** Namespaces that took every name of a module that could not be read. */
  readonly starImports = new WeakMap<Attributes, Unknown>();
  readonly evaluated: Host['evaluated'];
  readonly bound: Host['bound'];
  frame: Frame | undefined;
  /** The file under analysis. */
  protected main: SourceFile | undefined;
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
  protected readonly pathCondition = new PathCondition();
  private readonly questions = new WeakMap<Unknown, Map<string, Unknown>>();

  constructor(host: Host, builtins: Map<string, Value>, limits: Limits = { steps: 20_000_000, time: 20_000 }) {
    super(limits);
    this.host = host;
    this.builtins = builtins;
    this.evaluated = host.evaluated?.bind(host);
    this.bound = host.bound?.bind(host);
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

  error(cls: PyClass, ...args: readonly Value[]): PythonError {
    return new PythonError(new PyException(cls, args));
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

  /** Runs a module whose running was put off; false where there is nothing to run. */
  runDeferred(module: PyModule): boolean {
    if (module.run === undefined || !module.attributes.delete(PENDING)) return false;
    this.deferredRuns.add(module.name);
    module.run();
    return true;
  }
}
