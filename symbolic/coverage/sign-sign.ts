import { Random } from '../search/random.ts';
import { clearance, type CoveredModel } from './covered-model.ts';
import { MET, OPEN, UNREACHABLE, type Criterion, type Observed, type Round, type SearchContext } from './criterion.ts';
import { neuronName } from './hidden-layers.ts';
import { neuronPairs, type LayerPairs } from './neuron-pairs.ts';
import type { Oracle } from './oracle.ts';
import { PairSearch, type PairAttempt } from './pair-search.ts';
import type { Question, Reach } from './reach.ts';
import { differs, samePattern, signPattern, turnsOnly, type SignPattern } from './sign-pattern.ts';

const ATTEMPTS = 12;
/** The attempt before which branch and bound is asked. */
const PROOF = 3;
/** Tests whose values are kept as starts: the first ones, and the newest, which are near what was last looked for. */
const FIRST_STARTS = 128;
const STARTS = 256;
const ABOVE = 1;
const BELOW = 2;
/** Rounds that a pair of layers has before the next one's turn: what a decision neuron depends on is worked out once. */
const TURN = 16;

/** Tests with one sign pattern of the condition layer, and for each decision neuron one of them where it is above 0 and one where it is not. */
interface Group {
  readonly pattern: SignPattern;
  readonly above: Int32Array;
  readonly below: Int32Array;
}

/** A test to start from. */
interface Start {
  readonly input: Float32Array;
  readonly seed: number;
  readonly layers: readonly Float32Array[];
}

/**
 * Sign-sign coverage, the MC/DC of networks: for neurons i of one layer and j of the next, two tests in which i's and j's signs
 * differ while all other neurons of i's layer keep theirs.
 *
 * Tests are grouped by the sign pattern of the condition layer, so a new test meets all its partners by as many look-ups as the
 * layer has neurons. A neuron too near to 0 for its sign to be clear counts as unchanged only where its value is the same.
 */
export class SignSignCriterion implements Criterion {
  readonly states: Uint8Array;
  readonly parts: Criterion['parts'];
  readonly #pairs: readonly LayerPairs[];
  /** Of each pair of layers: the requirements of each condition neuron, and the decision neurons that occur. */
  readonly #byCondition: readonly ReadonlyMap<number, readonly number[]>[];
  readonly #decisions: readonly Int32Array[];
  readonly #placeOfDecision: readonly ReadonlyMap<number, number>[];
  readonly #groups: readonly Map<number, Group[]>[];
  /** A random number for each neuron of each condition layer: a pattern's hash is the exclusive or of those above 0. */
  readonly #marks: readonly Int32Array[];
  readonly #patterns = new WeakMap<Float32Array, SignPattern>();
  readonly #attempts: Uint8Array;
  readonly #starts: Start[] = [];
  #observed = 0;
  /** Of each neuron the signs that some test has: 1 above 0, 2 below. */
  readonly #seen: readonly Uint8Array[];
  readonly #scale: Float64Array;
  readonly #search: PairSearch;

