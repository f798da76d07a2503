import type { LayerGraph } from '../../graph/graph.ts';
import type { Weights } from '../../graph/weights.ts';
import { CoveredModel, type Observation } from './covered-model.ts';
import { byLayer, countOf, coverageOf, MET, UNREACHABLE, type Criterion, type CriterionName, type LayerCoverage, type Proposal, type Round } from './criterion.ts';
import { FileJournal, fingerprint, type Journal, type JournalRound } from './journal.ts';
import { LipschitzCriterion } from './lipschitz.ts';
import { Oracle, type CoverageNorm, type Domain, type Seed } from './oracle.ts';
import { Reach } from './reach.ts';
import { SignSignCriterion } from './sign-sign.ts';
import { rangesOf, ThresholdCriterion } from './threshold.ts';

export interface CoverQuestion {
  readonly criterion: CriterionName;
  /** Inputs to start from, flat; one is enough. */
  readonly inputs: readonly Float32Array[];
  /** Their right labels; what the model answers where they are left out. */
  readonly labels?: readonly number[];
  readonly norm: CoverageNorm;
  /** How far a test may be from its seed. */
  readonly epsilon: number;
  /** The range of the input's elements. */
  readonly lower: number;
  readonly upper: number;
  readonly seed: number;
  /** nbc: the inputs whose values set the boundaries; the inputs to start from where it is left out. */
  readonly boundary?: readonly Float32Array[];
  /** ssc: the most pairs of neurons for two layers; more are sampled. */
  readonly pairs: number;
  /** lipschitz: the slope to exceed; each input's own where it is left out. */
  readonly constant?: number;
}

export interface CoverOptions {
  readonly signal?: AbortSignal;
  /** The coverage at which to stop. */
  readonly goal: number;
  readonly timeoutSeconds: number;
  /** Where the state is kept, and whether to go on with what is there. */
  readonly state?: { readonly path: string; readonly resume: boolean };
  readonly onProgress?: (progress: CoverProgress) => void;
  /** Each test of the suite as it is found, those of an earlier run first. */
  readonly onTest?: (test: Test) => void;
}

export interface Test {
  readonly input: Float32Array;
  /** The place of the given input that it was made from. */
  readonly seed: number;
  /** What the model answers, and what it should. */
  readonly label: number;
  readonly expected: number;
  /** From the seed, in the norm. */
  readonly distance: number;
  /** False for the given inputs themselves. */
  readonly generated: boolean;
}

export interface CoverProgress {
  readonly requirements: number;
  readonly met: number;
  readonly unreachable: number;
  /** met / (requirements - unreachable). */
  readonly coverage: number;
  /** The size of the suite. */
  readonly tests: number;
  readonly adversarial: number;
  /** Of all runs together. */
  readonly seconds: number;
  readonly layers: readonly LayerCoverage[];
}

export interface CoverAnswer extends CoverProgress {
  readonly criterion: CriterionName;
  readonly suite: readonly Test[];
  /** The tests that are not given inputs. */
  readonly generated: number;
  readonly inputShape: readonly number[];
  /** Why it ended; `exhausted`: every open requirement was tried in every way. */
  readonly ended: 'goal' | 'exhausted' | 'timeout' | 'cancelled';
  /** Given inputs that the model gets wrong: they are no start. */
  readonly misclassified: number;
  /** Some requirements that are open, in words. */
  readonly open: readonly string[];
}

const NAMED = 20;

/**
 * Concolic testing (Sun et al., arXiv 1805.00089): runs of the model alternate with symbolic analysis along its activation
 * patterns until each requirement of a criterion is met by a test, proved unreachable, or given up.
 * @throws RangeError where the question makes no sense; UnsupportedNetwork; JournalError where a state cannot be continued
 */
export async function generateTests(graph: LayerGraph, weights: Weights, question: CoverQuestion, options: CoverOptions): Promise<CoverAnswer> {
  const started = performance.now();
  const model = await CoveredModel.open(graph, weights, options.signal);
  try {
    const campaign = await Campaign.begin(model, question, options, started);
    return await campaign.run();
  } finally {
    await model.close();
  }
}

/** How much of a criterion a set of inputs covers by itself. */
export async function measureCoverage(graph: LayerGraph, weights: Weights, question: CoverQuestion, options: Pick<CoverOptions, 'signal' | 'onProgress'> = {}): Promise<CoverAnswer> {
  const started = performance.now();
  const model = await CoveredModel.open(graph, weights, options.signal);
  try {
    // what a set covers is what it covers, whatever the model makes of it
    const campaign = await Campaign.begin(model, { ...question, labels: undefined }, { ...options, goal: 0, timeoutSeconds: Infinity }, started);
    return campaign.answer('exhausted', question.labels && campaign.differing(question.labels));
  } finally {
    await model.close();
  }
}

