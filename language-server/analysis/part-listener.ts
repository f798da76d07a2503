/** Listens to the interpretation of a file, statement by statement. */
import type { AnalysisHost, Failure, Listener } from './host.ts';
import { Recorder } from '../extraction/recorder.ts';
import type { ForkSeen, Place, Resolution, SourceFile } from '../python/interpreter-api.ts';
import type { PartWatcher } from '../python/incremental/replay.ts';
import { Run } from '../tracing/run.ts';
import { SymbolNames } from '../tracing/symbol-names.ts';
import type { NamesTaken } from '../tracing/symbol-names.ts';
import { numberFrom } from '../tracing/trace.ts';

/** Loops that are unrolled fork again and again. */
export const MOST_FORKS = 1000;

export interface GapAt {
  readonly reason: string;
  readonly place: Place | undefined;
}

/** What was heard while one statement ran. */
export interface PartOutcome {
  readonly run: Run;
  readonly recorder: Recorder;
  readonly failures: readonly Failure[];
  readonly gaps: readonly GapAt[];
  readonly forks: readonly ForkSeen[];
  readonly symbols: NamesTaken;
  /** What imports found. */
  readonly resolved: ReadonlyMap<string, Resolution>;
}

export class PartListener implements Listener, PartWatcher<PartOutcome> {
  /** What was heard, in the order of the statements. */
  readonly outcomes: PartOutcome[] = [];
  recorder: Recorder;
  readonly #host: AnalysisHost;
  readonly #file: SourceFile;
  readonly #symbols = new SymbolNames();
  #failures: Failure[] = [];
  #gaps: GapAt[] = [];
  #forks: ForkSeen[] = [];

  constructor(host: AnalysisHost, file: SourceFile) {
    this.#host = host;
    this.#file = file;
    this.recorder = new Recorder(file);
  }

  begin(order: number): void {
    numberFrom(order);
    this.#host.run = new Run(undefined, this.#symbols);
    this.#host.resolved = new Map();
    this.recorder = new Recorder(this.#file);
    this.#failures = [];
    this.#gaps = [];
    this.#forks = [];
    this.#symbols.takenSince();
  }

  end(): PartOutcome {
    const outcome = {
      run: this.#host.run, recorder: this.recorder, failures: this.#failures, gaps: this.#gaps, forks: this.#forks, symbols: this.#symbols.takenSince(), resolved: this.#host.resolved,
    };
    this.outcomes.push(outcome);
    return outcome;
  }

  wouldRepeat({ symbols, run }: PartOutcome): boolean {
    // the place of an input among those that nobody gives decides what is stated of it
    return run.freeInputs.length === 0 && this.#symbols.wouldRepeat(symbols);
  }

  repeat(outcome: PartOutcome): void {
    this.#symbols.repeat(outcome.symbols);
    this.outcomes.push(outcome);
  }

  failed(failure: Failure): void {
    this.#failures.push(failure);
  }

  gap(reason: string, place: Place | undefined): void {
    this.#gaps.push({ reason, place });
  }

  forked(fork: ForkSeen): void {
    if (this.#forks.length < MOST_FORKS) this.#forks.push(fork);
  }
}
