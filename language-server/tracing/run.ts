import type { Dimension } from '../../graph/dimension.ts';
import type { PictureOperation } from '../../graph/preprocessing.ts';
import type { DataType } from '../../graph/tensor.ts';
import type { Formula } from '../python/paths/condition.ts';
import { InterpretationStopped } from '../python/interpreter-api.ts';
import type { PathEntry, Place, Undecided } from '../python/interpreter-api.ts';
import type { PyException, Value } from '../python/values/index.ts';
import { RepeatedCalls } from './repeated-calls.ts';
import { SymbolNames } from './symbol-names.ts';
import { Trace } from './trace.ts';
import type { FreeInput, TraceValue } from './trace.ts';
import type { StatedInput } from '../diagnostics/comments.ts';

/** What is known of an input that nobody gives. */
export interface Learnt {
  readonly shape?: readonly Dimension[];
  readonly dataType?: DataType;
}

/** A condition on sizes that a framework needs to hold, met on a path where it could not be settled. */
export interface Constraint {
  readonly formula: Formula;
  readonly error: PyException;
  readonly path: readonly PathEntry[];
  /** In the user's files, where it is under way there. */
  readonly place: Place | undefined;
}

/** A diagnostic that a stub gives by `layerscope.warn`. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly severity: string;
  readonly place: Place;
  readonly about: Place | undefined;
  readonly fix: Value;
}

/** A prediction that a loss compares with a target (`layerscope.loss`). */
export interface LossUse {
  readonly kind: string;
  readonly prediction: TraceValue;
  readonly target: TraceValue | undefined;
  readonly expects: string;
  readonly axis: number;
  readonly place: Place;
}

/** What a program does to a picture, with the places where it says so. */
export interface Preparation {
  readonly place: Place | undefined;
  readonly steps: readonly PreparationStep[];
}

export interface PreparationStep {
  readonly operation: PictureOperation;
  readonly place: Place | undefined;
}

/** Data that a layer object is given: `model.fit(x)`, of which no operator of the model's graph tells. */
export interface FedValue {
  readonly layer: object;
  readonly value: TraceValue;
}

/** One interpretation: of the file, or of a model that nobody calls. Everything that the primitives write to. */
export class Run {
  readonly trace = new Trace();
  readonly constraints: Constraint[] = [];
  /** In a trial: what else has to hold, or is meant to, of the sizes of inputs that nobody gives. */
  readonly presumed: Formula[] = [];
  /** Undecided conditions of which only one side goes on: they hold wherever the trial has got to behind them. */
  readonly survived = new Set<Undecided>();
  readonly warnings: Warning[] = [];
  readonly losses: LossUse[] = [];
  /** What the program says of how pictures are prepared, in the order in which it says it. */
  readonly preparations: Preparation[] = [];
  readonly fed: FedValue[] = [];
  readonly calls = new RepeatedCalls();
  /** The inputs that nobody gives, in the order in which they were asked for. */
  readonly freeInputs: FreeInput[] = [];
  /** Whether this is the trial of a model that nobody calls, so that its inputs may learn. */
  readonly isTrial: boolean;
  readonly #learnt: readonly (Learnt | undefined)[];
  readonly #stated: readonly StatedInput[];
  readonly #symbols: SymbolNames;

  /** For a trial: what earlier attempts learnt of its inputs, and what the user states of them. */
  constructor(trial?: { readonly learnt: readonly (Learnt | undefined)[]; readonly stated: readonly StatedInput[] }, symbols = new SymbolNames()) {
    this.#symbols = symbols;
    this.isTrial = trial !== undefined;
    this.#learnt = trial?.learnt ?? [];
    this.#stated = trial?.stated ?? [];
  }

  /** The runs of a program's statements as one. */
  static of(parts: readonly Run[]): Run {
    const whole = new Run();
    for (const { trace, constraints, warnings, losses, preparations, fed, freeInputs } of parts) {
      whole.trace.append(trace);
      whole.constraints.push(...constraints);
      whole.warnings.push(...warnings);
      whole.losses.push(...losses);
      whole.preparations.push(...preparations);
      whole.fed.push(...fed);
      whole.freeInputs.push(...freeInputs);
    }
    return whole;
  }

  /** In a trial, a condition on its inputs is presumed to hold: sizes are solved for it. */
  presume(formula: Formula): void {
    if (this.isTrial) this.presumed.push(formula);
  }

  /** What the user states of an input: by its name, or by its place among the inputs that are not named. */
  stated({ name, index }: FreeInput): StatedInput | undefined {
    return this.#stated.find((stated) => stated.input === name) ?? this.#stated.filter((stated) => stated.input === undefined)[index];
  }

  /** What is known of an input that nobody gives. */
  known(input: FreeInput): Learnt {
    const stated = this.stated(input);
    const learnt = this.#learnt[input.index];
    return { shape: stated?.shape ?? learnt?.shape, dataType: stated?.dataType ?? learnt?.dataType };
  }

  /** A name that no symbol of this run has yet: `batch`, `batch_1`, ... */
  symbolName(name: string): string {
    return this.#symbols.fresh(name);
  }
}

/** Ends an attempt of a trial: something was learnt about an input, and the model is to be run again with it. */
export class InputLearnt extends InterpretationStopped {
  readonly index: number;
  readonly learnt: Learnt;
  constructor(index: number, learnt: Learnt) {
    super('an input took on a shape', true);
    this.index = index;
    this.learnt = learnt;
  }
}

/** What outlives runs: library modules keep the primitives that they imported, and these look here for the run at hand. */
export interface Tracer {
  run: Run;
}
