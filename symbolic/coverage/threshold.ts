import { countCoefficients } from '../network/cone.ts';
import { Random } from '../search/random.ts';
import { clearance, type CoveredModel, type Observation } from './covered-model.ts';
import { MET, OPEN, UNREACHABLE, type Criterion, type Observed, type Proposal, type Round, type SearchContext } from './criterion.ts';
import { neuronName } from './hidden-layers.ts';
import { nearestInputs, type Attempt, type Goal } from './nearest.ts';
import type { Oracle } from './oracle.ts';
import type { Decision, Question, Reach } from './reach.ts';
import { sweepInputs, type Sweep } from './sweep.ts';

/** The largest and the smallest value of each neuron over a set of inputs. */
export interface Ranges {
  readonly lower: readonly Float32Array[];
  readonly upper: readonly Float32Array[];
}

/** An attempt from the best test, a proof, and two attempts from tests chosen at random. */
const ATTEMPTS = 4;
const PROOF = 1;
const STEPS = 12;
/** Part of the open requirements of a layer that one sweep is for: others are in its way. */
const SWEPT = 0.4;

/**
 * Neuron coverage: each neuron is above 0 in some test. Neuron boundary coverage: each is above and, in another test, below
 * the values that a given set has. One requirement is one neuron past one threshold on one side.
 */
export class ThresholdCriterion implements Criterion {
  readonly states: Uint8Array;
  readonly parts: Criterion['parts'];
  readonly #sides: readonly (1 | -1)[];
  /** Of each requirement, how far the best test is from meeting it, and which test that is. */
  readonly #best: Float32Array;
  readonly #bestTest: Int32Array;
  readonly #attempts: Uint8Array;
  /** The largest magnitude in each layer so far. */
  readonly #scale: Float64Array;
  readonly #tests: { readonly input: Float32Array; readonly seed: number }[] = [];
  readonly #batch: number;
  /** Layers whose sweeps met fewer requirements than aiming at single ones does. */
  readonly #sweptOut: Uint8Array;
  #metSinceNote = 0;

  constructor(private readonly model: CoveredModel, private readonly oracle: Oracle, private readonly reach: Reach, private readonly seedNumber: number, private readonly ranges?: Ranges) {
    this.#sides = ranges ? [1, -1] : [1];
    let start = 0;
    this.parts = model.layers.map(({ name, size }) => {
      const part = { name, start };
      start += size * this.#sides.length;
      return part;
    });
    this.states = new Uint8Array(start);
    this.#best = new Float32Array(start).fill(-Infinity);
    this.#bestTest = new Int32Array(start).fill(-1);
    this.#attempts = new Uint8Array(start);
    this.#scale = new Float64Array(model.layers.length).fill(1);
    this.#sweptOut = new Uint8Array(model.layers.length);
    // a step of a batch should not hold up a cancellation
    this.#batch = Math.max(3, Math.min(64, Math.floor(5e7 / countCoefficients(model.loaded.network))));
  }

  describe(requirement: number): string {
    const { layer, neuron, side } = this.#placeOf(requirement);
    const name = neuronName(this.model.layers[layer], neuron);
    return this.ranges ? `${name} ${side === 1 ? 'above' : 'below'} ${this.#threshold(layer, neuron, side)}` : `${name} active`;
  }

  wouldMeet(tests: readonly { readonly observation: Observation }[]): boolean {
    return tests.some(({ observation }) => {
      let met = false;
      this.#each(observation, (requirement, by, clear) => (met ||= this.states[requirement] === OPEN && by > clear));
      return met;
    });
  }