class Campaign {
  readonly #tests: Test[] = [];
  readonly #suite = new Set<number>();
  readonly #wrong = new Set<string>();
  #round = 0;
  #seconds = 0;
  #misclassified = 0;

  private constructor(
    private readonly model: CoveredModel, private readonly criterion: Criterion, private readonly oracle: Oracle,
    private readonly question: CoverQuestion, private readonly options: CoverOptions, private readonly started: number,
  ) {}

  static async begin(model: CoveredModel, question: CoverQuestion, options: CoverOptions, started: number): Promise<Campaign> {
    const { inputs, labels, lower, upper, norm, epsilon, criterion: name } = question;
    if (inputs.length === 0) throw new RangeError('there is no input to start from');
    for (const [k, input] of inputs.entries()) {
      if (input.length !== model.inputSize) throw new RangeError(`the model takes ${model.inputSize} numbers, input ${k} has ${input.length}`);
      const outside = input.findIndex((value) => !(value >= lower && value <= upper));
      if (outside >= 0) throw new RangeError(`element ${outside} of input ${k} is ${input[outside]}, outside of the input's range ${lower} to ${upper}`);
    }
    if (labels && labels.length !== inputs.length) throw new RangeError(`there are ${labels.length} labels for ${inputs.length} inputs`);
    if (!(epsilon > 0)) throw new RangeError(`epsilon must be a number above 0, not ${epsilon}`);
    if (name !== 'lipschitz' && model.layers.length === 0) throw new RangeError('the model has no hidden neurons to cover: no activation that is not an output');
    const domain: Domain = { lower: new Float64Array(model.inputSize).fill(lower), upper: new Float64Array(model.inputSize).fill(upper) };
    const pause = pauses(options.signal, () => false);
    const observations: Observation[] = [];
    const seeds: Seed[] = [];
    const places: number[] = [];
    let place = 0;
    for await (const observation of model.runAll(inputs)) {
      const right = labels?.[place] ?? observation.label;
      if (right === observation.label) {
        seeds.push({ input: inputs[place], label: right });
        observations.push(observation);
        places.push(place);
      }
      place++;
      if (!await pause()) break;
    }
    if (seeds.length === 0) throw new RangeError(`the model gives none of the ${inputs.length} inputs its label: there is no input to start from`);
    const oracle = new Oracle(seeds, norm, epsilon, domain);
    const reach = new Reach(model.loaded, domain);
    const criterion = name === 'ssc' ? new SignSignCriterion(model, oracle, reach, question.seed, question.pairs)
      : name === 'lipschitz' ? LipschitzCriterion.of(model, oracle, question.seed, question.constant)
        : new ThresholdCriterion(model, oracle, reach, question.seed, name === 'nbc' ? await rangesOf(model, question.boundary ?? inputs, pause) : undefined);
    if (criterion.states.length === 0) throw new RangeError('the model has no two hidden layers of which one reads the other: there are no pairs to cover');
    const campaign = new Campaign(model, criterion, oracle, question, options, started);
    campaign.#misclassified = inputs.length - seeds.length;
    seeds.forEach(({ input, label }, seed) => {
      campaign.#tests.push({ input, seed: places[seed], label, expected: label, distance: 0, generated: false });
      for (const test of criterion.observe({ test: seed, seed, input, observation: observations[seed] })) campaign.#enter(test);
    });
    return campaign;
  }

