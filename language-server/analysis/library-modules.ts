import { AnalysisHost } from './host.ts';
import type { FileKind } from '../diagnostics/from-exception.ts';
import { InterpretationStopped, PythonError } from '../python/interpreter-api.ts';
import type { SourceFile } from '../python/interpreter-api.ts';
import { Machine } from '../python/interpreter.ts';
import { begin, depth, undo } from '../python/paths/journal.ts';
import { restoreState, stateOf } from '../extraction/machine-state.ts';
import { isStubPath } from './stub-files.ts';
import { builtinNames } from '../python/builtins/index.ts';
import type { Resolver } from '../python/resolution/resolver.ts';
import type * as syntax from '../python/source/syntax.ts';
import { PyModule } from '../python/values/index.ts';
import { KeptAnalysis } from './kept-analysis.ts';
import type { PartListener, PartOutcome } from './part-listener.ts';
import type { Program } from '../python/incremental/program.ts';
import { runProgram } from '../python/incremental/replay.ts';
import { Run } from '../tracing/run.ts';
import { numberFrom } from '../tracing/trace.ts';

/** For the statements of a file; what is tried afterwards has a share of it. */
const limits = { steps: 20_000_000, time: 8_000 };
/** What loading all libraries of a file has of them, before its statements begin. */
const loadingShare = 2;

/**
 * An interpreter whose library modules (stubs, the standard library, installed packages) are interpreted once and stay.
 * A user's file runs in an epoch of the journal that is undone, so that it leaves the libraries as they were.
 */
export class Library {
  readonly host: AnalysisHost;
  readonly machine: Machine;
  readonly #environment: string;
  readonly #mostKept: number;
  /** Library modules that user files imported: they are loaded before the epoch of the next run begins. */
  readonly #wanted = new Set<string>();
  readonly #kept = new Map<string, KeptAnalysis>();

  /** `kept`: how many files' analyses are kept for their next version. */
  constructor(resolver: Resolver, kept = 0) {
    this.#mostKept = kept;
    this.host = new AnalysisHost(resolver);
    this.machine = new Machine(this.host, builtinNames(), limits);
    this.host.place = () => this.machine.userPlace();
    this.#environment = resolver.environment.folders.join('\n');
  }

  /** Whether modules loaded here are those that the resolver finds. */
  serves(resolver: Resolver): boolean {
    return this.#environment === resolver.environment.folders.join('\n');
  }

  use(resolver: Resolver, cancelled: (() => boolean) | undefined): void {
    this.host.resolver = resolver;
    this.host.cancelled = cancelled ?? (() => false);
    this.host.filesRead.clear();
  }

