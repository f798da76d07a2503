import { locationOf, watchLocations } from '../tracing/place.ts';
import type { Gap } from '../../graph/graph.ts';
import type { Analysis, Diagnostic, Model } from '../analysis.ts';
import type { AnalysisRequest } from './request.ts';
import type { Failure, Listener } from './host.ts';
import { check } from '../checks/index.ts';
import { isSilenced, readComments } from '../diagnostics/comments.ts';
import type { Comments, StatedInput } from '../diagnostics/comments.ts';
import { failureDiagnostic } from '../diagnostics/from-failure.ts';
import { warningDiagnostic } from '../diagnostics/from-warning.ts';
import { sizeLimits } from '../diagnostics/size-limits.ts';
import { syntaxDiagnostics } from '../diagnostics/syntax-faults.ts';
import { byLine, candidatesIn, isModelLike, isRankKnown, uniqueName } from '../extraction/candidates.ts';
import type { Describe } from '../extraction/description.ts';
import { withPreprocessing } from '../extraction/preprocessing.ts';
import { Recorder } from '../extraction/recorder.ts';
import { TrialRunner } from '../extraction/trials.ts';
import type { Trial, TrialOutcome } from '../extraction/trials.ts';
import { canBeTried, madeBy, uncalledClass, uncalledFunction, uncalledInstance } from '../extraction/uncalled.ts';
import type { Uncalled } from '../extraction/uncalled.ts';
import type { Library } from './library-modules.ts';
import { internalFault } from '../diagnostics/internal-fault.ts';
import { processorTime } from '../python/budget.ts';
import { InterpretationStopped } from '../python/interpreter-api.ts';
import { withLines } from '../python/incremental/line-marks.ts';
import { lineName } from '../python/source/notebook.ts';
import type { ForkSeen, Place, SourceFile } from '../python/interpreter-api.ts';
import { forksOf } from '../diagnostics/forks.ts';
import { MOST_FORKS, PartListener } from './part-listener.ts';
import type { GapAt } from './part-listener.ts';
import type { KeptAnalysis, KeptTrial } from './kept-analysis.ts';
import type { PyClass, PyInstance } from '../python/values/index.ts';
import { Run } from '../tracing/run.ts';
import type { LossUse } from '../tracing/run.ts';

/** Of the interpreter's limits, for each thing that is tried. */
const trialShare = 0.5;
/** Milliseconds of processor time after which nothing more is tried. */
const longest = 15_000;

/** The analysis of one file: its run, the models in the trace, the trials of what nobody called. */
export class FileAnalysis implements Listener {
  recorder: Recorder;
  readonly #library: Library;
  readonly #kept: KeptAnalysis;
  readonly #file: SourceFile;
  readonly #comments: Comments;
  readonly #stated: readonly StatedInput[];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #gaps = new Map<string, Gap>();
  /** The gaps of the trial that is running. */
  #heard: GapAt[] | undefined;
  readonly #forks: ForkSeen[] = [];
  readonly #models: Model[] = [];
  readonly #losses: LossUse[] = [];
  #failures: Failure[] = [];
  readonly #deadline = processorTime() + longest;

  /** How messages write the line of a place. */
  readonly #lineOf: (place: Place) => string;

