import { Random } from '../search/random.ts';
import { clearance, type CoveredModel } from './covered-model.ts';
import { crossings, sidesOf, type CrossingAttempt } from './crossing.ts';
import { MET, OPEN, UNREACHABLE, type Criterion, type Observed, type Proposal, type Round, type SearchContext } from './criterion.ts';
import { neuronPairs, type LayerPairs } from './neuron-pairs.ts';
import type { Oracle } from './oracle.ts';
import { coefficients, type Reach } from './reach.ts';

const ATTEMPTS = 12;
const STEPS = 25;
/** Tests whose values are kept as starts. */
const STARTS = 256;
/** How far from 0 the two sides are tried, in units of the layer's largest value, the plainest first. */
const SIDES = [3e-2, 3e-3, 3e-4, 5e-5];

/** Tests with one sign pattern of the condition layer, and for each decision neuron one of them where it is above 0 and one where it is not. */
interface Group {
  readonly signs: Uint8Array;
  readonly above: Int32Array;
  readonly below: Int32Array;
}

/**
 * Sign-sign coverage, the MC/DC of networks: for neurons i of one layer and j of the next, two tests in which i's and j's signs
 * differ while all other neurons of i's layer keep theirs.
 *
 * Tests are grouped by the sign pattern of the condition layer, so a new test meets all its partners by as many look-ups as the
 * layer has neurons. Where a neuron is too near to 0 for its sign to be clear, the test does not count for that layer.
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
  readonly #attempts: Uint8Array;
  readonly #starts: { readonly input: Float32Array; readonly seed: number; readonly layers: readonly Float32Array[] }[] = [];
  readonly #scale: Float64Array;
  readonly #batch: number;

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
    this.#batch = Math.max(2, Math.min(32, Math.floor(5e7 / coefficients(model.loaded.network))));
  }

  describe(requirement: number): string {
    const { k, condition, decision } = this.#placeOf(requirement);
    const { from, to } = this.#pairs[k];
    return `${this.model.layers[to].name}[${decision}] turned by ${this.model.layers[from].name}[${condition}] alone`;
  }

  wouldMeet(tests: readonly Omit<Observed, 'test'>[]): boolean {
    return tests.some(({ observation }) => this.#met(observation.layers).length > 0) || (tests.length === 2 && this.#metByPair(tests[0].observation.layers, tests[1].observation.layers));
  }

  observe({ test, seed, input, observation: { layers } }: Observed): ReadonlySet<number> {
    layers.forEach((values, layer) => {
      for (const value of values) this.#scale[layer] = Math.max(this.#scale[layer], Math.abs(value));
    });
    if (this.#starts.length < STARTS) this.#starts.push({ input, seed, layers });
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

  /** A neuron that never changes its sign in the domain neither turns another nor is turned. */
  async proveAtOnce({ pause, signal }: SearchContext): Promise<readonly number[]> {
    const { layers } = this.model;
    const stuck = new Map<string, boolean>();
    const unreachable: number[] = [];
    const isStuck = async (layer: number, neuron: number): Promise<boolean> => {
      const key = `${layer} ${neuron}`;
      const known = stuck.get(key);
      if (known !== undefined) return known;
      const node = layers[layer].nodes[neuron];
      const index = layers[layer].indices[neuron];
      let answer = node < 0;
      for (const side of [1, -1] as const) {
        if (answer || this.#seen(layer, neuron, side)) continue;
        const question = { node, index, side, threshold: 0 };
        answer = this.reach.ruledOut(question) || (await this.reach.decide(question, signal))?.verdict === 'unreachable';
      }
      stuck.set(key, answer);
      await pause();
      return answer;
    };
    for (let r = 0; r < this.states.length; r++) {
      if (this.states[r] !== OPEN) continue;
      const { k, condition, decision } = this.#placeOf(r);
      if (await isStuck(this.#pairs[k].from, condition) || await isStuck(this.#pairs[k].to, decision)) unreachable.push(r);
    }
    return unreachable;
  }

  async propose({ round, pause }: SearchContext): Promise<Round | undefined> {
    const tried = this.#choose(round);
    if (tried.length === 0) return undefined;
    const random = new Random(this.seedNumber * 1_000_003 + round);
    const { k } = this.#placeOf(tried[0]);
    const { from, to } = this.#pairs[k];
    const [conditionLayer, decisionLayer] = [this.model.layers[from], this.model.layers[to]];
    const seeds: number[] = [];
    const attempts = tried.map((requirement): CrossingAttempt => {
      const { condition, decision } = this.#placeOf(requirement);
      const { input, seed } = this.#startFor(requirement, random);
      seeds.push(seed);
      const start = Float64Array.from(input);
      const box = this.oracle.boxOf(seed);
      if (this.#attempts[requirement] % 3 === 2 && this.oracle.norm === 'linf') for (let i = 0; i < start.length; i++) start[i] = random.uniform(box.lower[i], box.upper[i]);
      return {
        condition: { node: conditionLayer.nodes[condition], index: conditionLayer.indices[condition] },
        decision: { node: decisionLayer.nodes[decision], index: decisionLayer.indices[decision] },
        start, box, free: this.oracle.norm === 'l0' ? this.#freeElements(start, seed, random) : undefined,
      };
    });
    const [conditionScale, decisionScale] = [this.#scale[from], this.#scale[to]];
    const found = await crossings(this.model.loaded, attempts, STEPS, () => [1e-9 * conditionScale, 1e-9 * decisionScale], pause);
    const proposals: Proposal[] = [];
    for (const [a, crossing] of found.entries()) {
      if (!crossing) continue;
      const both = await this.#bothSides(k, tried[a], sidesOf(crossing, SIDES.map((share) => share * conditionScale), attempts[a].box));
      if (both) proposals.push({ seed: seeds[a], inputs: both });
      if (!await pause()) break;
    }
    return { proposals, tried, unreachable: [] };
  }

  /** The first two sides that differ in the signs of this condition and this decision alone, in float64. */
  async #bothSides(k: number, requirement: number, pairs: readonly { readonly left: Float64Array; readonly right: Float64Array }[]): Promise<readonly Float32Array[] | undefined> {
    if (pairs.length === 0) return undefined;
    const { loaded, layers } = this.model;
    const { kernels, inputSize: n } = loaded;
    const { from, to } = this.#pairs[k];
    const { condition, decision } = this.#placeOf(requirement);
    const count = 2 * pairs.length;
    const mark = kernels.mark();
    const inputs = kernels.allocate(count * n);
    pairs.forEach(({ left, right }, p) => {
      kernels.f64(inputs, count * n).set(left, 2 * p * n);
      kernels.f64(inputs, count * n).set(right, (2 * p + 1) * n);
    });
    const pointers = loaded.forward(inputs, count, Math.max(...layers[to].nodes));
    const valuesOf = (layer: number, row: number) => Float32Array.from(layers[layer].nodes, (node, i) => kernels.f64(pointers[node], count * loaded.network.nodes[node].size)[row * loaded.network.nodes[node].size + layers[layer].indices[i]]);
    const place = pairs.findIndex((_, p) => {
      const [left, right] = [2 * p, 2 * p + 1].map((row) => valuesOf(from, row));
      if (!turnsAlone(left, right, condition)) return false;
      const [before, after] = [2 * p, 2 * p + 1].map((row) => valuesOf(to, row));
      return differs(before, after, decision);
    });
    kernels.release(mark);
    return place < 0 ? undefined : [Float32Array.from(pairs[place].left), Float32Array.from(pairs[place].right)];
  }

  #choose(round: number): number[] {
    let level = ATTEMPTS;
    for (let r = 0; r < this.states.length; r++) if (this.states[r] === OPEN) level = Math.min(level, this.#attempts[r]);
    if (level === ATTEMPTS) return [];
    for (let turn = 0; turn < this.parts.length; turn++) {
      const k = (round + turn) % this.parts.length;
      const end = this.parts[k + 1]?.start ?? this.states.length;
      const eligible: number[] = [];
      let nodes: string | undefined;
      for (let r = this.parts[k].start; r < end && eligible.length < this.#batch; r++) {
        if (this.states[r] !== OPEN || this.#attempts[r] !== level) continue;
        // one batch is about one node each
        const { condition, decision } = this.#placeOf(r);
        const own = `${this.model.layers[this.#pairs[k].from].nodes[condition]} ${this.model.layers[this.#pairs[k].to].nodes[decision]}`;
        nodes ??= own;
        if (own === nodes) eligible.push(r);
      }
      if (eligible.length > 0) return eligible;
    }
    return [];
  }

  /** The test in which both neurons are nearest to 0; after several attempts the next ones. */
  #startFor(requirement: number, random: Random): { readonly input: Float32Array; readonly seed: number } {
    const { k, condition, decision } = this.#placeOf(requirement);
    const { from, to } = this.#pairs[k];
    const attempt = this.#attempts[requirement];
    if (attempt % 3 === 2) return this.#starts[random.integer(this.#starts.length)];
    const away = this.#starts.map(({ layers }) => Math.max(Math.abs(layers[from][condition]) / this.#scale[from], Math.abs(layers[to][decision]) / this.#scale[to]));
    const order = away.map((_, s) => s).sort((a, b) => away[a] - away[b]);
    return this.#starts[order[(attempt - Math.floor(attempt / 3)) % order.length]];
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

  /** Whether some start has the neuron clearly on this side of 0. */
  #seen(layer: number, neuron: number, side: 1 | -1): boolean {
    return this.#starts.some(({ layers }) => side * layers[layer][neuron] > 0);
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
      const signs = clearSigns(layers[from]);
      if (!signs || this.#groups[k].size === 0) return;
      const hash = this.#hash(k, signs);
      const clear = clearance(layers[to]);
      for (const [condition, requirements] of this.#byCondition[k]) {
        const group = this.#groups[k].get(hash ^ this.#marks[k][condition])?.find((one) => turnsOnly(one.signs, signs, condition));
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
      const [a, b] = [clearSigns(left[from]), clearSigns(right[from])];
      if (!a || !b) return false;
      const turned = a.findIndex((sign, i) => sign !== b[i]);
      if (turned < 0 || !turnsOnly(a, b, turned)) return false;
      return this.#byCondition[k].get(turned)?.some((requirement) => this.states[requirement] === OPEN && differs(left[to], right[to], decisions[requirement - this.parts[k].start])) ?? false;
    });
  }

  /** Puts a test into the group of its pattern. */
  #join(k: number, layers: readonly Float32Array[], test: number): void {
    const { from, to } = this.#pairs[k];
    const signs = clearSigns(layers[from]);
    if (!signs) return;
    const hash = this.#hash(k, signs);
    const groups = this.#groups[k].get(hash) ?? [];
    if (groups.length === 0) this.#groups[k].set(hash, groups);
    let group = groups.find((one) => one.signs.every((sign, i) => sign === signs[i]));
    if (!group) {
      const none = () => new Int32Array(this.#decisions[k].length).fill(-1);
      group = { signs, above: none(), below: none() };
      groups.push(group);
    }
    const clear = clearance(layers[to]);
    this.#decisions[k].forEach((decision, place) => {
      const value = layers[to][decision];
      const side = value > clear ? group.above : value < -clear ? group.below : undefined;
      if (side && side[place] < 0) side[place] = test;
    });
  }

  #hash(k: number, signs: Uint8Array): number {
    let hash = 0;
    for (let i = 0; i < signs.length; i++) if (signs[i]) hash ^= this.#marks[k][i];
    return hash;
  }
}

/** 1 for each neuron above 0; undefined where one is too near to 0 to tell. Exactly 0 is not above. */
function clearSigns(values: Float32Array): Uint8Array | undefined {
  const clear = clearance(values);
  const signs = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0 && Math.abs(values[i]) <= clear) return undefined;
    signs[i] = values[i] > 0 ? 1 : 0;
  }
  return signs;
}

function turnsOnly(left: Uint8Array, right: Uint8Array, place: number): boolean {
  for (let i = 0; i < left.length; i++) if ((left[i] !== right[i]) !== (i === place)) return false;
  return true;
}

function turnsAlone(left: Float32Array, right: Float32Array, place: number): boolean {
  const [a, b] = [clearSigns(left), clearSigns(right)];
  return a !== undefined && b !== undefined && turnsOnly(a, b, place);
}

function differs(left: Float32Array, right: Float32Array, place: number): boolean {
  return Math.abs(left[place]) > clearance(left) && Math.abs(right[place]) > clearance(right) && left[place] > 0 !== right[place] > 0;
}