  /** What is kept of a file of the user's: of the last ones that were analysed. */
  keptOf(path: string): KeptAnalysis {
    const { name, isPackage } = this.host.resolver.nameOf(path);
    const packageName = isPackage ? name : name.split('.').slice(0, -1).join('.');
    let kept = this.#kept.get(path);
    if (kept?.program.packageName !== packageName) kept = new KeptAnalysis(path, '__main__', packageName);
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    if (this.#kept.size > this.#mostKept) this.#kept.delete(this.#kept.keys().next().value!);
    return kept;
  }

  /** Keeps what the statements of one file did, and nothing else: memory is short. */
  forgetOthers(path: string): void {
    for (const kept of this.#kept.keys()) if (kept !== path) this.#kept.delete(kept);
    // what trials of large models saw is the most of it
    this.#kept.get(path)?.trials.clear();
  }

  /**
   * Runs the statements of a file that would not do what they did before, lets `inspect` look at what they left (and run more),
   * and takes everything back.
   */
  interpret(kept: KeptAnalysis, listener: PartListener, inspect: () => void): void {
    const { host, machine } = this;
    const { program } = kept;
    for (const name of importedBy(program.file.tree)) this.#wanted.add(name);
    host.listener = undefined;
    host.run = new Run();
    const loaded = machine.modules.size;
    let ran = false;
    machine.grantFuel(loadingShare);
    for (const name of this.#wanted) this.#preload(name);
    for (const name of machine.deferredRuns) ran = this.#runDeferred(name) || ran;
    // what was run rests on the libraries as they were
    if (host.dataChanged() || ran || machine.modules.size !== loaded) for (const each of this.#kept.values()) each.reset();
    // names that came from who knows where were not told apart
    if (program.isWhole || machine.starImports.has(program.module.attributes) || !this.#findsTheSame(program)) kept.reset();
    host.run = new Run();
    host.listener = listener;
    const before = new Map(machine.modules);
    const subclasses = machine.linkedSubclasses.length;
    const opened = depth();
    const state = stateOf(machine);
    begin();
    try {
      machine.enterMain(program.file, program.module);
      kept.settle(runProgram(machine, program, listener));
      begin();
      numberFrom(Number.MAX_SAFE_INTEGER / 2);
      inspect();
    } finally {
      host.listener = undefined;
      while (depth() > opened) undo();
      restoreState(machine, state);
      for (const [name, module] of machine.modules) {
        if (before.get(name) === module) continue;
        if (module instanceof PyModule && this.#isLibrary(name)) this.#wanted.add(name);
      }
      machine.unlinkSubclasses(subclasses);
      machine.modules.clear();
      for (const [name, module] of before) machine.modules.set(name, module);
    }
  }

  /** Whether the imports of a program's statements find what they found before. */
  #findsTheSame({ parts }: Program<PartOutcome>): boolean {
    const { host } = this;
    return parts.every(({ effects }) => effects === undefined || [...effects.outcome.resolved].every(([name, before]) => {
      const now = host.resolve(name, undefined);
      return now.kind === before.kind && (now.kind !== 'source' || now.file === (before as typeof now).file);
    }));
  }

  kindOf(file: SourceFile): FileKind {
    if (file.user) return 'user';
    return isStubPath(file.path) ? 'stub' : 'package';
  }

  isUserModule(name: string): boolean {
    const resolution = this.host.resolver.resolve(name);
    return resolution.kind === 'source' && resolution.file.user;
  }

  /** A deferred module that an earlier run asked something of runs now, so that it stays; false where it has. */
  #runDeferred(name: string): boolean {
    const { machine } = this;
    const module = machine.modules.get(name);
    if (!(module instanceof PyModule)) return false;
    // what asks for it meets the same exception
    return this.#load(name, () => machine.runDeferred(module)) ?? true;
  }

  #preload(name: string): void {
    const { machine } = this;
    if (machine.modules.has(name) || this.host.tooLong.has(name) || !this.#isLibrary(name)) return;
    const before = new Map(machine.modules);
    if (this.#load(name, () => machine.importModule(name)) !== undefined || this.host.tooLong.has(name)) return;
    // the user's own import fails in the same way, and is reported there
    for (const loaded of machine.modules.keys()) if (!before.has(loaded)) machine.modules.delete(loaded);
    this.#wanted.delete(name);
  }

  /** What `load` gives; undefined where the module raises, or takes what is left of the time for loading: it is not followed then. */
  #load<T>(name: string, load: () => T): T | undefined {
    const { host, machine } = this;
    const opened = depth();
    const state = stateOf(machine);
    try {
      return load();
    } catch (error) {
      while (depth() > opened) undo();
      restoreState(machine, state);
      if (error instanceof PythonError) return undefined;
      if (!(error instanceof InterpretationStopped) || error.cancelled) throw error;
      host.tooLong.add(name);
      machine.modules.delete(name);
      machine.grantRest();
      return undefined;
    }
  }

  /** Whether a module's text is not the user's. */
  #isLibrary(name: string): boolean {
    const resolution = this.host.resolver.resolve(name);
    return resolution.kind === 'native' || (resolution.kind === 'source' && !resolution.file.user);
  }
}

/** The absolute names that a file imports, wherever in it. */
function importedBy(tree: syntax.Module): Set<string> {
  const names = new Set<string>();
  const visit = (statements: readonly syntax.Statement[]): void => {
    for (const statement of statements) {
      if (statement.type === 'Import') for (const { name } of statement.names) names.add(name);
      else if (statement.type === 'ImportFrom') {
        if (statement.level === 0 && statement.module !== undefined) names.add(statement.module);
      } else {
        for (const part of ['body', 'orElse', 'finallyBody'] as const) {
          const inner = (statement as unknown as Record<string, unknown>)[part];
          if (Array.isArray(inner)) visit(inner as syntax.Statement[]);
        }
        if (statement.type === 'Try') for (const handler of statement.handlers) visit(handler.body);
      }
    }
  };
  visit(tree.body);
  return names;
}