  constructor(library: Library, request: AnalysisRequest) {
    this.#lineOf = (place) => lineName(place.file === this.#file ? request.cells : undefined, locationOf(place).line);
    this.#library = library;
    this.#kept = library.keptOf(request.file);
    this.#kept.program.update(request.text);
    this.#file = this.#kept.program.file;
    this.recorder = new Recorder(this.#file);
    this.#comments = readComments(request.text);
    this.#stated = request.statedInputs ?? [];
  }

  get dependencies(): readonly string[] {
    return [this.#file.path, ...this.#library.host.filesRead, ...this.#library.host.dataRead.keys()];
  }

  run(): Analysis {
    const file = this.#file;
    const { host } = this.#library;
    this.#diagnostics.push(...syntaxDiagnostics(file));
    const listener = new PartListener(host, file);
    this.#library.interpret(this.#kept, listener, () => {
      const { outcomes } = listener;
      const run = Run.of(outcomes.map((outcome) => outcome.run));
      for (const { recorder, failures, gaps, forks } of outcomes) {
        this.#forks.push(...forks);
        this.recorder.append(recorder);
        this.#failures.push(...failures);
        for (const { reason, place } of gaps) this.gap(reason, place);
      }
      host.run = run;
      host.listener = this;
      // layers are asked what they are, also after a run that was stopped
      this.#library.machine.grantFuel(trialShare);
      const describe = this.#kept.describer(this.#library.machine);
      const candidates = candidatesIn(run.trace, describe, this.recorder.names, file);
      // what is called with tensors of unknown rank is better tried like a model that nobody calls
      const declared = new Set(run.trace.declared.map(({ layer }) => layer));
      const known = candidates.filter(({ layer, inputs, outputs }) => (outputs.length > 0 && inputs.every(isRankKnown)) || declared.has(layer) || !canBeTried((layer as PyInstance).cls));
      for (const candidate of known) this.#models.push(withPreprocessing(this.#kept.modelOf(candidate, run, describe), run, candidate));
      this.#report(run, 'error');
      const blind = [...run.trace.calledBlindly].filter((layer) => !run.trace.called.has(layer));
      const open = [...candidates.filter((candidate) => !known.includes(candidate)).map(({ layer }) => layer), ...blind]
        .map((layer) => layer as PyInstance).filter((layer) => canBeTried(layer.cls) && isModelLike(layer, describe));
      const seen = this.#models.length;
      this.#tryUncalled(describe, open, new Set([...run.trace.called, ...run.trace.declared.map(({ layer }) => layer)]));
      this.#models.push(...this.#models.splice(seen).map((model) => withPreprocessing(model, run)));
    });
    this.#diagnostics.push(...check({ file, models: this.#models, losses: this.#losses }));
    return {
      file: file.path,
      diagnostics: this.#finalDiagnostics(),
      models: this.#named().map((model) => withLinesInGraph(model, this.#lineOf)),
      tensors: this.recorder.tensors(),
      gaps: this.#allGaps(),
      forks: forksOf(this.#forks, this.#library.machine, this.#file),
    };
  }

  failed(failure: Failure): void {
    this.#failures.push(failure);
  }

  forked(fork: ForkSeen): void {
    if (this.#forks.length < MOST_FORKS) this.#forks.push(fork);
  }

  gap(reason: string, place: Place | undefined): void {
    this.#heard?.push({ reason, place });
    const location = place && locationOf(place);
    this.#gaps.set(`${reason} ${location?.file}:${location?.line}`, { reason, ...(location && { location }) });
  }

  /** Instances, then what functions build, then classes: whatever one of them calls needs no trial of its own. */
  #tryUncalled(describe: Describe, open: readonly PyInstance[], called: ReadonlySet<object>): void {
    const { machine, host } = this.#library;
    const { module } = this.#kept.program;
    const reached = new Set<object>(called);
    const reachedClasses = new Set<PyClass>();
    const reach = (layers: Iterable<object>): void => {
      for (const layer of layers) {
        reached.add(layer);
        for (const cls of (layer as PyInstance).cls.mro) reachedClasses.add(cls);
      }
    };
    reach([...called].filter((layer) => !open.includes(layer as PyInstance)));
    let attempt = new Recorder(this.#file);
    const main = this.recorder;
    const runner = new TrialRunner(machine, host, () => {
      attempt = new Recorder(this.#file);
      this.recorder = attempt;
      this.#failures = [];
    });
    const tryOne = ({ subject, trial, asWritten }: Uncalled): void => {
      const tried = this.#tried(subject, trial, () => {
        const outcome = runner.try(trial);
        return { outcome, recorder: attempt, failures: this.#failures };
      });
      if (!tried) return;
      const { outcome: { run, error, certain } } = tried;
      const models = this.#kept.modelsOf(tried.placed);
      this.#failures = [...tried.failures];
      main.merge(tried.recorder);
      if (error) this.#failures.push({ error, path: [] });
      if (asWritten) this.#report(run, certain ? 'error' : 'information', true);
      this.#failures = [];
      if (asWritten && !error && certain) this.#diagnostics.push(...sizeLimits(run.constraints, this.#file, machine));
      reach(run.trace.called);
      reach(run.trace.declared.map(({ layer }) => layer));
      if (!error || asWritten) this.#models.push(...models);
    };
    const made = madeBy(module, this.#file);
    const names = main.names;
    const instances = new Map<PyInstance, string>(open.map((layer) => [layer, names.get(layer) ?? layer.cls.name]));
    for (const { name, layer } of made.instances.filter(({ layer: each }) => isModelLike(each, describe))) if (!reached.has(layer) && !instances.has(layer)) instances.set(layer, names.get(layer) ?? name);
    for (const [layer, name] of instances) {
      if (open.includes(layer) || !reached.has(layer)) tryOne(uncalledInstance(machine, layer, name, this.#file, this.#statedFor(name, layer)));
    }
    for (const callable of made.functions) {
      if (!main.functions.has(callable)) tryOne(uncalledFunction(machine, callable, this.#file, this.#statedFor(callable.name), () => attempt));
    }
    // a class that others derive from or build with is reached by trying those first
    for (const cls of made.classes.reverse()) {
      if (!reachedClasses.has(cls)) tryOne(uncalledClass(machine, cls, this.#file, this.#statedFor(cls.name)));
    }
    this.recorder = main;
  }

  /** What a trial gave, now or when it was last made of the same; undefined where it took too long. */
  #tried(subject: object, trial: Trial, make: () => { outcome: TrialOutcome; recorder: Recorder; failures: readonly Failure[] }): KeptTrial | undefined {
    const { trials, program } = this.#kept;
    const key = JSON.stringify([trial.name, trial.stated]);
    const known = trials.get(subject);
    if (known?.key === key) {
      for (const { reason, place } of known.gaps) this.gap(reason, place);
      this.#forks.push(...known.forks);
      return known;
    }
    const gaps: GapAt[] = [];
    const before = this.#forks.length;
    this.#heard = gaps;
    const { result: made, reads } = program.module.attributes.watch(() => this.#attempt(() => watchLocations(make), trial.name));
    this.#heard = undefined;
    if (!made) return undefined;
    const { result: { outcome: { models, ...outcome }, recorder, failures }, places } = made;
    const tried: KeptTrial = {
      key, reads, outcome, recorder, failures: [...failures], gaps, forks: this.#forks.slice(before), placed: { models, places, layout: program.layout },
    };
    trials.set(subject, tried);
    return tried;
  }

  /** What was tried; undefined where it took too long or met a fault of Layerscope itself: the other models are still shown. */
  #attempt<T>(run: () => T, name: string): T | undefined {
    if (processorTime() > this.#deadline) {
      this.gap(`${name} was not tried: the file takes too long to follow`, undefined);
      return undefined;
    }
    this.#library.machine.grantFuel(trialShare);
    try {
      return run();
    } catch (error) {
      if (error instanceof InterpretationStopped && error.cancelled) throw error;
      if (error instanceof InterpretationStopped) this.gap(`${name}: ${error.message}`, undefined);
      else this.#diagnostics.push(internalFault(this.#file.path, error));
      return undefined;
    }
  }

  /** Turns what failed, and what stubs warned of, into diagnostics. */
  #report(run: Run, severity: 'error' | 'information', isTrial = false): void {
    const library = this.#library;
    const context = {
      interpreter: library.machine, file: this.#file, isTrial,
      kindOf: (file: SourceFile) => library.kindOf(file),
      isUserModule: (name: string) => library.isUserModule(name),
    };
    for (const failure of this.#failures) {
      const result = failureDiagnostic(failure, context, severity);
      if (result?.kind === 'diagnostic') this.#diagnostics.push(result.diagnostic);
      else if (result?.kind === 'gap') this.gap(result.reason, result.place);
    }
    for (const warning of run.warnings) {
      const diagnostic = warningDiagnostic(warning, this.#file);
      if (diagnostic) this.#diagnostics.push(diagnostic);
    }
    this.#losses.push(...run.losses);
    for (const { reason, place } of run.trace.gaps) this.gap(reason, place);
    this.#failures = [];
  }

  #statedFor(name: string, layer?: PyInstance): readonly StatedInput[] {
    const place = layer?.cls.place?.file === this.#file ? locationOf(layer.cls.place) : undefined;
    const byComment = this.#comments.inputs.filter(({ line }) => {
      if (!this.#commentOwner(line)) return true;
      return this.#commentOwner(line) === name || (place !== undefined && this.#commentOwner(line) === layer!.cls.name);
    });
    const byRequest = this.#stated.filter(({ model }) => model === undefined || model === name);
    return byRequest.length > 0 ? byRequest : byComment;
  }

  /** The class or function that a comment stands in or right above; undefined at the level of the module. */
  #commentOwner(line: number): string | undefined {
    for (const statement of this.#file.tree.body) {
      if (statement.type !== 'ClassDef' && statement.type !== 'FunctionDef') continue;
      const location = locationOf({ file: this.#file, start: statement.start, end: statement.end });
      if (line >= location.line - 1 && line <= location.endLine) return statement.name;
    }
    return undefined;
  }

  #named(): Model[] {
    const taken = new Set<string>();
    const ordered = [...this.#models].sort((a, b) => byLine(a.graph, b.graph));
    return ordered.map((model) => ({ ...model, graph: { ...model.graph, name: uniqueName(model.graph.name, taken) } }));
  }

  #finalDiagnostics(): Diagnostic[] {
    const shown = new Map<string, Diagnostic>();
    for (const diagnostic of this.#diagnostics) {
      const { location, code, message } = diagnostic;
      if (location.file !== this.#file.path || isSilenced(this.#comments, code, [location.line, location.endLine])) continue;
      const key = `${code} ${location.line}:${location.column} ${message}`;
      if (!shown.has(key)) shown.set(key, diagnostic);
    }
    return [...shown.values()].map((diagnostic): Diagnostic => ({
      ...diagnostic, message: withLines(diagnostic.message, this.#lineOf),
      related: diagnostic.related.map(({ location, message }) => ({ location, message: withLines(message, this.#lineOf) })),
    })).sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
  }

  #allGaps(): Gap[] {
    for (const { graph } of this.#models) {
      for (const gap of graph.gaps) this.#gaps.set(`${gap.reason} ${gap.location?.file}:${gap.location?.line}`, gap);
    }
    return [...this.#gaps.values()].map((gap) => ({ ...gap, reason: withLines(gap.reason, this.#lineOf) }));
  }
}

/** A model whose reasons name lines by their numbers. */
function withLinesInGraph(model: Model, lineOf: (place: Place) => string): Model {
  const { graph } = model;
  const named = <T extends { readonly reason?: string }>(part: T): T => (part.reason?.includes('\uE000') ? { ...part, reason: withLines(part.reason, lineOf) } : part);
  if (graph.gaps.length === 0 && !graph.operators.some(({ reason }) => reason !== undefined)) return model;
  return { ...model, graph: { ...graph, gaps: graph.gaps.map(named), operators: graph.operators.map(named) } };
}
