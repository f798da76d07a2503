import type { Dimension } from '../../graph/dimension.ts';
import type { DataType } from '../../graph/tensor.ts';
import type { Formula } from '../python/condition.ts';
import { InterpretationStopped } from '../python/interpreter-api.ts';
import type { PathEntry, Place } from '../python/interpreter-api.ts';
import type { PyException, Value } from '../python/values.ts';
import { Trace } from './trace.ts';

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

/** One interpretation: of the file, or of a model that nobody calls. Everything that the primitives write to. */
export class Run {
  readonly trace = new Trace();
  readonly constraints: Constraint[] = [];
  readonly warnings: Warning[] = [];
  /** Of a trial: what earlier attempts learnt of its inputs; undefined in the run of the file itself. */
  readonly learnt: readonly (Learnt | undefined)[] | undefined;
  /** How many inputs that nobody gives were asked for so far. */
  freeInputs = 0;
  #symbols = new Map<string, number>();

  constructor(learnt?: readonly (Learnt | undefined)[]) {
    this.learnt = learnt;
  }

  /** A name that no symbol of this run has yet: `batch`, `batch_1`, ... */
  symbolName(name: string): string {
    const count = this.#symbols.get(name);
    this.#symbols.set(name, (count ?? 0) + 1);
    return count === undefined ? name : this.symbolName(`${name}_${count}`);
  }
}

/** Ends an attempt of a trial: something was learnt about an input, and the model is to be run again with it. */
export class InputLearnt extends InterpretationStopped {
  readonly index: number;
  readonly learnt: Learnt;
  constructor(index: number, learnt: Learnt) {
    super('an input took on a shape');
    this.index = index;
    this.learnt = learnt;
  }
}

/** What outlives runs: library modules keep the primitives that they imported, and these look here for the run at hand. */
export interface Tracer {
  run: Run;
}