  observe({ test, seed, input, observation }: Observed): ReadonlySet<number> {
    const own = this.#tests.push({ input, seed }) - 1;
    let met = false;
    observation.layers.forEach((values, layer) => {
      for (const value of values) this.#scale[layer] = Math.max(this.#scale[layer], Math.abs(value));
    });
    this.#each(observation, (requirement, by, clear) => {
      if (by > this.#best[requirement]) [this.#best[requirement], this.#bestTest[requirement]] = [by, own];
      if (this.states[requirement] === OPEN && by > clear) {
        this.states[requirement] = MET;
        this.#metSinceNote++;
        met = true;
      }
    });
    return new Set(met ? [test] : []);
  }

  note({ tried, unreachable, swept }: Omit<Round, 'proposals'>): void {
    if (swept !== undefined && this.#metSinceNote < 2 * this.#batch) this.#sweptOut[swept] = 1;
    this.#metSinceNote = 0;
    for (const requirement of tried) this.#attempts[requirement]++;
    for (const requirement of unreachable) if (this.states[requirement] === OPEN) this.states[requirement] = UNREACHABLE;
  }

  async proveAtOnce(): Promise<readonly number[]> {
    const unreachable: number[] = [];
    for (let requirement = 0; requirement < this.states.length; requirement++) {
      if (this.states[requirement] !== OPEN) continue;
      const question = this.#question(requirement);
      if (question ? this.reach.ruledOut(question) : true) unreachable.push(requirement);
    }
    return unreachable;
  }

  async propose(context: SearchContext): Promise<Round | undefined> {
    const chosen = this.#choose(context.round);
    if (!chosen) return undefined;
    const { level, requirements } = chosen;
    if (level === PROOF) return this.#prove(requirements, context);
    const random = new Random(this.seedNumber * 1_000_003 + context.round);
    const { layer } = this.#placeOf(requirements[0]);
    if (level === 0 && !this.#sweptOut[layer]) return this.#sweep(layer, random, context.pause);
    const { node } = this.#question(requirements[0])!;
    const attempts = requirements.map((requirement): Attempt => {
      const goal = this.#goal(requirement);
      const from = level === 0 || random.next() < 0.3 ? this.#tests[this.#bestTest[requirement]] : this.#tests[random.integer(this.#tests.length)];
      const start = Float64Array.from(from.input);
      if (level > 0) this.#disturb(start, from.seed, random);
      return { goal, start, seed: from.seed };
    });
    const found = await nearestInputs(this.model.loaded, this.oracle, node, attempts, { steps: STEPS, pause: context.pause });
    const proposals = found.flatMap((input, k): Proposal[] => (input ? [{ seed: attempts[k].seed, inputs: [Float32Array.from(input)] }] : []));
    return { proposals, tried: requirements, unreachable: [] };
  }

  /** Each input is for many of a layer's open requirements at once. */
  async #sweep(layer: number, random: Random, pause: SearchContext['pause']): Promise<Round> {
    const { start } = this.parts[layer];
    const end = start + this.model.layers[layer].size * this.#sides.length;
    const open: number[] = [];
    for (let r = start; r < end; r++) if (this.states[r] === OPEN) open.push(r);
    const { node } = this.#question(open[0])!;
    const together = open.filter((r) => this.#question(r)?.node === node);
    const sweeps = Array.from({ length: this.#batch }, (): Sweep => {
      const { input, seed } = this.#tests[random.integer(this.#tests.length)];
      return { goals: together.filter(() => random.next() < SWEPT).map((r) => this.#goal(r)), start: Float64Array.from(input), seed };
    });
    const inputs = await sweepInputs(this.model.loaded, this.oracle, node, sweeps, pause);
    return { proposals: inputs.map((input, k) => ({ seed: sweeps[k].seed, inputs: [Float32Array.from(input)] })), tried: [], unreachable: [], swept: layer };
  }

  /** With the room that rounding needs. */
  #goal(requirement: number): Goal {
    const { neuron, side, layer } = this.#placeOf(requirement);
    return { index: this.model.layers[layer].indices[neuron], side, threshold: this.#threshold(layer, neuron, side) + side * 3e-5 * this.#scale[layer] };
  }

  /** Open requirements of one node with the fewest attempts, those that are nearest to being met first. */
  #choose(round: number): { level: number; requirements: number[] } | undefined {
    let level = ATTEMPTS;
    for (let r = 0; r < this.states.length; r++) if (this.states[r] === OPEN) level = Math.min(level, this.#attempts[r]);
    if (level === ATTEMPTS) return undefined;
    // layers take turns
    const { layers } = this.model;
    for (let turn = 0; turn < layers.length; turn++) {
      const layer = (round + turn) % layers.length;
      const { start } = this.parts[layer];
      const eligible: number[] = [];
      const end = start + layers[layer].size * this.#sides.length;
      for (let r = start; r < end; r++) if (this.states[r] === OPEN && this.#attempts[r] === level) eligible.push(r);
      if (eligible.length === 0) continue;
      const first = this.#question(eligible[0])?.node;
      const together = eligible.filter((r) => this.#question(r)?.node === first).sort((a, b) => this.#best[b] - this.#best[a]);
      // neighbours in a feature map are met together, so the batch is spread over the nearer half
      const most = level === PROOF ? 8 : this.#batch;
      const half = Math.max(most, Math.ceil(together.length / 2));
      const stride = Math.max(1, Math.floor(Math.min(half, together.length) / most));
      return { level, requirements: together.filter((_, k) => k % stride === 0).slice(0, most) };
    }
    return undefined;
  }

  async #prove(requirements: readonly number[], { signal, pause }: SearchContext): Promise<Round> {
    const unreachable: number[] = [];
    const proposals: Proposal[] = [];
    const large: number[] = [];
    for (const requirement of requirements) {
      const question = this.#question(requirement)!;
      const answer = await this.reach.decide(question, signal);
      if (!answer) large.push(requirement);
      else if (answer.verdict === 'unreachable') unreachable.push(requirement);
      else if (answer.verdict === 'reached') proposals.push(...await this.#towards(requirement, question, answer, pause));
      if (!await pause()) break;
    }
    if (large.length > 0) {
      const ruled = this.reach.ruledOutBackward(large.map((requirement) => this.#question(requirement)!));
      unreachable.push(...large.filter((_, k) => ruled[k]));
    }
    return { proposals, tried: requirements, unreachable };
  }

  /** An input of the domain meets the requirement: the nearest point of each seed's ball to it is a better start than any seed. */
  async #towards(requirement: number, question: Question, { inputs, values }: Extract<Decision, { verdict: 'reached' }>, pause: SearchContext['pause']): Promise<Proposal[]> {
    const goal = this.#goal(requirement);
    if (this.oracle.norm === 'l0') return [];
    const attempts = this.oracle.seeds.slice(0, Math.min(this.#batch, 8)).map((own, seed): Attempt => {
      const { lower, upper } = this.oracle.boxOf(seed);
      const start = Float64Array.from(own.input);
      inputs.forEach((place, k) => (start[place] = Math.min(Math.max(values[k], lower[place]), upper[place])));
      return { goal, seed, start };
    });
    const found = await nearestInputs(this.model.loaded, this.oracle, question.node, attempts, { steps: STEPS, pause });
    return found.flatMap((one, k) => (one ? [{ seed: attempts[k].seed, inputs: [Float32Array.from(one)] }] : []));
  }

  /** Random steps inside the ball: another start than the tests that there are. */
  #disturb(point: Float64Array, seed: number, random: Random): void {
    if (this.oracle.norm === 'l0') {
      point.set(this.oracle.seeds[seed].input);
      return;
    }
    const { lower, upper } = this.oracle.boxOf(seed);
    for (let i = 0; i < point.length; i++) point[i] = random.uniform(lower[i], upper[i]);
  }

  /** undefined for a constant neuron. */
  #question(requirement: number): Question | undefined {
    const { layer, neuron, side } = this.#placeOf(requirement);
    const { nodes, indices } = this.model.layers[layer];
    return nodes[neuron] < 0 ? undefined : { node: nodes[neuron], index: indices[neuron], side, threshold: this.#threshold(layer, neuron, side) };
  }

  #threshold(layer: number, neuron: number, side: 1 | -1): number {
    return this.ranges ? (side === 1 ? this.ranges.upper : this.ranges.lower)[layer][neuron] : 0;
  }

  #placeOf(requirement: number): { layer: number; neuron: number; side: 1 | -1 } {
    let layer = this.parts.length - 1;
    while (this.parts[layer].start > requirement) layer--;
    const within = requirement - this.parts[layer].start;
    return { layer, neuron: Math.floor(within / this.#sides.length), side: this.#sides[within % this.#sides.length] };
  }

  /** Calls back with how far each requirement's neuron is past its threshold. */
  #each({ layers }: Observation, visit: (requirement: number, by: number, clear: number) => void): void {
    layers.forEach((values, layer) => {
      const clear = clearance(values);
      let requirement = this.parts[layer].start;
      for (let neuron = 0; neuron < values.length; neuron++) {
        for (const side of this.#sides) visit(requirement++, side * (values[neuron] - this.#threshold(layer, neuron, side)), clear);
      }
    });
  }
}

/** The ranges of all neurons over some inputs. */
export async function rangesOf(model: CoveredModel, inputs: Iterable<Float32Array>, pause: () => Promise<boolean>): Promise<Ranges> {
  const lower = model.layers.map(({ size }) => new Float32Array(size).fill(Infinity));
  const upper = model.layers.map(({ size }) => new Float32Array(size).fill(-Infinity));
  for await (const { layers } of model.runAll(inputs)) {
    layers.forEach((values, layer) => values.forEach((value, i) => {
      if (value < lower[layer][i]) lower[layer][i] = value;
      if (value > upper[layer][i]) upper[layer][i] = value;
    }));
    if (!await pause()) break;
  }
  return { lower, upper };
}