  async run(): Promise<CoverAnswer> {
    const { criterion, options } = this;
    const journal = this.#journal();
    for (const round of journal?.rounds ?? []) await this.#apply(round);
    const earlier = this.#seconds;
    const seconds = () => (performance.now() - this.started) / 1000 + earlier;
    const deadline = this.started + options.timeoutSeconds * 1000;
    const pause = pauses(options.signal, () => performance.now() > deadline);
    const context = () => ({ round: this.#round, signal: options.signal, pause });
    const state = (): CoverAnswer['ended'] | undefined => (options.signal?.aborted ? 'cancelled' : coverageOf(criterion.states) >= options.goal ? 'goal' : performance.now() > deadline ? 'timeout' : undefined);
    let ended = state();
    for (; !ended; ended = state()) {
      let going = true;
      const watched = { ...context(), pause: async () => (going = await pause()) };
      const found: Round | undefined = this.#round === 0 ? { proposals: [], tried: [], unreachable: await criterion.proveAtOnce(watched) } : await criterion.propose(watched);
      if (!found) {
        ended = 'exhausted';
        break;
      }
      const round = going && await this.#accept(found, pause);
      // a round that was cut short is not counted, so that it is the same round when the run goes on
      if (!round) continue;
      this.#seconds = seconds();
      journal?.append({ ...round, seconds: this.#seconds });
      this.#report();
    }
    this.#seconds = seconds();
    return this.answer(ended);
  }

  answer(ended: CoverAnswer['ended'], misclassified = this.#misclassified): CoverAnswer {
    if (this.#seconds === 0) this.#seconds = (performance.now() - this.started) / 1000;
    const suite = this.#ordered();
    const { states } = this.criterion;
    const open: string[] = [];
    for (let r = 0; r < states.length && open.length < NAMED; r++) if (states[r] === 0) open.push(this.criterion.describe(r));
    return { criterion: this.question.criterion, ...this.#progress(), suite, generated: suite.filter(({ generated }) => generated).length, inputShape: this.model.inputShape, ended, misclassified, open };
  }

  /** How many of the tests the model answers otherwise than they are labelled. */
  differing(labels: readonly number[]): number {
    return this.#tests.filter(({ label }, k) => label !== labels[k]).length;
  }

  /** Runs what was proposed on the original model, and keeps what the oracle accepts and meets something new, or is adversarial in a new way. */
  async #accept({ proposals, ...found }: Round, pause: () => Promise<boolean>): Promise<Omit<JournalRound, 'seconds'> | undefined> {
    const kept: Proposal[] = [];
    const observed: (Proposal & { readonly observations: readonly Observation[] })[] = [];
    for (const { seed, inputs } of proposals) {
      if (inputs.some((input) => this.oracle.accepts(input, seed) === undefined)) continue;
      const observations: Observation[] = [];
      for (const input of inputs) observations.push(await this.model.run(input));
      observed.push({ seed, inputs, observations });
      if (!await pause()) return undefined;
    }
    // nothing of the state changes before the round is complete
    for (const { seed, inputs, observations } of observed) {
      const fresh = this.criterion.wouldMeet(inputs.map((input, k) => ({ seed, input, observation: observations[k] })));
      const wrong = observations.some(({ label }) => this.#isNewlyWrong(seed, label));
      if (!fresh && !wrong) continue;
      kept.push({ seed, inputs });
      inputs.forEach((input, k) => this.#add(seed, input, observations[k]));
    }
    this.criterion.note(found);
    return { round: this.#round++, tests: kept, ...found };
  }

  /** Does again what a round did. */
  async #apply({ round, tests, seconds, ...found }: JournalRound): Promise<void> {
    for (const { seed, inputs } of tests) for (const input of inputs) this.#add(seed, input, await this.model.run(input));
    this.criterion.note(found);
    this.#round = round + 1;
    this.#seconds = seconds;
  }

  #add(seed: number, input: Float32Array, observation: Observation): void {
    const expected = this.oracle.seeds[seed].label;
    const test = this.#tests.push({ input, seed: this.#tests[seed].seed, label: observation.label, expected, distance: this.oracle.accepts(input, seed)!, generated: true }) - 1;
    if (observation.label !== expected) this.#wrong.add(`${seed} ${observation.label}`);
    this.#enter(test);
    for (const other of this.criterion.observe({ test, seed, input, observation })) this.#enter(other);
  }

  #enter(test: number): void {
    if (this.#suite.has(test)) return;
    this.#suite.add(test);
    this.options.onTest?.(this.#tests[test]);
  }

  #isNewlyWrong(seed: number, label: number): boolean {
    return label !== this.oracle.seeds[seed].label && !this.#wrong.has(`${seed} ${label}`);
  }

  #ordered(): Test[] {
    return [...this.#suite].sort((a, b) => a - b).map((test) => this.#tests[test]);
  }

  #progress(): CoverProgress {
    const { states } = this.criterion;
    const suite = this.#ordered();
    return {
      requirements: states.length, met: countOf(states, MET), unreachable: countOf(states, UNREACHABLE), coverage: coverageOf(states),
      tests: suite.length, adversarial: suite.filter(({ label, expected }) => label !== expected).length, seconds: this.#seconds, layers: byLayer(this.criterion),
    };
  }

  #report(): void {
    this.options.onProgress?.(this.#progress());
  }

  #journal(): Journal | undefined {
    const { state } = this.options;
    if (!state) return undefined;
    const { criterion, norm, epsilon, lower, upper, seed, pairs, constant, boundary, inputs } = this.question;
    const identity = {
      criterion, norm, epsilon, range: `${lower} to ${upper}`, seed, ...fingerprint(this.model.loaded.network, inputs),
      ...(criterion === 'ssc' ? { pairs } : {}), ...(criterion === 'lipschitz' && constant !== undefined ? { constant } : {}),
      ...(criterion === 'nbc' && boundary ? { boundary: fingerprint(this.model.loaded.network, boundary).inputs } : {}),
    };
    return state.resume ? FileJournal.resume(state.path, identity) : FileJournal.create(state.path, identity);
  }
}

/** Lets events be handled, and says whether to go on. */
function pauses(signal: AbortSignal | undefined, over: () => boolean): () => Promise<boolean> {
  return async () => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    return !signal?.aborted && !over();
  };
}
