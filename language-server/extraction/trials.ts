import { substitute, symbol, symbolsOf } from '../../graph/dimension.ts';
import type { Dimension, DimensionSymbol } from '../../graph/dimension.ts';
import type { InputOrigin, Model } from '../analysis.ts';
import type { StatedInput } from '../diagnostics/comments.ts';
import { PythonError } from '../python/interpreter-api.ts';
import { symbolsOfFormula } from '../python/paths/condition.ts';
import type { Machine } from '../python/interpreter.ts';
import { begin, depth, undo } from '../python/paths/journal.ts';
import { InputLearnt, Run } from '../tracing/run.ts';
import type { Learnt, Tracer } from '../tracing/run.ts';
import type { TraceValue } from '../tracing/trace.ts';
import { buildGraph } from './build-graph.ts';
import type { ModelCandidate } from './build-graph.ts';
import { describer } from './describe.ts';
import type { Describe } from './description.ts';
import { restoreState, stateOf } from './machine-state.ts';
import { solve } from './solve.ts';

/** Something that nobody calls, and how it is run. */
export interface Trial {
  readonly name: string;
  /** Builds the model and calls it. */
  readonly run: () => void;
  /** The models of the attempt that succeeded. */
  readonly candidates: (run: Run, describe: Describe) => readonly ModelCandidate[];
  readonly stated: readonly StatedInput[];
}

export interface TrialOutcome {
  readonly models: readonly Model[];
  readonly run: Run;
  /** What the run raised. */
  readonly error?: PythonError;
  /** Whether the error does not come from what was guessed: every input took on the shape that the code itself asks for. */
  readonly certain: boolean;
}

/** Shapes that are tried where the code does not say what it needs. */
const guesses: readonly (readonly Dimension[])[] = [
  [symbol('batch'), symbol('channels'), symbol('height'), symbol('width')],
  [symbol('batch'), symbol('length'), symbol('features')],
  [symbol('batch'), symbol('features')],
  [symbol('batch')],
];

/** What is made of indices: rows of tokens before images. */
const guessesOfIndices: readonly (readonly Dimension[])[] = [
  [symbol('batch'), symbol('length')],
  [symbol('batch')],
  [symbol('batch'), symbol('length'), symbol('features')],
];

const mostAttempts = 16;

/** Attempts of one trial: each begins in the same state and is undone, and is given what the earlier ones learnt. */
export class TrialRunner {
  readonly #machine: Machine;
  readonly #tracer: Tracer;
  /** Called before each attempt, so that only the last one leaves traces elsewhere. */
  readonly #starting: () => void;

  constructor(machine: Machine, tracer: Tracer, starting: () => void) {
    this.#machine = machine;
    this.#tracer = tracer;
    this.#starting = starting;
  }

  try(trial: Trial): TrialOutcome {
    const { outcome, inputs, guessable } = this.#learn(trial, []);
    const doubtful = outcome.error ? guessable : fixesBatch(outcome.run);
    return doubtful ? this.#otherRanks(trial, inputs) ?? outcome : outcome;
  }