  constructor(private readonly model: CoveredModel, private readonly oracle: Oracle, private readonly reach: Reach, private readonly seedNumber: number, most: number) {
    const { layers } = model;
    this.#pairs = neuronPairs(model.loaded.network, layers, most, seedNumber);
    let start = 0;
    this.parts = this.#pairs.map(({ from, to, conditions }) => {
      const part = { name: `${layers[from].name} → ${layers[to].name}`, start };
      start += conditions.length;
      return part;
    });
    this.states = new Uint8Array(start);
    this.#attempts = new Uint8Array(start);
    this.#scale = new Float64Array(layers.length).fill(1e-3);
    this.#seen = layers.map(({ size }) => new Uint8Array(size));
    this.#decisions = this.#pairs.map(({ decisions }) => Int32Array.from(new Set(decisions)));
    this.#placeOfDecision = this.#decisions.map((own) => new Map([...own].map((neuron, place) => [neuron, place])));
    this.#byCondition = this.#pairs.map(({ conditions }, k) => {
      const lists = new Map<number, number[]>();
      conditions.forEach((condition, place) => {
        const list = lists.get(condition);
        if (list) list.push(this.parts[k].start + place);
        else lists.set(condition, [this.parts[k].start + place]);
      });
      return lists;
    });
    this.#groups = this.#pairs.map(() => new Map<number, Group[]>());
    const random = new Random(0x5517);
    this.#marks = this.#pairs.map(({ from }) => Int32Array.from({ length: layers[from].size }, () => random.integer(2 ** 32) | 0));
    this.#search = new PairSearch(model, oracle);
  }

  describe(requirement: number): string {
    const { k, condition, decision } = this.#placeOf(requirement);
    const { from, to } = this.#pairs[k];
    return `${neuronName(this.model.layers[to], decision)} turned by ${neuronName(this.model.layers[from], condition)} alone`;
  }

  wouldMeet(tests: readonly Omit<Observed, 'test'>[]): boolean {
    return tests.some(({ observation }) => this.#met(observation.layers).length > 0) || (tests.length === 2 && this.#metByPair(tests[0].observation.layers, tests[1].observation.layers));
  }

  observe({ test, seed, input, observation: { layers } }: Observed): ReadonlySet<number> {
    layers.forEach((values, layer) => {
      const seen = this.#seen[layer];
      for (let i = 0; i < values.length; i++) {
        const value = values[i];
        if (value > 0) seen[i] |= ABOVE;
        else if (value < 0) seen[i] |= BELOW;
        this.#scale[layer] = Math.max(this.#scale[layer], Math.abs(value));
      }
    });
    const place = this.#observed < STARTS ? this.#observed : FIRST_STARTS + ((this.#observed - FIRST_STARTS) % (STARTS - FIRST_STARTS));
    this.#starts[place] = { input, seed, layers };
    this.#observed++;
    const met = this.#met(layers);
    const involved = new Set<number>();
    for (const { requirement, partner } of met) {
      this.states[requirement] = MET;
      involved.add(test);
      involved.add(partner);
    }
    this.#pairs.forEach((_, k) => this.#join(k, layers, test));
    return involved;
  }

  note({ tried, unreachable }: Omit<Round, 'proposals'>): void {
    for (const requirement of tried) this.#attempts[requirement]++;
    for (const requirement of unreachable) if (this.states[requirement] === OPEN) this.states[requirement] = UNREACHABLE;
  }

  /** Bounds alone: of each neuron of a pair, whether it can have both signs. */
  async proveAtOnce({ pause }: SearchContext): Promise<readonly number[]> {
    return this.#withStuck([...this.states.keys()].filter((r) => this.states[r] === OPEN), async (layer, neuron) => this.#sides(layer, neuron).some((question) => this.reach.ruledOut(question)), pause);
  }

  /** A neuron that never changes its sign in the domain neither turns another nor is turned. */
  async #withStuck(requirements: readonly number[], isStuck: (layer: number, neuron: number) => Promise<boolean>, pause: SearchContext['pause']): Promise<number[]> {
    const known = new Map<string, boolean>();
    const ask = async (layer: number, neuron: number): Promise<boolean> => {
      const key = `${layer} ${neuron}`;
      const answer = known.get(key) ?? (this.model.layers[layer].nodes[neuron] < 0 || await isStuck(layer, neuron));
      known.set(key, answer);
      return answer;
    };
    const stuck: number[] = [];
    for (const [done, requirement] of requirements.entries()) {
      const { k, condition, decision } = this.#placeOf(requirement);
      if (await ask(this.#pairs[k].from, condition) || await ask(this.#pairs[k].to, decision)) stuck.push(requirement);
      if (done % 16 === 15 && !await pause()) break;
    }
    return stuck;
  }

  /** What is to be ruled out for a neuron to be stuck: the signs that no test has shown yet. */
  #sides(layer: number, neuron: number): Question[] {
    const { nodes, indices } = this.model.layers[layer];
    return ([1, -1] as const).filter((side) => !(this.#seen[layer][neuron] & (side === 1 ? ABOVE : BELOW))).map((side) => ({ node: nodes[neuron], index: indices[neuron], side, threshold: 0 }));
  }

  async propose({ round, signal, pause }: SearchContext): Promise<Round | undefined> {
    const chosen = this.#choose(round);
    if (chosen.length === 0) return undefined;
    const unreachable = this.#attempts[chosen[0]] !== PROOF ? [] : await this.#withStuck(chosen, async (layer, neuron) => {
      for (const question of this.#sides(layer, neuron)) if ((await this.reach.decide(question, signal))?.verdict === 'unreachable') return true;
      return false;
    }, pause);
    const tried = chosen.filter((requirement) => !unreachable.includes(requirement));
    if (tried.length === 0) return { proposals: [], tried: chosen, unreachable };
    const random = new Random(this.seedNumber * 1_000_003 + round);
    const { k, decision } = this.#placeOf(tried[0]);
    const { from, to } = this.#pairs[k];
    const attempts = tried.map((requirement): PairAttempt => {
      const { input, seed } = this.#startFor(requirement, random);
      const start = Float64Array.from(input);
      if (this.oracle.norm === 'l0') return { condition: this.#placeOf(requirement).condition, start, seed, free: this.#freeElements(start, seed, random) };
      if (this.#attempts[requirement] % 3 === 2) {
        const { lower, upper } = this.oracle.boxOf(seed);
        for (let i = 0; i < start.length; i++) start[i] = random.uniform(lower[i], upper[i]);
      }
      return { condition: this.#placeOf(requirement).condition, start, seed };
    });
    const found = await this.#search.find(from, to, decision, attempts, [this.#scale[from], this.#scale[to]], pause);
    return { proposals: found.flatMap((inputs, a) => (inputs ? [{ seed: attempts[a].seed, inputs }] : [])), tried: chosen, unreachable };
  }

  /** Open requirements of one decision neuron with the fewest attempts, those nearest to being met by some start first. */
  #choose(round: number): number[] {
    let level = ATTEMPTS;
    for (let r = 0; r < this.states.length; r++) if (this.states[r] === OPEN) level = Math.min(level, this.#attempts[r]);
    if (level === ATTEMPTS) return [];
    for (let turn = 0; turn < this.parts.length; turn++) {
      const k = (Math.floor(round / TURN) + turn) % this.parts.length;
      const { conditions, decisions, from, to } = this.#pairs[k];
      const { start } = this.parts[k];
      const isEligible = (place: number) => this.states[start + place] === OPEN && this.#attempts[start + place] === level;
      const first = decisions.findIndex((_, place) => isEligible(place));
      if (first < 0) continue;
      const node = (place: number) => this.model.layers[from].nodes[conditions[place]];
      const eligible: { requirement: number; away: number }[] = [];
      for (let place = first; place < decisions.length; place++) {
        if (decisions[place] !== decisions[first] || node(place) !== node(first) || !isEligible(place)) continue;
        eligible.push({ requirement: start + place, away: this.#starts.reduce((least, one) => Math.min(least, this.#away(one, start + place)), Infinity) });
      }
      return eligible.sort((a, b) => a.away - b.away).slice(0, this.#search.batchOf(to, decisions[first])).map(({ requirement }) => requirement);
    }
    return [];
  }

  /** The test in which both neurons are nearest to 0; after several attempts the next ones. */
  #startFor(requirement: number, random: Random): Start {
    const attempt = this.#attempts[requirement];
    if (attempt % 3 === 2) return this.#starts[random.integer(this.#starts.length)];
    const away = this.#starts.map((start) => this.#away(start, requirement));
    const order = away.map((_, s) => s).sort((a, b) => away[a] - away[b]);
    return this.#starts[order[(attempt - Math.floor(attempt / 3)) % order.length]];
  }

  /** How far the two neurons are from both being 0, in units of their layers' largest values. */
  #away({ layers }: Start, requirement: number): number {
    const { k, condition, decision } = this.#placeOf(requirement);
    const { from, to } = this.#pairs[k];
    return Math.max(Math.abs(layers[from][condition]) / this.#scale[from], Math.abs(layers[to][decision]) / this.#scale[to]);
  }

  /** L0: the elements that differ from the seed's, and as many others as there may be. */
  #freeElements(start: Float64Array, seed: number, random: Random): Uint8Array {
    const center = this.oracle.seeds[seed].input;
    const free = Uint8Array.from(start, (x, i) => Number(x !== center[i]));
    let left = this.oracle.epsilon - free.reduce((count, flag) => count + flag, 0);
    for (let tries = 0; tries < 20 * start.length && left >= 1; tries++) {
      const i = random.integer(start.length);
      if (free[i]) continue;
      free[i] = 1;
      left--;
    }
    return free;
  }

  #placeOf(requirement: number): { k: number; condition: number; decision: number } {
    let k = this.parts.length - 1;
    while (this.parts[k].start > requirement) k--;
    const place = requirement - this.parts[k].start;
    return { k, condition: this.#pairs[k].conditions[place], decision: this.#pairs[k].decisions[place] };
  }

  /** Open requirements that values would meet with an earlier test, and that test. */
  #met(layers: readonly Float32Array[]): { requirement: number; partner: number }[] {
    const met: { requirement: number; partner: number }[] = [];
    this.#pairs.forEach(({ from, to, decisions }, k) => {
      if (this.#groups[k].size === 0) return;
      const pattern = this.#patternOf(layers[from]);
      const hash = this.#hash(k, pattern.signs);
      const clear = clearance(layers[to]);
      for (const [condition, requirements] of this.#byCondition[k]) {
        const group = this.#groups[k].get(hash ^ this.#marks[k][condition])?.find((one) => turnsOnly(one.pattern, pattern, condition));
        if (!group) continue;
        for (const requirement of requirements) {
          if (this.states[requirement] !== OPEN) continue;
          const decision = decisions[requirement - this.parts[k].start];
          const value = layers[to][decision];
          if (Math.abs(value) <= clear) continue;
          const partner = (value > 0 ? group.below : group.above)[this.#placeOfDecision[k].get(decision)!];
          if (partner >= 0) met.push({ requirement, partner });
        }
      }
    });
    return met;
  }

  /** Whether two inputs meet an open requirement with one another. */
  #metByPair(left: readonly Float32Array[], right: readonly Float32Array[]): boolean {
    return this.#pairs.some(({ from, to, decisions }, k) => {
      const [a, b] = [this.#patternOf(left[from]), this.#patternOf(right[from])];
      const turned = a.signs.findIndex((sign, i) => sign !== b.signs[i]);
      if (turned < 0 || !turnsOnly(a, b, turned)) return false;
      return this.#byCondition[k].get(turned)?.some((requirement) => this.states[requirement] === OPEN && differs(left[to], right[to], decisions[requirement - this.parts[k].start])) ?? false;
    });
  }

  /** Puts a test into the group of its pattern. */
  #join(k: number, layers: readonly Float32Array[], test: number): void {
    const { from, to } = this.#pairs[k];
    const pattern = this.#patternOf(layers[from]);
    const hash = this.#hash(k, pattern.signs);
    const groups = this.#groups[k].get(hash) ?? [];
    if (groups.length === 0) this.#groups[k].set(hash, groups);
    let group = groups.find((one) => samePattern(one.pattern, pattern));
    if (!group) {
      const none = () => new Int32Array(this.#decisions[k].length).fill(-1);
      group = { pattern, above: none(), below: none() };
      groups.push(group);
    }
    const clear = clearance(layers[to]);
    this.#decisions[k].forEach((decision, place) => {
      const value = layers[to][decision];
      const side = value > clear ? group.above : value < -clear ? group.below : undefined;
      if (side && side[place] < 0) side[place] = test;
    });
  }

  /** A test is compared several times until it is counted. */
  #patternOf(layer: Float32Array): SignPattern {
    let pattern = this.#patterns.get(layer);
    if (!pattern) this.#patterns.set(layer, pattern = signPattern(layer));
    return pattern;
  }

  #hash(k: number, signs: Uint8Array): number {
    let hash = 0;
    for (let i = 0; i < signs.length; i++) if (signs[i]) hash ^= this.#marks[k][i];
    return hash;
  }
}