  /** Runs the trial until nothing more is learnt of its inputs, then with the sizes that its constraints ask for. */
  #learn(trial: Trial, known: Inputs): { outcome: TrialOutcome; inputs: Inputs; guessable: boolean } {
    const inputs: (Learnt | undefined)[] = [...known];
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const result = this.#attempt(trial, inputs, true);
      if (result.kind === 'learnt') inputs[result.index] = result.learnt;
      else if (result.kind === 'solved') {
        const solved = withSizes(inputs, result.sizes);
        const again = this.#attempt(trial, solved, false);
        if (again.kind === 'finished' && !again.outcome.error) return { outcome: again.outcome, inputs: solved, guessable: false };
        // the solution was ours: the run with symbols, which went well, stands
        const symbolic = this.#attempt(trial, inputs, false);
        if (symbolic.kind === 'finished') return { outcome: symbolic.outcome, inputs, guessable: false };
      } else {
        const { outcome } = result;
        const { run } = outcome;
        const guessed = run.freeInputs.length > 0 && run.freeInputs.every((input) => run.known(input).shape === undefined) ? this.#guess(trial, inputs, run.freeInputs.length) : undefined;
        return { outcome: guessed ?? outcome, inputs, guessable: guessed === undefined };
      }
    }
    throw new Error(`the inputs of ${trial.name} were not settled in ${mostAttempts} attempts`);
  }

  /** Nothing in the code says what rank its inputs have: the first usual shape that leads to tensors of known shape. */
  #guess(trial: Trial, inputs: Inputs, count: number): TrialOutcome | undefined {
    for (const shape of inputs.some((input) => input?.dataType?.startsWith('int')) ? guessesOfIndices : guesses) {
      const guessed = Array.from({ length: count }, (_, index): Learnt => ({ ...inputs[index], shape }));
      const result = this.#attempt(trial, guessed, true);
      const finished = result.kind === 'solved' ? this.#attempt(trial, withSizes(guessed, result.sizes), false) : result;
      if (finished.kind === 'finished' && !finished.outcome.error && shapesKnown(finished.outcome.models)) return finished.outcome;
    }
    return undefined;
  }

  /** The run failed, or goes for one batch size only, with inputs of the rank that a layer suggested; many layers take several. */
  #otherRanks(trial: Trial, inputs: Inputs): TrialOutcome | undefined {
    for (const [index, input] of inputs.entries()) {
      const { shape } = input ?? {};
      if (!shape || shape.length < 1) continue;
      const [batch, ...rest] = shape;
      const last = shape.at(-1)!;
      const ranks = [
        [batch, symbol('length'), ...rest], [batch, symbol('length'), symbol('width'), ...rest], rest,
        [...shape, symbol('length')], typeof last === 'number' ? [] : shape.slice(0, -1),
      ];
      for (const other of ranks.filter((sizes) => sizes.length > 0)) {
        const { outcome } = this.#learn(trial, inputs.map((known, at) => (at === index ? { ...known, shape: other } : known)));
        if (!outcome.error && !fixesBatch(outcome.run)) return outcome;
      }
    }
    return undefined;
  }

  #attempt(trial: Trial, learnt: Inputs, solving: boolean): Attempt {
    const before = this.#tracer.run;
    const run = new Run({ learnt, stated: trial.stated });
    this.#tracer.run = run;
    this.#starting();
    const opened = depth();
    const state = stateOf(this.#machine);
    begin();
    try {
      let error: PythonError | undefined;
      try {
        trial.run();
      } catch (thrown) {
        if (!(thrown instanceof PythonError)) throw thrown;
        error = thrown;
      }
      const sizes = solving && !error ? sizesFor(run) : undefined;
      if (sizes) return { kind: 'solved', sizes };
      const describe = describer(this.#machine);
      const models = trial.candidates(run, describe).map((candidate) => modelFrom(candidate, run, describe));
      return { kind: 'finished', outcome: { models, run, error, certain: run.freeInputs.every((input) => run.known(input).shape !== undefined) } };
    } catch (thrown) {
      if (thrown instanceof InputLearnt) return { kind: 'learnt', index: thrown.index, learnt: thrown.learnt };
      throw thrown;
    } finally {
      while (depth() > opened) undo();
      restoreState(this.#machine, state);
      this.#tracer.run = before;
    }
  }
}

type Inputs = readonly (Learnt | undefined)[];

type Attempt =
  | { readonly kind: 'learnt'; readonly index: number; readonly learnt: Learnt }
  | { readonly kind: 'solved'; readonly sizes: ReadonlyMap<string, Dimension> }
  | { readonly kind: 'finished'; readonly outcome: TrialOutcome };

function withSizes(inputs: Inputs, sizes: ReadonlyMap<string, Dimension>): Inputs {
  return inputs.map((input) => input?.shape ? { ...input, shape: input.shape.map((size) => substitute(size, sizes)) } : input);
}

/** Whether something asks for one size of the batch, as a table of positions does that was met a rank too early. */
function fixesBatch({ presumed }: Run): boolean {
  return presumed.some((formula) => {
    const symbols = symbolsOfFormula(formula);
    return symbols.size === 1 && symbols.has('batch');
  });
}

/** Sizes of the run's own inputs under which everything that it asked for holds; undefined where there are none to find. */
function sizesFor(run: Run): ReadonlyMap<string, Dimension> | undefined {
  const needed = run.constraints.filter(({ path }) => path.every(({ condition }) => run.survived.has(condition))).map(({ formula }) => formula);
  const open = new Map<string, DimensionSymbol>();
  for (const input of run.freeInputs) {
    if (!run.stated(input)) for (const size of run.known(input).shape ?? []) symbolsOf(size, open);
  }
  if (needed.length + run.presumed.length === 0 || open.size === 0) return undefined;
  const universal = new Set(['batch']);
  const sizes = solve([...needed, ...run.presumed], universal) ?? (run.presumed.length > 0 ? solve(needed, universal) : undefined);
  return sizes && [...sizes.keys()].some((name) => open.has(name)) ? sizes : undefined;
}

export function modelFrom(candidate: ModelCandidate, run: Run, describe: Describe): Model {
  const { graph, inputs } = buildGraph(candidate, run.trace, describe);
  return { graph, inputs: inputs.map((value) => originOf(value, run)) };
}

function originOf({ source, type }: TraceValue, run: Run): InputOrigin {
  if (source.kind !== 'input' || !source.free) return 'given';
  if (run.stated(source.free)) return 'stated';
  if (type.shape === undefined) return 'asked';
  return type.shape.every((size) => [...symbolsOf(size).keys()].every((name) => name === 'batch')) ? 'solved' : 'asked';
}

function shapesKnown(models: readonly Model[]): boolean {
  return models.every(({ graph }) => graph.outputs.every((id) => graph.values[id].type.shape !== undefined));
}
